import {
  definePlugin,
  defineRenderer,
  defineView,
  group,
  type NodeReader,
  type OptionGroup,
  select,
  test,
  useSource,
} from '@ridgeline/core';
import { processes } from '@ridgeline/renderers-builtin';
import { cgroup, firstPart } from '@ridgeline/vocabulary';
import { unitsOptions, unitsSource } from './source.ts';
import { unit, unitFields, unitId, unitKind, unitOfPath } from './vocabulary.ts';

/** The unit of a process: its control group says it. */
function unitOfProcess(process: NodeReader) {
  const found = unitOfPath(process.get(cgroup) ?? '');
  // An id's part is written as in ids already.
  return found === undefined ? undefined : unitId.encode(firstPart(process.id), found.path);
}

/** Units, as they were reported and as processes say, with the connections of their processes. */
export const units = defineRenderer({
  name: 'units',
  plan: group(processes.plan, { onto: select('systemd_unit'), into: 'systemd_unit', by: unitOfProcess }),
  // Like the processes it is made of: an owner that turns out to be another takes edges along.
  declares: { monotone: false, readsIds: true },
});

/** Services alone, or whatever systemd runs. */
const kindGroup: OptionGroup = {
  id: 'kind',
  default: 'all',
  selectType: 'one',
  values: [
    { value: 'all', label: 'All units' },
    { value: 'service', label: 'Services', clauses: [{ expr: test(unitKind.field, '=', 'service') }] },
  ],
};

/** The plugin: topology, fields, source, renderer and view. */
export const systemd = definePlugin({
  name: 'systemd',
  options: unitsOptions,
  contribute: (options) => ({
    topologies: [unit],
    fields: unitFields,
    sources: [useSource(unitsSource, options)],
    renderers: [units],
    views: [
      defineView({ name: 'units', label: 'Units', parent: 'hosts', renderer: units, options: [kindGroup] }),
    ],
  }),
});
