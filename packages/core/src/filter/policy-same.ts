import { isEqual } from '../internal/is-equal.ts';
import type { Report } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';

type Column = Int32Array | Uint32Array | Uint8Array | Float64Array;

/** Whether two reported topologies of one symbol table say the same, row by row. */
export function isSameTopology(a: Topology, b: Topology): boolean {
  if (a === b) return true;
  if (a.symbols !== b.symbols || a.name !== b.name || a.size !== b.size) return false;
  if (a.columnRow !== undefined || b.columnRow !== undefined) return false;
  const [x, y] = [columnsOf(a), columnsOf(b)];
  return x.length === y.length && x.every((column, i) => isSameColumn(column, y[i] as Column));
}

function columnsOf({ ids, columns, open }: Topology): readonly Column[] {
  const { latest, sets, parents, metrics } = columns;
  const facts = open?.facts;
  return [
    ids,
    latest.start,
    latest.key,
    latest.value,
    latest.time,
    sets.start,
    sets.key,
    sets.value,
    parents.start,
    parents.key,
    parents.value,
    metrics.start,
    metrics.key,
    metrics.min,
    metrics.max,
    metrics.sampleStart,
    metrics.time,
    metrics.value,
    ...(open === undefined ? [] : [open.start, open.to]),
    ...(facts === undefined
      ? []
      : [
          facts.start,
          facts.source,
          facts.firstSeen,
          facts.lastSeen,
          facts.connections,
          facts.bytesOut,
          facts.bytesIn,
          facts.guessed,
        ]),
  ];
}

function isSameColumn(a: Column, b: Column): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** What two reports say beside their topologies, when these are the same objects. */
export function isSameReport(a: Report, b: Report): boolean {
  return (
    a.symbols === b.symbols &&
    a.topologies.size === b.topologies.size &&
    [...a.topologies].every(([name, topology]) => b.topologies.get(name) === topology) &&
    a.window.from === b.window.from &&
    a.window.to === b.window.to &&
    isEqual(a.lost, b.lost) &&
    isEqual(a.issues, b.issues) &&
    isSameMap(a.dns, b.dns) &&
    isSameMap(a.templates, b.templates) &&
    isSameMap(a.sampling, b.sampling) &&
    isSameMap(a.plugins, b.plugins)
  );
}

function isSameMap<V>(a: ReadonlyMap<string, V>, b: ReadonlyMap<string, V>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (!b.has(key) || !isEqual(value, b.get(key))) return false;
  return true;
}
