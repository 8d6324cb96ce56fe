import type { NodeSummary } from '@ridgeline/core/wire';
import type { Flow, SceneEdge, SceneGroup, SceneNode } from './scene.ts';

interface Sum {
  weight: number;
  edges: number;
}

/** Sums by pairs of indexes. */
class PairSums {
  readonly #sums = new Map<number, Sum>();
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  add(from: number, to: number, weight: number, edges: number): void {
    const key = from * this.#width + to;
    const sum = this.#sums.get(key);
    if (sum === undefined) this.#sums.set(key, { weight, edges });
    else {
      sum.weight += weight;
      sum.edges += edges;
    }
  }

  /** Ascending by (from, to). */
  list(): { from: number; to: number; weight: number; edges: number }[] {
    return [...this.#sums]
      .sort(([a], [b]) => a - b)
      .map(([key, { weight, edges }]) => ({
        from: Math.floor(key / this.#width),
        to: key % this.#width,
        weight,
        edges,
      }));
  }
}

/**
 * The edges between drawn nodes.
 *
 * @param drawnAs - by a node's id: the id of the node that is drawn for it
 * @param indexes - of drawn nodes, by id
 */
export function gatherEdges(
  nodes: readonly NodeSummary[],
  drawnAs: ReadonlyMap<string, string>,
  indexes: ReadonlyMap<string, number>,
): readonly SceneEdge[] {
  const sums = new PairSums(indexes.size);
  for (const { id, adjacency, weights } of nodes) {
    const from = indexes.get(drawnAs.get(id) ?? '');
    if (from === undefined) continue;
    for (let e = 0; e < adjacency.length; e++) {
      const to = indexes.get(drawnAs.get(adjacency[e] as string) ?? '');
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
