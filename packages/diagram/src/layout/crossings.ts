import type { ProperGraph } from './proper-graph.ts';

/** How many pairs of edges cross, given each layer's vertices from top to bottom. O(E log V) (Barth, Jünger, Mutzel 2002). */
export function countCrossings(graph: ProperGraph, layers: readonly Int32Array[], rank: Int32Array): number {
  let crossings = 0;
  for (let l = 0; l + 1 < layers.length; l++) {
    const width = (layers[l + 1] as Int32Array).length;
    const tree = new Int32Array(width + 1);
    let total = 0;
    for (const v of layers[l] as Int32Array) {
      const start = graph.outStart[v] as number;
      const end = graph.outStart[v + 1] as number;
      for (let e = start; e < end; e++) {
        let upTo = 0;
        const at = (rank[graph.outTo[e] as number] as number) + 1;
        for (let z = at; z > 0; z -= z & -z) upTo += tree[z] as number;
        crossings += total - upTo;
      }
      for (let e = start; e < end; e++) {
        total++;
        for (let z = (rank[graph.outTo[e] as number] as number) + 1; z <= width; z += z & -z) {
          tree[z] = (tree[z] as number) + 1;
        }
      }
    }
  }
  return crossings;
}

/**
 * The crossings between the edges of two vertices of one layer, `a` above `b`.
 *
 * @param start - CSR of one side
 */
export function crossingsOf(
  start: Int32Array,
  to: Int32Array,
  rank: Int32Array,
  a: number,
  b: number,
): number {
  let crossings = 0;
  for (let e = start[a] as number; e < (start[a + 1] as number); e++) {
    const above = rank[to[e] as number] as number;
    for (let f = start[b] as number; f < (start[b + 1] as number); f++) {
      if ((rank[to[f] as number] as number) < above) crossings++;
    }
  }
  return crossings;
}
