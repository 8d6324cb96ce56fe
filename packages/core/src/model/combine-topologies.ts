import type { TopologyName } from '../ids/node-id.ts';
import type { InstantSym, Sym, SymbolTable } from '../ids/symbol-table.ts';
import { NONE } from '../ids/symbol-table.ts';
import { IntTable } from '../internal/int-table.ts';
import { buildLatest, buildPairs, type LatestEntries, type PairEntries } from './build-columns.ts';
import { buildOpenEdges } from './build-edges.ts';
import { buildMetrics, type MetricEntries } from './build-metrics.ts';
import { FactEntries, factAt } from './edge-facts.ts';
import { NodeColumns, type PairColumns } from './node-columns.ts';
import { Topology } from './topology.ts';
import { uniteTokens } from './unite-tokens.ts';

/** How the symbols of one table are called in another. */
export interface SymbolMap {
  readonly symbol: (of: Sym) => Sym;
  readonly instant: (of: InstantSym) => InstantSym;
}

/** A reported topology and, when it comes from another table, the names of its symbols in the new one. */
export interface Contribution {
  readonly topology: Topology;
  readonly map?: SymbolMap;
}

/**
 * Joins reported topologies into one: nodes by id, what is known of them by the rules of the merge
 * (semantics.md §1).
 *
 * All columns are laid end to end under their new row numbers and sorted once, which is O(entries) since they
 * come sorted: no node is looked at as an object.
 */
export function combineTopologies(
  name: TopologyName,
  symbols: SymbolTable,
  contributions: readonly Contribution[],
  unites: readonly string[] = [],
): Topology {
  const { ids, rowMaps } = unionRows(contributions);
  const rows = ids.length;
  const latest = gatherLatest(contributions, rowMaps);
  for (const key of unites) uniteTokens(symbols, latest, symbols.find(key));
  const facts = new FactEntries();
  return new Topology({
    name,
    symbols,
    ids,
    columns: new NodeColumns(
      rows,
      buildLatest(symbols, rows, latest),
      buildPairs(
        rows,
        gatherPairs(contributions, rowMaps, (t) => t.columns.sets),
      ),
      buildPairs(
        rows,
        gatherPairs(contributions, rowMaps, (t) => t.columns.parents),
      ),
      buildMetrics(symbols, rows, gatherMetrics(contributions, rowMaps)),
    ),
    open: buildOpenEdges(rows, gatherEdges(contributions, rowMaps, facts), facts),
  });
}

/** One row an id, in order of first appearance, and the new row of each old one. */
function unionRows(contributions: readonly Contribution[]): {
  readonly ids: Int32Array;
  readonly rowMaps: readonly Int32Array[];
} {
  let total = 0;
  for (const { topology } of contributions) total += topology.size;
  const rows = new IntTable(total);
  const ids = new Int32Array(total);
  let size = 0;
  const rowMaps = contributions.map(({ topology, map }) => {
    const rowMap = new Int32Array(topology.size);
    for (let row = 0; row < topology.size; row++) {
      const own = topology.ids[row] as number;
      const id = map === undefined ? own : map.symbol(own);
      const at = rows.getOrSet(id, size);
      if (at === size) ids[size++] = id;
      rowMap[row] = at;
    }
    return rowMap;
  });
  return { ids: ids.slice(0, size), rowMaps };
}

/** Calls `take` for each entry of sparse rows that belongs to a row, with its new row. */
function eachEntry(start: Uint32Array, rowMap: Int32Array, take: (row: number, entry: number) => void): void {
  for (let row = 0; row < rowMap.length; row++) {
    const end = start[row + 1] as number;
    const to = rowMap[row] as number;
    for (let e = start[row] as number; e < end; e++) take(to, e);
  }
}

function fill(
  into: Int32Array,
  from: Int32Array,
  at: number,
  map: ((of: number) => number) | undefined,
): void {
  if (map === undefined) into.set(from, at);
  else for (let i = 0; i < from.length; i++) into[at + i] = map(from[i] as number);
}

function fillRows(into: Int32Array, start: Uint32Array, rowMap: Int32Array, at: number): void {
  let next = at;
  for (let row = 0; row < rowMap.length; row++) {
    const count = (start[row + 1] as number) - (start[row] as number);
    const to = rowMap[row] as number;
    for (let i = 0; i < count; i++) into[next++] = to;
  }
}

