import { boxSize, gridFor } from './box-grid.ts';
import { bump, type Graph } from './graph.ts';
import type { Box, Point } from './layout.ts';
import { Skyline, stripWidth } from './pack.ts';

/** Between boxes. */
export const BOX_GAP = 44;

/** The vertices of each group, by group key, ascending. */
export function membersByGroup(graph: Graph): Map<string, number[]> {
  const members = new Map<string, number[]>();
  for (let v = 0; v < graph.size; v++) {
    const key = graph.groups[v] as string;
    const list = members.get(key);
    if (list === undefined) members.set(key, [v]);
    else list.push(v);
  }
  return new Map([...members].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Boxes for all groups, packed; the largest at the top left, and each as near as can be to those it talks with.
 *
 * @returns by group key; whole pixels
 */
export function packBoxes(
  graph: Graph,
  members: ReadonlyMap<string, readonly number[]>,
  head: number,
  aspect: number,
): Map<string, Box> {
  const keys = [...members.keys()];
  const sizes = keys.map((key) => boxSize(gridFor((members.get(key) as number[]).length), head));
  const outer = sizes.map(({ width, height }) => ({ width: width + BOX_GAP, height: height + BOX_GAP }));
  const order = keys
    .map((_, i) => i)
    .sort((a, b) => (outer[b] as Box).height - (outer[a] as Box).height || a - b);
  const flows = flowMatrix(graph, keys);
  const skyline = new Skyline(stripWidth(outer, aspect));
  const spots = new Map<number, Point>();
  for (const i of order) {
    const size = outer[i] as Box;
    const goal = pull(i, flows, spots, outer);
    const offers = skyline.spots(size);
    const highest = offers.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY);
    // What lies almost as high may lie nearer to its neighbours.
    const near = offers.filter(({ y }) => y <= highest + size.height * 0.2);
    const away = ({ x }: Point): number => (goal === undefined ? x : Math.abs(x + size.width / 2 - goal));
    const best = near.reduce((least, spot) => (away(spot) < away(least) ? spot : least));
    skyline.take(best, size);
    spots.set(i, best);
  }
  return new Map(
    keys.map((key, i) => {
      const { x, y } = spots.get(i) as Point;
      return [
        key,
        { x: Math.round(x), y: Math.round(y), ...(sizes[i] as { width: number; height: number }) },
      ];
    }),
  );
}

/** How many edges run between any two groups, whichever way; by `a × groups + b`, both ways alike. */
function flowMatrix(graph: Graph, keys: readonly string[]): Int32Array | undefined {
  // A thousand groups are a million cells; more are no picture anyone can read.
  if (keys.length > 1000) return undefined;
  const index = new Map(keys.map((key, i) => [key, i]));
  const of = Int32Array.from(graph.groups, (key) => index.get(key) as number);
  const counts = new Int32Array(keys.length * keys.length);
  for (let v = 0; v < graph.size; v++) {
    for (let e = graph.outStart[v] as number; e < (graph.outStart[v + 1] as number); e++) {
      const a = of[v] as number;
      const b = of[graph.outTo[e] as number] as number;
      if (a === b) continue;
      bump(counts, a * keys.length + b);
      bump(counts, b * keys.length + a);
    }
  }
  return counts;
}

/** The x to which a box is pulled by those it talks with that are packed already. */
function pull(
  i: number,
  flows: Int32Array | undefined,
  spots: ReadonlyMap<number, Point>,
  sizes: readonly { readonly width: number }[],
): number | undefined {
  if (flows === undefined) return undefined;
  let weight = 0;
  let sum = 0;
  for (const [j, { x }] of spots) {
    const count = flows[i * sizes.length + j] as number;
    weight += count;
    sum += count * (x + (sizes[j] as { width: number }).width / 2);
  }
  return weight === 0 ? undefined : sum / weight;
}
