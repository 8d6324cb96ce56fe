import type { NodeSummary } from '@ridgeline/core/wire';
import type { Flow, SceneEdge, SceneGroup, SceneNode } from './scene.ts';

/** Sums by pairs of indexes. */
class PairSums {
  readonly #width: number;
  readonly #keys: number[] = [];
  readonly #weights: number[] = [];
  readonly #edges: number[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  add(from: number, to: number, weight: number, edges: number): void {
    this.#keys.push(from * this.#width + to);
    this.#weights.push(weight);
    this.#edges.push(edges);
  }

  /** Ascending by (from, to), each pair once. */
  list(): { from: number; to: number; weight: number; edges: number }[] {
    const keys = this.#keys;
    const order = keys.map((_, e) => e);
    // Ids ascend in pictures, and so do the pairs then.
    if (!keys.every((key, e) => e === 0 || (keys[e - 1] as number) <= key)) {
      order.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
    }
    const sums: { from: number; to: number; weight: number; edges: number }[] = [];
    let last = -1;
    for (const e of order) {
      const key = keys[e] as number;
      const weight = this.#weights[e] as number;
      const edges = this.#edges[e] as number;
      const sum = sums.at(-1);
      if (key === last && sum !== undefined) {
        sum.weight += weight;
        sum.edges += edges;
      } else {
        const to = key % this.#width;
        sums.push({ from: (key - to) / this.#width, to, weight, edges });
        last = key;
      }
    }
    return sums;
  }
}

/**
 * The edges between drawn nodes.
 *
 * @param indexes - by a node's id: the index of the node that is drawn for it
 * @param drawn - how many nodes are drawn
 */
export function gatherEdges(
  nodes: readonly NodeSummary[],
  indexes: ReadonlyMap<string, number>,
  drawn: number,
): readonly SceneEdge[] {
  const sums = new PairSums(drawn);
  for (const { id, adjacency, weights } of nodes) {
    const from = indexes.get(id);
    if (from === undefined) continue;
    for (let e = 0; e < adjacency.length; e++) {
      const to = indexes.get(adjacency[e] as string);
      if (to !== undefined && to !== from) sums.add(from, to, edgeWeight(weights?.[e]), 1);
    }
  }
  return sums.list();
}

/** An edge that is there was seen at least once, whatever its count says. */
function edgeWeight(connections: number | undefined): number {
  return connections === undefined || !(connections >= 1) || !Number.isFinite(connections) ? 1 : connections;
}

/** The edges between groups: every edge whose ends are in two groups is in exactly one flow. */
export function gatherFlows(
  nodes: readonly SceneNode[],
  edges: readonly SceneEdge[],
  groups: readonly SceneGroup[],
): readonly Flow[] {
  const indexes = new Map(groups.map(({ key }, index) => [key, index]));
  const groupIndex = nodes.map(({ group }) => indexes.get(group));
  const sums = new PairSums(groups.length);
  for (const { from, to, weight, edges: count } of edges) {
    const a = groupIndex[from];
    const b = groupIndex[to];
    if (a !== undefined && b !== undefined && a !== b) sums.add(a, b, weight, count);
  }
  return sums.list();
}
