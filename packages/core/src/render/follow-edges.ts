import { NONE } from '../ids/symbol-table.ts';
import { uniquePairs } from '../internal/csr.ts';
import { IntVector } from '../internal/int-vector.ts';
import type { Adjacency } from '../model/adjacency.ts';

/** The output rows of each input row: row r owns `to[start[r] .. start[r + 1])`. */
export interface RowMap {
  readonly start: Uint32Array;
  readonly to: Int32Array;
}

/**
 * The edges between output rows that the edges between input rows become: for each edge n → a, from each
 * output of n to each output of a. The one place where edges are rewritten (law C4).
 */
export function followEdges(
  edges: Adjacency,
  rows: RowMap,
  size: number,
  selfLoops: 'keep' | 'drop',
): Adjacency {
  const single = singleTargets(rows);
  if (single !== undefined) return followSingle(edges, single, size, selfLoops);
  const { start, to } = rows;
  const from = new IntVector(edges.to.length);
  const target = new IntVector(edges.to.length);
  const inputs = edges.start.length - 1;
  for (let n = 0; n < inputs; n++) {
    const firstOut = start[n] as number;
    const lastOut = start[n + 1] as number;
    if (firstOut === lastOut) continue;
    const lastEdge = edges.start[n + 1] as number;
    for (let e = edges.start[n] as number; e < lastEdge; e++) {
      const a = edges.to[e] as number;
      const lastTarget = start[a + 1] as number;
      for (let t = start[a] as number; t < lastTarget; t++) {
        const d = to[t] as number;
        for (let o = firstOut; o < lastOut; o++) {
          const s = to[o] as number;
          if (s === d && selfLoops === 'drop') continue;
          from.push(s);
          target.push(d);
        }
      }
    }
  }
  return uniquePairs(size, size, from.view(), target.view());
}

/** The one output row of each input row, {@link NONE} where it has none; `undefined` when some row has several. */
function singleTargets({ start, to }: RowMap): Int32Array | undefined {
  const inputs = start.length - 1;
  const single = new Int32Array(inputs);
  for (let n = 0; n < inputs; n++) {
    const first = start[n] as number;
    const count = (start[n + 1] as number) - first;
    if (count > 1) return undefined;
    single[n] = count === 0 ? NONE : (to[first] as number);
  }
  return single;
}

/** As {@link followEdges}, for the common case: no row goes to several. */
function followSingle(
  edges: Adjacency,
  single: Int32Array,
  size: number,
  selfLoops: 'keep' | 'drop',
): Adjacency {
  const from = new Int32Array(edges.to.length);
  const target = new Int32Array(edges.to.length);
  let end = 0;
  for (let n = 0; n < single.length; n++) {
    const s = single[n] as number;
    if (s === NONE) continue;
    const lastEdge = edges.start[n + 1] as number;
    for (let e = edges.start[n] as number; e < lastEdge; e++) {
      const d = single[edges.to[e] as number] as number;
      if (d === NONE || (s === d && selfLoops === 'drop')) continue;
      from[end] = s;
      target[end++] = d;
    }
  }
  return uniquePairs(size, size, from.subarray(0, end), target.subarray(0, end));
}
