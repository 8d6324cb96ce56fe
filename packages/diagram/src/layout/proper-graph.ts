import type { Graph } from './graph.ts';
import { columnsOf } from './graph.ts';

/**
 * A layered graph in which every edge goes from one layer to the next: long edges are broken by bends, which are
 * vertices like others, after the real ones. Edges that run backwards are turned.
 */
export interface ProperGraph {
  /** Vertices with bends. */
  readonly size: number;
  /** Vertices 0..real−1 are the graph's own. */
  readonly real: number;
  readonly layerOf: Int32Array;
  readonly layers: number;
  /** Towards the right, and (`in`) towards the left. */
  readonly outStart: Int32Array;
  readonly outTo: Int32Array;
  readonly inStart: Int32Array;
  readonly inTo: Int32Array;
}

/** More bends than this cost more time than they give beauty: then the longest edges take no part. */
const MOST_BENDS = 12_000;

/** Breaks the long edges of a layered graph; edges within a layer take no part. */
export function properGraph(graph: Graph, layer: Int32Array): ProperGraph {
  const longest = longestSpan(graph, layer);
  const layerOf: number[] = Array.from(layer);
  const pairs: (readonly [number, number])[] = [];
  let layers = 0;
  for (const l of layer) layers = Math.max(layers, l + 1);
  for (let v = 0; v < graph.size; v++) {
    // Long edges of one vertex share their bends as long as they run side by side: a bundle, and far fewer bends.
    const trunk = new Map<number, number>();
    for (let e = graph.outStart[v] as number; e < (graph.outStart[v + 1] as number); e++) {
      const to = graph.outTo[e] as number;
      const span = (layer[to] as number) - (layer[v] as number);
      if (span === 0 || Math.abs(span) > longest) continue;
      const step = Math.sign(span);
      let at = v;
      for (let l = (layer[v] as number) + step; l !== layer[to]; l += step) {
        let bend = trunk.get(l);
        if (bend === undefined) {
          bend = layerOf.length;
          layerOf.push(l);
          trunk.set(l, bend);
          pairs.push(step > 0 ? [at, bend] : [bend, at]);
        }
        at = bend;
      }
      pairs.push(step > 0 ? [at, to] : [to, at]);
    }
  }
  const size = layerOf.length;
  const keys = Float64Array.from(pairs, ([from, to]) => from * size + to).sort();
  const unique: number[] = [];
  for (let k = 0; k < keys.length; k++)
    if (k === 0 || keys[k] !== keys[k - 1]) unique.push(keys[k] as number);
  return { size, real: graph.size, layerOf: Int32Array.from(layerOf), layers, ...columnsOf(size, unique) };
}

/** The longest span of edges such that all up to it need no more than {@link MOST_BENDS}. */
function longestSpan(graph: Graph, layer: Int32Array): number {
  const counts = new Map<number, number>();
  for (let v = 0; v < graph.size; v++) {
    for (let e = graph.outStart[v] as number; e < (graph.outStart[v + 1] as number); e++) {
      const span = Math.abs((layer[graph.outTo[e] as number] as number) - (layer[v] as number));
      counts.set(span, (counts.get(span) ?? 0) + 1);
    }
  }
  let bends = 0;
  let longest = 1;
  for (const [span, count] of [...counts].sort(([a], [b]) => a - b)) {
    bends += count * Math.max(0, span - 1);
    if (bends > MOST_BENDS) break;
    longest = Math.max(longest, span);
  }
  return longest;
}
