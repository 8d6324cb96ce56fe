import { NONE } from '../ids/symbol-table.ts';
import type { EdgeFactColumns } from './edge-facts.ts';

/** Edges by row: ascending, unique, closed (every `to` is a row). Row r owns `to[start[r] .. start[r + 1])`. */
export interface Adjacency {
  /** Length rows + 1. */
  readonly start: Uint32Array;
  readonly to: Uint32Array;
}

/**
 * Edges as a source reported them: by row, to ids that may be nodes of another host's report.
 * Ascending by id symbol within a row, unique.
 */
export interface OpenEdges {
  /** Length rows + 1. */
  readonly start: Uint32Array;
  /** The symbol of the id that each edge leads to. */
  readonly to: Int32Array;
  /** The evidence of each edge, where the report has any. */
  readonly facts: EdgeFactColumns | undefined;
}

/** No edge of any row. */
export function noEdges(rows: number): Adjacency {
  return { start: new Uint32Array(rows + 1), to: new Uint32Array(0) };
}

/** Whether there is an edge between two rows; O(log degree). */
export function hasEdge(adjacency: Adjacency, from: number, to: number): boolean {
  return edgeIndex(adjacency, from, to) !== NONE;
}

/** Where the edge between two rows stands in `to`, or {@link NONE}; O(log degree). */
export function edgeIndex({ start, to }: Adjacency, from: number, head: number): number {
  let low = start[from] as number;
  let high = start[from + 1] as number;
  const end = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((to[middle] as number) < head) low = middle + 1;
    else high = middle;
  }
  return low < end && to[low] === head ? low : NONE;
}

/** The number of edges to and from another row, of each row (a pair of opposite edges counts once). */
export function degrees(adjacency: Adjacency): Uint32Array {
  const rows = adjacency.start.length - 1;
  const degree = new Uint32Array(rows);
  for (let from = 0; from < rows; from++) {
    const end = adjacency.start[from + 1] as number;
    for (let e = adjacency.start[from] as number; e < end; e++) {
      const to = adjacency.to[e] as number;
      // Of two opposite edges only the one from the lower row is counted.
      if (to === from || (to < from && hasEdge(adjacency, to, from))) continue;
      degree[from] = (degree[from] as number) + 1;
      degree[to] = (degree[to] as number) + 1;
    }
  }
  return degree;
}
