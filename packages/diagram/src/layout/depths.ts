import type { Graph } from './graph.ts';

const DEEPEST = 6;

/** How far each vertex is from clients that nobody calls, 0..6, cycles cut off. O(E). */
export function depthsOf({ size, outStart, outTo, inStart }: Graph): Uint8Array {
  const depth = new Uint8Array(size);
  const queue: number[] = [];
  const queued = new Uint8Array(size);
  for (let v = 0; v < size; v++) {
    queued[v] = 1;
    if (inStart[v] === inStart[v + 1]) queue.push(v);
  }
  for (let v = 0; v < size; v++) if (inStart[v] !== inStart[v + 1]) queue.push(v);
  for (let k = 0; k < queue.length; k++) {
    const v = queue[k] as number;
    queued[v] = 0;
    const next = (depth[v] as number) + 1;
    if (next > DEEPEST) continue;
    for (let e = outStart[v] as number; e < (outStart[v + 1] as number); e++) {
      const to = outTo[e] as number;
      if ((depth[to] as number) >= next) continue;
      depth[to] = next;
      if (queued[to] === 0) {
        queued[to] = 1;
        queue.push(to);
      }
    }
  }
  return depth;
}
