import {
  defineSource,
  makeReport,
  type Report,
  type SourceContext,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { hostId } from '@ridgeline/vocabulary';
import { concatMap, defer, from, type Observable, timer } from 'rxjs';
import * as z from 'zod';
import { readUnits, type UnitFacts } from './read-units.ts';
import {
  MEMORY_EVENT,
  UNIT_MEMORY,
  UNIT_TASKS,
  unitId,
  unitKind,
  unitName,
  unitSlice,
} from './vocabulary.ts';

export const unitsOptions = z.strictObject({
  root: z.string().min(1).default('/sys/fs/cgroup').describe('the folder of the control groups'),
  every: z.number().int().min(50).default(2000).describe('how often they are read, in milliseconds'),
});

/** Units of systemd, from the control groups that it makes for them. */
export const unitsSource = defineSource({
  name: 'units',
  description: 'systemd units, from their control groups',
  produces: ['systemd_unit'],
  options: unitsOptions,
  interval: ({ every }) => every,
  connect: ({ root, every }, context): Observable<Report> =>
    timer(0, every).pipe(
      concatMap(() => defer(() => from(readUnits(root)))),
      concatMap((units) => [reportUnits(units, context, every)]),
    ),
});

function reportUnits(
  units: readonly UnitFacts[],
  { host, now, symbols }: SourceContext,
  every: number,
): Report {
  const at = now();
  const builder = new TopologyBuilder('systemd_unit', symbols(), at);
  for (const { path, name, kind, slice, memoryBytes, tasks, memoryEvents } of units) {
    const row = builder.row(unitId.encode(host, path));
    builder.set(row, unitName, name);
    builder.set(row, unitKind, kind);
    builder.set(row, unitSlice, slice);
    builder.parent(row, 'host', hostId.encode(host));
    for (const [event, count] of memoryEvents) builder.set(row, textAttribute(MEMORY_EVENT + event), count);
    if (memoryBytes !== undefined) {
      builder.metric(row, UNIT_MEMORY, 0, memoryBytes);
      builder.sample(at, memoryBytes);
    }
    if (tasks !== undefined) {
      builder.metric(row, UNIT_TASKS, 0, tasks);
      builder.sample(at, tasks);
    }
  }
  return makeReport({
    origin: { source: 'units', host },
    symbols: builder.symbols,
    window: { from: at - every, to: at },
    topologies: [builder.build()],
  });
}
