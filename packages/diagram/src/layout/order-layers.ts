import { countCrossings, crossingsOf } from './crossings.ts';
import type { ProperGraph } from './proper-graph.ts';

/**
 * The order of vertices in each layer, from top to bottom, with few crossings: sweeps of barycentres and medians from a
 * depth-first start, of which the best is kept, then swaps of neighbours. Bounded work, deterministic.
 *
 * @param tie - by real vertex: a number by which ties are broken, e.g. equal for replicas
 */
export function orderLayers(graph: ProperGraph, tie: Int32Array): readonly Int32Array[] {
  let layers = firstOrder(graph, tie);
  const rank = new Int32Array(graph.size);
  rankAll(layers, rank);
  let best = layers.map((layer) => layer.slice());
  let fewest = countCrossings(graph, layers, rank);
  const sweeps = graph.size > 20_000 ? 4 : graph.size > 5_000 ? 10 : 24;
  let idle = 0;
  for (let sweep = 0; sweep < sweeps && fewest > 0 && idle < 8; sweep++) {
    sweepOnce(graph, layers, rank, sweep % 2 === 0, sweep % 4 < 2);
    const crossings = countCrossings(graph, layers, rank);
    idle++;
    if (crossings < fewest) {
      idle = 0;
      fewest = crossings;
      best = layers.map((layer) => layer.slice());
    }
  }
  layers = best;
  rankAll(layers, rank);
  if (fewest > 0 && graph.size <= 5_000) swapNeighbours(graph, layers, rank);
  return layers;
}

function rankAll(layers: readonly Int32Array[], rank: Int32Array): void {
  for (const layer of layers) for (let k = 0; k < layer.length; k++) rank[layer[k] as number] = k;
}

/** Depth first from the vertices without clients: what hangs together lies together. */
function firstOrder(graph: ProperGraph, tie: Int32Array): Int32Array[] {
  const layers: number[][] = Array.from({ length: graph.layers }, () => []);
  const seen = new Uint8Array(graph.size);
  const byTie = (a: number, b: number): number => (tie[a] ?? 0) - (tie[b] ?? 0) || a - b;
  const visit = (root: number): void => {
    const stack = [root];
    for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
      if (seen[v] === 1) continue;
      seen[v] = 1;
      (layers[graph.layerOf[v] as number] as number[]).push(v);
      for (let e = (graph.outStart[v + 1] as number) - 1; e >= (graph.outStart[v] as number); e--) {
        if (seen[graph.outTo[e] as number] === 0) stack.push(graph.outTo[e] as number);
      }
    }
  };
  const roots: number[] = [];
  for (let v = 0; v < graph.size; v++) if (graph.inStart[v] === graph.inStart[v + 1]) roots.push(v);
  for (const root of roots.sort(byTie)) visit(root);
  for (let v = 0; v < graph.size; v++) if (seen[v] === 0) visit(v);
  return layers.map((layer) => Int32Array.from(layer));
}

/** One pass over the layers, each ordered by where its vertices' neighbours are in the layer before. */
function sweepOnce(
  graph: ProperGraph,
  layers: Int32Array[],
  rank: Int32Array,
  rightwards: boolean,
  byMean: boolean,
): void {
  const start = rightwards ? graph.inStart : graph.outStart;
  const to = rightwards ? graph.inTo : graph.outTo;
  const wish = new Float64Array(graph.size);
  for (let k = 1; k < layers.length; k++) {
    const l = rightwards ? k : layers.length - 1 - k;
    const layer = layers[l] as Int32Array;
    const scale = (layers[rightwards ? l - 1 : l + 1] as Int32Array).length / layer.length;
    for (const v of layer) {
      const first = start[v] as number;
      const end = start[v + 1] as number;
      // Who has no neighbour there stays about where it is.
      if (first === end) wish[v] = ((rank[v] as number) + 0.5) * scale;
      else wish[v] = byMean ? meanRank(to, rank, first, end) : medianRank(to, rank, first, end);
    }
    layer.sort(
      (a, b) => (wish[a] as number) - (wish[b] as number) || (rank[a] as number) - (rank[b] as number),
    );
    for (let at = 0; at < layer.length; at++) rank[layer[at] as number] = at;
  }
}

function meanRank(to: Int32Array, rank: Int32Array, first: number, end: number): number {
  let sum = 0;
  for (let e = first; e < end; e++) sum += rank[to[e] as number] as number;
  return sum / (end - first) + 0.5;
}

function medianRank(to: Int32Array, rank: Int32Array, first: number, end: number): number {
  const ranks = to.slice(first, end).map((v) => rank[v] as number);
  return middleOf(ranks.sort()) + 0.5;
}

/** The median of ascending numbers, at least one. */
export function middleOf(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Swaps neighbours of a layer as long as that saves crossings, in a few rounds. */
function swapNeighbours(graph: ProperGraph, layers: readonly Int32Array[], rank: Int32Array): void {
  const { inStart, inTo, outStart, outTo } = graph;
  const cost = (a: number, b: number): number =>
    crossingsOf(inStart, inTo, rank, a, b) + crossingsOf(outStart, outTo, rank, a, b);
  for (let round = 0, improved = true; improved && round < 6; round++) {
    improved = false;
    for (const layer of layers) {
      for (let k = 0; k + 1 < layer.length; k++) {
        const a = layer[k] as number;
        const b = layer[k + 1] as number;
        if (cost(b, a) >= cost(a, b)) continue;
        layer[k] = b;
        layer[k + 1] = a;
        rank[b] = k;
        rank[a] = k + 1;
        improved = true;
      }
    }
  }
}
