import { NONE, type Sym } from '../ids/symbol-table.ts';
import type { Adjacency } from './adjacency.ts';
import type { Members } from './members.ts';
import { Topology } from './topology.ts';

/**
 * The subgraph of the rows that are kept: edges are cut to it, all else stays as it was (law D8).
 *
 * @param kept - one byte a row, 1 for those that stay
 * @param cut - edges to leave out, beside those that lose an end
 * @returns the same object when every row and edge stays
 */
export function restrict(
  topology: Topology,
  kept: Uint8Array,
  cut?: (from: number, to: number) => boolean,
): Topology {
  const { size, ids } = topology;
  const newRow = new Int32Array(size).fill(NONE);
  let rows = 0;
  for (let row = 0; row < size; row++) if (kept[row] === 1) newRow[row] = rows++;
  if (rows === size && (cut === undefined || !hasCutEdge(topology.out, cut))) return topology;

  const newIds = new Int32Array(rows);
  const columnRow = new Int32Array(rows);
  const kinds = new Int32Array(rows);
  const oldRow = new Int32Array(rows);
  for (let row = 0; row < size; row++) {
    const at = newRow[row] as number;
    if (at === NONE) continue;
    newIds[at] = ids[row] as number;
    columnRow[at] = topology.columnRowOf(row);
    kinds[at] = topology.kindSymbol(row);
    oldRow[at] = row;
  }
  return new Topology({
    name: topology.name,
    symbols: topology.symbols,
    ids: newIds,
    kinds,
    columns: topology.columns,
    columnRow,
    out: restrictEdges(topology.out, newRow, rows, cut),
    members: () => restrictMembers(topology.members, newRow, rows),
    direct: (row, visit) => topology.eachDirectMember(oldRow[row] as number, visit),
    counts: restrictCounts(topology.counts, newRow, rows),
    cutFrom: { topology, rows: oldRow },
  });
}

function hasCutEdge(out: Adjacency, cut: (from: number, to: number) => boolean): boolean {
  for (let row = 0; row + 1 < out.start.length; row++) {
    const end = out.start[row + 1] as number;
    for (let e = out.start[row] as number; e < end; e++) if (cut(row, out.to[e] as number)) return true;
  }
  return false;
}

/** Rows keep their order, so targets stay ascending. */
function restrictEdges(
  out: Adjacency,
  newRow: Int32Array,
  rows: number,
  cut: ((from: number, to: number) => boolean) | undefined,
): Adjacency {
  const start = new Uint32Array(rows + 1);
  const to = new Uint32Array(out.to.length);
  let end = 0;
  for (let row = 0; row < newRow.length; row++) {
    const at = newRow[row] as number;
    if (at === NONE) continue;
    const last = out.start[row + 1] as number;
    for (let e = out.start[row] as number; e < last; e++) {
      const target = out.to[e] as number;
      const newTarget = newRow[target] as number;
      if (newTarget === NONE || cut?.(row, target) === true) continue;
      to[end++] = newTarget;
    }
    start[at + 1] = end;
  }
  return { start, to: to.slice(0, end) };
}

function restrictMembers(members: Members, newRow: Int32Array, rows: number): Members {
  const start = new Uint32Array(rows + 1);
  const table = new Uint8Array(members.table.length);
  const row = new Uint32Array(members.row.length);
  let end = 0;
  for (let old = 0; old < newRow.length; old++) {
    const at = newRow[old] as number;
    if (at === NONE) continue;
    const first = members.start[old] as number;
    const last = members.start[old + 1] as number;
    table.set(members.table.subarray(first, last), end);
    row.set(members.row.subarray(first, last), end);
    end += last - first;
    start[at + 1] = end;
  }
  return { start, table: table.slice(0, end), row: row.slice(0, end), tables: members.tables };
}

function restrictCounts(
  counts: ReadonlyMap<Sym, Uint32Array>,
  newRow: Int32Array,
  rows: number,
): ReadonlyMap<Sym, Uint32Array> {
  const restricted = new Map<Sym, Uint32Array>();
  for (const [kind, column] of counts) {
    const taken = new Uint32Array(rows);
    for (let row = 0; row < newRow.length; row++) {
      const at = newRow[row] as number;
      if (at !== NONE) taken[at] = column[row] as number;
    }
    restricted.set(kind, taken);
  }
  return restricted;
}
