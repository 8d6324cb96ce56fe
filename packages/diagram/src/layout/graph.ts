import type { Scene } from '../scene/scene.ts';

/**
 * A scene in ints: vertices are 0..size−1, ascending by id, so that no layout depends on the order in which nodes came.
 * Edges are CSR, both ways, without loops and doubles.
 */
export interface Graph {
  readonly size: number;
  readonly ids: readonly string[];
  readonly kin: readonly string[];
  readonly groups: readonly string[];
  readonly outStart: Int32Array;
  readonly outTo: Int32Array;
  readonly inStart: Int32Array;
  readonly inTo: Int32Array;
}

/** The scene's nodes and edges. */
export function graphOf({ nodes, edges }: Scene): Graph {
  const order = nodes.map((_, index) => index);
  const idAt = (index: number): string => (nodes[index] as { id: string }).id;
  order.sort((a, b) => (idAt(a) < idAt(b) ? -1 : 1));
  const rank = new Int32Array(nodes.length);
  for (let v = 0; v < order.length; v++) rank[order[v] as number] = v;
  const size = nodes.length;
  const keys = new Float64Array(edges.length);
  let count = 0;
  for (const { from, to } of edges) {
    if (from !== to) keys[count++] = (rank[from] as number) * size + (rank[to] as number);
  }
  const sorted = keys.subarray(0, count).sort();
  const pairs: number[] = [];
  for (let e = 0; e < count; e++) if (e === 0 || sorted[e] !== sorted[e - 1]) pairs.push(sorted[e] as number);
  const sorting = order.map((index) => nodes[index] as Scene['nodes'][number]);
  return {
    size,
    ids: sorting.map(({ id }) => id),
    kin: sorting.map(({ kin }) => kin),
    groups: sorting.map(({ group }) => group),
    ...columnsOf(size, pairs),
  };
}

/** CSR both ways of sorted keys `from × size + to`. */
export function columnsOf(
  size: number,
  pairs: readonly number[],
): Pick<Graph, 'outStart' | 'outTo' | 'inStart' | 'inTo'> {
  const outStart = new Int32Array(size + 1);
  const inStart = new Int32Array(size + 1);
  const outTo = new Int32Array(pairs.length);
  const inTo = new Int32Array(pairs.length);
  for (let e = 0; e < pairs.length; e++) {
    const pair = pairs[e] as number;
    const to = pair % size;
    outTo[e] = to;
    bump(outStart, (pair - to) / size + 1);
    bump(inStart, to + 1);
  }
  for (let v = 0; v < size; v++) {
    outStart[v + 1] = (outStart[v + 1] as number) + (outStart[v] as number);
    inStart[v + 1] = (inStart[v + 1] as number) + (inStart[v] as number);
  }
  const next = inStart.slice(0, size);
  for (let e = 0; e < pairs.length; e++) {
    const to = outTo[e] as number;
    inTo[next[to] as number] = ((pairs[e] as number) - to) / size;
    bump(next, to);
  }
  return { outStart, outTo, inStart, inTo };
}

/** Adds one. */
export function bump(counts: Int32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}

/** How many edges a vertex has. */
export function degreeOf(graph: Graph, v: number): number {
  return (
    (graph.outStart[v + 1] as number) -
    (graph.outStart[v] as number) +
    (graph.inStart[v + 1] as number) -
    (graph.inStart[v] as number)
  );
}

/** The vertices on the other ends of a vertex's edges; one twice where edges run both ways. */
export function neighboursOf(graph: Graph, v: number): number[] {
  const found: number[] = [];
  for (let e = graph.inStart[v] as number; e < (graph.inStart[v + 1] as number); e++) {
    found.push(graph.inTo[e] as number);
  }
  for (let e = graph.outStart[v] as number; e < (graph.outStart[v + 1] as number); e++) {
    found.push(graph.outTo[e] as number);
  }
  return found;
}

/** The part of a graph between some vertices, ascending; vertex i of it is `members[i]`. */
export function subgraph(graph: Graph, members: readonly number[]): Graph {
  const at = new Map(members.map((v, i) => [v, i]));
  const pairs: number[] = [];
  for (let i = 0; i < members.length; i++) {
    const v = members[i] as number;
    for (let e = graph.outStart[v] as number; e < (graph.outStart[v + 1] as number); e++) {
      const to = at.get(graph.outTo[e] as number);
      if (to !== undefined) pairs.push(i * members.length + to);
    }
  }
  const pick = (values: readonly string[]): string[] => members.map((v) => values[v] as string);
  return {
    size: members.length,
    ids: pick(graph.ids),
    kin: pick(graph.kin),
    groups: pick(graph.groups),
    ...columnsOf(members.length, pairs),
  };
}

/**
 * The weakly connected parts of some vertices, the largest first, else by their first vertex.
 *
 * @param among - whether a vertex takes part
 * @returns ascending vertices of each part
 */
export function componentsOf(graph: Graph, among: (v: number) => boolean): readonly (readonly number[])[] {
  const seen = new Uint8Array(graph.size);
  const parts: number[][] = [];
  for (let start = 0; start < graph.size; start++) {
    if (seen[start] === 1 || !among(start)) continue;
    seen[start] = 1;
    const part = [start];
    for (let k = 0; k < part.length; k++) {
      for (const u of neighboursOf(graph, part[k] as number)) {
        if (seen[u] === 1 || !among(u)) continue;
        seen[u] = 1;
        part.push(u);
      }
    }
    parts.push(part.sort((a, b) => a - b));
  }
  return parts.sort((a, b) => b.length - a.length || (a[0] as number) - (b[0] as number));
}