function gatherPairs(
  contributions: readonly Contribution[],
  rowMaps: readonly Int32Array[],
  columnsOf: (topology: Topology) => PairColumns,
): PairEntries {
  let total = 0;
  for (const { topology } of contributions) total += columnsOf(topology).key.length;
  const entries = { row: new Int32Array(total), key: new Int32Array(total), value: new Int32Array(total) };
  let at = 0;
  contributions.forEach(({ topology, map }, i) => {
    const columns = columnsOf(topology);
    fillRows(entries.row, columns.start, rowMaps[i] as Int32Array, at);
    fill(entries.key, columns.key, at, map?.symbol);
    fill(entries.value, columns.value, at, map?.symbol);
    at += columns.key.length;
  });
  return entries;
}

function gatherLatest(contributions: readonly Contribution[], rowMaps: readonly Int32Array[]): LatestEntries {
  const pairs = gatherPairs(contributions, rowMaps, (t) => t.columns.latest);
  const time = new Int32Array(pairs.key.length);
  let at = 0;
  for (const { topology, map } of contributions) {
    fill(time, topology.columns.latest.time, at, map?.instant);
    at += topology.columns.latest.time.length;
  }
  return { ...pairs, time };
}

function gatherMetrics(
  contributions: readonly Contribution[],
  rowMaps: readonly Int32Array[],
): MetricEntries {
  let series = 0;
  let samples = 0;
  for (const { topology } of contributions) {
    series += topology.columns.metrics.key.length;
    samples += topology.columns.metrics.time.length;
  }
  const entries = {
    row: new Int32Array(series),
    key: new Int32Array(series),
    min: new Float64Array(series),
    max: new Float64Array(series),
    sampleSeries: new Int32Array(samples),
    time: new Int32Array(samples),
    value: new Float64Array(samples),
  };
  let s = 0;
  let v = 0;
  contributions.forEach(({ topology, map }, i) => {
    const { metrics } = topology.columns;
    fillRows(entries.row, metrics.start, rowMaps[i] as Int32Array, s);
    fill(entries.key, metrics.key, s, map?.symbol);
    entries.min.set(metrics.min, s);
    entries.max.set(metrics.max, s);
    for (let k = 0; k < metrics.key.length; k++) {
      entries.sampleSeries.fill(
        s + k,
        v + (metrics.sampleStart[k] as number),
        v + (metrics.sampleStart[k + 1] as number),
      );
    }
    fill(entries.time, metrics.time, v, map?.instant);
    entries.value.set(metrics.value, v);
    s += metrics.key.length;
    v += metrics.time.length;
  });
  return entries;
}

function gatherEdges(
  contributions: readonly Contribution[],
  rowMaps: readonly Int32Array[],
  facts: FactEntries,
): { readonly row: Int32Array; readonly to: Int32Array } {
  let total = 0;
  for (const { topology } of contributions) total += topology.open?.to.length ?? 0;
  const entries = { row: new Int32Array(total), to: new Int32Array(total) };
  let at = 0;
  contributions.forEach(({ topology, map }, i) => {
    const { open } = topology;
    if (open === undefined) return;
    fillRows(entries.row, open.start, rowMaps[i] as Int32Array, at);
    fill(entries.to, open.to, at, map?.symbol);
    const own = open.facts;
    if (own !== undefined) {
      eachEntry(own.start, edgeNumbers(open.to.length, at), (edge, f) => {
        const source = own.source[f] as number;
        facts.push(edge, map === undefined ? source : map.symbol(source), factAt(topology.symbols, own, f));
      });
    }
    at += open.to.length;
  });
  return entries;
}

function edgeNumbers(edges: number, from: number): Int32Array {
  const numbers = new Int32Array(edges);
  for (let e = 0; e < edges; e++) numbers[e] = from + e;
  return numbers;
}

/** The names of one table's symbols in another, found when first asked for. */
export function mapSymbols(from: SymbolTable, to: SymbolTable): SymbolMap {
  const symbols = new Int32Array(from.size).fill(NONE);
  const instants = new Int32Array(from.instants).fill(NONE);
  return {
    symbol: (of) => {
      const known = symbols[of] as number;
      if (known !== NONE) return known;
      const made = to.intern(from.text(of));
      symbols[of] = made;
      return made;
    },
    instant: (of) => {
      const known = instants[of] as number;
      if (known !== NONE) return known;
      const made = to.instant(from.millisOf(of), from.nanosOf(of));
      instants[of] = made;
      return made;
    },
  };
}
