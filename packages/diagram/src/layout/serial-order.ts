import { bump, type Graph } from './graph.ts';

/**
 * A place for each vertex on a line, such that few edges run backwards: sinks go to the end, sources to the start, and
 * of a cycle the vertex with the most out-edges over in-edges (Eades, Lin, Smyth: A fast and effective heuristic for
 * the feedback arc set problem, 1993). At most half of the edges run backwards, none without a cycle.
 *
 * @returns by vertex; O(V + E)
 */
export function serialOrder(graph: Graph): Int32Array {
  const { size, outStart, outTo, inStart, inTo } = graph;
  const position = new Int32Array(size).fill(-1);
  const out = new Int32Array(size);
  const into = new Int32Array(size);
  let widest = 0;
  for (let v = 0; v < size; v++) {
    out[v] = (outStart[v + 1] as number) - (outStart[v] as number);
    into[v] = (inStart[v + 1] as number) - (inStart[v] as number);
    widest = Math.max(widest, out[v] as number, into[v] as number);
  }
  // Buckets by out − in. An entry is stale once its vertex is placed or has moved on to another bucket.
  const buckets: number[][] = Array.from({ length: 2 * widest + 1 }, () => []);
  const sinks: number[] = [];
  const sources: number[] = [];
  let top = 0;
  const file = (v: number): void => {
    if (out[v] === 0) sinks.push(v);
    else if (into[v] === 0) sources.push(v);
    else {
      const at = (out[v] as number) - (into[v] as number) + widest;
      (buckets[at] as number[]).push(v);
      if (at > top) top = at;
    }
  };
  for (let v = size - 1; v >= 0; v--) file(v);

  let first = 0;
  let last = size - 1;
  const take = (v: number, at: number): void => {
    position[v] = at;
    for (let e = outStart[v] as number; e < (outStart[v + 1] as number); e++) {
      const to = outTo[e] as number;
      into[to] = (into[to] as number) - 1;
      if (position[to] === -1) file(to);
    }
    for (let e = inStart[v] as number; e < (inStart[v + 1] as number); e++) {
      const from = inTo[e] as number;
      out[from] = (out[from] as number) - 1;
      if (position[from] === -1) file(from);
    }
  };
  while (first <= last) {
    let v = sinks.pop();
    if (v !== undefined) {
      if (position[v] === -1) take(v, last--);
      continue;
    }
    v = sources.pop();
    if (v !== undefined) {
      if (position[v] === -1) take(v, first++);
      continue;
    }
    const bucket = buckets[top] as number[];
    v = bucket.pop();
    if (v === undefined) top--;
    else if (position[v] === -1 && (out[v] as number) - (into[v] as number) + widest === top)
      take(v, first++);
  }
  return position;
}

/**
 * A layer for each vertex: edges that run forward in the order go at least one layer to the right, and are short.
 *
 * @param position - of {@link serialOrder}
 * @returns by vertex, from 0
 */
export function layersOf(graph: Graph, position: Int32Array): Int32Array {
  const { size, outStart, outTo, inStart, inTo } = graph;
  const inOrder = new Int32Array(size);
  for (let v = 0; v < size; v++) inOrder[position[v] as number] = v;
  const layer = new Int32Array(size);
  const bounds = (v: number): readonly [lowest: number, highest: number, ahead: number, behind: number] => {
    let lowest = 0;
    let highest = size;
    let ahead = 0;
    let behind = 0;
    const place = position[v] as number;
    for (let e = inStart[v] as number; e < (inStart[v + 1] as number); e++) {
      const u = inTo[e] as number;
      if ((position[u] as number) > place) continue;
      behind++;
      lowest = Math.max(lowest, (layer[u] as number) + 1);
    }
    for (let e = outStart[v] as number; e < (outStart[v + 1] as number); e++) {
      const u = outTo[e] as number;
      if ((position[u] as number) < place) continue;
      ahead++;
      highest = Math.min(highest, (layer[u] as number) - 1);
    }
    return [lowest, highest, ahead, behind];
  };
  for (const v of inOrder) layer[v] = bounds(v)[0];
  // Between its clients and its servers a vertex goes to the side that has more of them.
  for (let pass = 0; pass < 4; pass++) {
    for (let k = size - 1; k >= 0; k--) {
      const v = inOrder[k] as number;
      const [, highest, ahead, behind] = bounds(v);
      if (ahead > behind && highest > (layer[v] as number)) layer[v] = highest;
    }
    for (const v of inOrder) {
      const [lowest, , ahead, behind] = bounds(v);
      if (behind > ahead && lowest < (layer[v] as number)) layer[v] = lowest;
    }
  }
  return withoutGaps(layer);
}

/** The same layers, numbered from 0 without a number that no vertex has. */
function withoutGaps(layer: Int32Array): Int32Array {
  const used = new Int32Array(layer.reduce((most, l) => Math.max(most, l), 0) + 2);
  for (const l of layer) used[l + 1] = 1;
  for (let l = 0; l + 1 < used.length; l++) used[l + 1] = (used[l + 1] as number) + (used[l] as number);
  return layer.map((l) => used[l] as number);
}

/** How many vertices each layer has. */
export function layerSizes(layer: Int32Array): Int32Array {
  const sizes = new Int32Array(layer.reduce((most, l) => Math.max(most, l + 1), 0));
  for (const l of layer) bump(sizes, l);
  return sizes;
}
