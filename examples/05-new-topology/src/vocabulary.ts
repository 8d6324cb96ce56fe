import { attributeField, defineTopology, type Field, joinedId, textAttribute } from '@ridgeline/core';

/** Ids of units: `host;system.slice/nginx.service`. */
export const unitId = joinedId<readonly [host: string, path: string]>('systemd_unit', [undefined, undefined]);

/** What a unit is called: `nginx.service`. */
export const unitName = textAttribute('unit_name', 'unit.name');
/** `service`, `scope` or `socket`. */
export const unitKind = textAttribute('unit_kind', 'unit.kind');
/** The slices that it is in: `system.slice`. */
export const unitSlice = textAttribute('unit_slice', 'unit.slice');

/** Metrics: memory in bytes, and how many tasks there are. */
export const UNIT_MEMORY = 'unit_memory_bytes';
export const UNIT_TASKS = 'unit_tasks';

/** Keys under this prefix are counts of what happened to the unit's memory: `oom_kill`. */
export const MEMORY_EVENT = 'unit_memory_event_';

/** What filters may ask of units: `unit.kind = service`. */
export const unitFields: readonly Field[] = [
  attributeField(unitName, 'the name of a systemd unit'),
  attributeField(unitKind, 'service, scope or socket'),
  attributeField(unitSlice, 'the slice that a systemd unit is in'),
];

/** What a unit is, how it looks, and what its details show. */
export const unit = defineTopology({
  name: 'systemd_unit',
  templates: {
    shape: 'square',
    label: 'unit',
    labelPlural: 'units',
    metadata: [
      { id: unitKind.key, label: 'Kind', from: 'latest', priority: 1 },
      { id: unitSlice.key, label: 'Slice', from: 'latest', priority: 2 },
      { id: 'process', label: '# Processes', from: 'counters', dataType: 'number', priority: 3 },
    ],
    metrics: [
      { id: UNIT_MEMORY, label: 'Memory', format: 'filesize', priority: 1 },
      { id: UNIT_TASKS, label: 'Tasks', format: 'integer', priority: 2 },
    ],
    tables: [{ id: MEMORY_EVENT, label: 'Memory events', prefix: MEMORY_EVENT, type: 'property-list' }],
  },
  appearance: (node, { countOf }) => {
    const [host = '', path = node.id] = unitId.decode(node.id) ?? [];
    const label = node.get(unitName) ?? unitOfPath(path)?.name ?? path;
    return { label, labelMinor: `${host}, ${countOf('process', node.count('process'))}`, rank: label };
  },
  view: 'units',
  members: { label: 'Units', columns: [{ id: UNIT_MEMORY, label: 'Memory', dataType: 'number' }] },
});

/** The unit that a control group belongs to. */
export interface UnitPath {
  /** From the root of the hierarchy to the unit, without a slash in front. */
  readonly path: string;
  readonly name: string;
  readonly kind: string;
  readonly slice: string;
}

/**
 * The unit of a control group's path: its last part that is a service, scope or socket (systemd.unit(5)); groups below it, which
 * a service with delegation makes for itself, belong to it.
 */
export function unitOfPath(cgroup: string): UnitPath | undefined {
  const parts = cgroup.split('/').filter((part) => part !== '');
  const last = parts.findLastIndex((part) => /\.(?:service|scope|socket)$/.test(part));
  const name = parts[last];
  if (name === undefined) return undefined;
  return {
    path: parts.slice(0, last + 1).join('/'),
    name,
    kind: name.slice(name.lastIndexOf('.') + 1),
    slice: parts.slice(0, last).join('/'),
  };
}
