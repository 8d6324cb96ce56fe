import type { Graph } from './graph.ts';
import { heightsOf, ROW } from './heights.ts';
import { LAYERED_FOOTPRINT } from './layout.ts';
import { orderLayers } from './order-layers.ts';
import { properGraph } from './proper-graph.ts';
import { layerSizes, layersOf, serialOrder } from './serial-order.ts';

/** Middles of a connected part's vertices, from the left upper corner of the rectangle that holds their footprints. */
export interface PlacedPart {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** From the middle of a column to that of the next one of the same layer. */
const FOLD = 142;
/** From the last column of a layer to the first of the next one, with few edges between. */
const GAP = 196;
/** Many edges between two layers need room to be told apart. */
const WIDEST_GAP = 330;
/** A picture flatter than the screen is not stretched more than this. */
const MOST_STRETCH = 1.5;

/**
 * Lays out a connected graph in layers, clients left of servers (Sugiyama, Tagawa, Toda 1981): cycles broken, layers,
 * long edges bent, few crossings, straight edges. Layers too tall for the aspect are folded into columns side by side.
 *
 * @param aspect - width ÷ height that is wished for
 */
export function layComponent(graph: Graph, aspect: number): PlacedPart {
  const layer = layersOf(graph, serialOrder(graph));
  const proper = properGraph(graph, layer);
  const order = orderLayers(proper, kinRanks(graph.kin));
  const gaps = gapsBetween(graph, layer, order.length);
  const folds = foldsFor(layerSizes(layer), gaps, aspect);
  const y = heightsOf(proper, order, folds);
  const x = new Float64Array(graph.size);
  let left = 0;
  for (let l = 0; l < order.length; l++) {
    const fold = folds[l] as number;
    let at = 0;
    for (const v of order[l] as Int32Array) if (v < graph.size) x[v] = left + (at++ % fold) * FOLD;
    left += (fold - 1) * FOLD + (gaps[l] ?? 0);
  }
  return trim(x, y.subarray(0, graph.size), aspect);
}

/** Equal numbers for replicas, so that ties leave them side by side. */
function kinRanks(kin: readonly string[]): Int32Array {
  const ranks = new Map([...new Set(kin)].sort().map((name, rank) => [name, rank]));
  return Int32Array.from(kin, (name) => ranks.get(name) ?? 0);
}

/** The distance from each layer to the next: more where more edges run. */
function gapsBetween(graph: Graph, layer: Int32Array, layers: number): Float64Array {
  const edges = new Float64Array(Math.max(0, layers - 1));
  for (let v = 0; v < graph.size; v++) {
    for (let e = graph.outStart[v] as number; e < (graph.outStart[v + 1] as number); e++) {
      const to = layer[graph.outTo[e] as number] as number;
      const from = layer[v] as number;
      if (to - from === 1) edges[from] = (edges[from] as number) + 1;
    }
  }
  return edges.map((count) => Math.min(WIDEST_GAP, GAP + 7 * Math.sqrt(Math.max(0, count - 2))));
}

/** In how many columns each layer stands: the fewest rows with which the picture is as wide as it should be. */
function foldsFor(sizes: Int32Array, gaps: Float64Array, aspect: number): Int32Array {
  const between = gaps.reduce((sum, gap) => sum + gap, 0) + GAP / 2;
  const tallest = sizes.reduce((most, size) => Math.max(most, size), 1);
  let rows = Math.min(4, tallest);
  for (; rows < tallest; rows++) {
    let width = between;
    for (const size of sizes) width += (Math.ceil(size / rows) - 1) * FOLD;
    if (width <= aspect * rows * ROW) break;
  }
  return sizes.map((size) => Math.max(1, Math.ceil(size / rows)));
}

/** Moves the part to the origin, and widens it when it is much higher than wide. */
function trim(x: Float64Array, y: Float64Array, aspect: number): PlacedPart {
  const { left, right, top, bottom } = LAYERED_FOOTPRINT;
  const highest = y.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const lowest = y.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY);
  const farthest = x.reduce((most, at) => Math.max(most, at), 0);
  const height = lowest - highest + top + bottom;
  const stretch = farthest === 0 ? 1 : (height * aspect - left - right) / farthest;
  const factor = Math.max(1, Math.min(MOST_STRETCH, stretch));
  return {
    x: x.map((at) => Math.round(at * factor) + left),
    y: y.map((at) => Math.round(at - highest) + top),
    width: Math.round(farthest * factor) + left + right,
    height: Math.round(height),
  };
}
