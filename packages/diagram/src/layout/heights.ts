import { projectIsotonic } from './isotonic.ts';
import { middleOf } from './order-layers.ts';
import type { ProperGraph } from './proper-graph.ts';

/** From one node's middle to the next one's below it. */
export const ROW = 96;
/** The height that an edge gets where it passes a layer. */
const BEND = 18;
/** Bends are pulled straight harder than nodes are pulled to their neighbours. */
const BEND_WEIGHT = 4;
/** So many rounds of medians; the last two look to both sides. */
const ROUNDS = 12;

/**
 * The y of each vertex: near the median of its neighbours, in the given order.
 *
 * @param layers - each layer's vertices from top to bottom
 * @param folds - by layer: in how many columns it stands; vertices then need only that part of a row
 */
export function heightsOf(
  graph: ProperGraph,
  layers: readonly Int32Array[],
  folds: Int32Array,
): Float64Array {
  const y = new Float64Array(graph.size);
  const distances = layers.map((layer, l) => distancesIn(layer, graph.real, folds[l] as number));
  let tallest = 0;
  for (let l = 0; l < layers.length; l++) {
    const between = distances[l] as Float64Array;
    const height = between.reduce((sum, distance) => sum + distance, 0);
    tallest = Math.max(tallest, height);
    let at = -height / 2;
    (layers[l] as Int32Array).forEach((v, k) => {
      if (k > 0) at += between[k - 1] as number;
      y[v] = at;
    });
  }
  // No layer may reach far beyond the tallest: a picture that is as high as it must be, not higher.
  const limit = tallest * 0.52 + ROW / 4;
  const rounds = graph.size > 20_000 ? 4 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    const side = round >= rounds - 2 ? 'both' : round % 2 === 0 ? 'left' : 'right';
    for (let k = 0; k < layers.length; k++) {
      const l = round % 2 === 0 ? k : layers.length - 1 - k;
      const layer = layers[l] as Int32Array;
      const wishes = new Float64Array(layer.length);
      const weights = new Float64Array(layer.length);
      layer.forEach((v, at) => {
        const near = neighbourHeights(graph, v, side, y);
        const wish = near.length === 0 ? (y[v] as number) : middleOf(near);
        wishes[at] = Math.max(-limit, Math.min(limit, wish));
        weights[at] =
          v >= graph.real ? BEND_WEIGHT : near.length === 0 ? 0.2 : 1 + Math.min(4, near.length / 2);
      });
      const solved = projectIsotonic(wishes, weights, distances[l] as Float64Array);
      layer.forEach((v, at) => {
        y[v] = solved[at] as number;
      });
    }
  }
  return y;
}

function distancesIn(layer: Int32Array, real: number, fold: number): Float64Array {
  const height = (v: number): number => (v < real ? ROW : BEND) / fold;
  const distances = new Float64Array(Math.max(0, layer.length - 1));
  for (let k = 0; k < distances.length; k++) {
    distances[k] = (height(layer[k] as number) + height(layer[k + 1] as number)) / 2;
  }
  return distances;
}

function neighbourHeights(
  graph: ProperGraph,
  v: number,
  side: 'left' | 'right' | 'both',
  y: Float64Array,
): number[] {
  const found: number[] = [];
  if (side !== 'right') {
    for (let e = graph.inStart[v] as number; e < (graph.inStart[v + 1] as number); e++) {
      found.push(y[graph.inTo[e] as number] as number);
    }
  }
  if (side !== 'left') {
    for (let e = graph.outStart[v] as number; e < (graph.outStart[v + 1] as number); e++) {
      found.push(y[graph.outTo[e] as number] as number);
    }
  }
  return found.sort((a, b) => a - b);
}
