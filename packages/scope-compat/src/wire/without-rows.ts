import { type Sym, Topology, takeRows } from '@ridgeline/core';

/** A reported topology without the nodes of some ids. Edges to them stay: another report may know them. */
export function withoutRows(topology: Topology, ids: ReadonlySet<Sym>): Topology {
  const rows = new Int32Array(topology.size);
  let size = 0;
  for (let row = 0; row < topology.size; row++) if (!ids.has(topology.ids[row] as Sym)) rows[size++] = row;
  if (size === topology.size) return topology;
  const kept = rows.slice(0, size);
  return new Topology({
    name: topology.name,
    symbols: topology.symbols,
    ids: kept.map((row) => topology.ids[row] as Sym),
    columns: takeRows(
      topology.columns,
      kept.map((row) => topology.columnRowOf(row)),
    ),
    ...(topology.open === undefined ? {} : { open: takeEdges(topology.open.start, topology.open.to, kept) }),
  });
}

/** The edges of some rows. Foreign reports bring no facts of edges. */
function takeEdges(
  start: Uint32Array,
  to: Int32Array,
  rows: Int32Array,
): { readonly start: Uint32Array; readonly to: Int32Array; readonly facts: undefined } {
  const taken = new Uint32Array(rows.length + 1);
  const targets = new Int32Array(to.length);
  let end = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const slice = to.subarray(start[row] as number, start[row + 1] as number);
    targets.set(slice, end);
    end += slice.length;
    taken[i + 1] = end;
  }
  return { start: taken, to: targets.slice(0, end), facts: undefined };
}
