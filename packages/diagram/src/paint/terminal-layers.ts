/** A graph by index: for each node the nodes it leads to. */
export type Graph = readonly (readonly number[])[];

/**
 * A layer for each node, such that edges lead to higher layers, but for those that close a circle.
 *
 * @remarks Longest path over the graph without its back edges, as a depth-first walk from the nodes without
 *   incoming edges finds them; O(nodes + edges). Nodes are visited in order: the same graph, the same layers.
 */
export function assignLayers(graph: Graph): readonly number[] {
  const { order, back } = walk(graph);
  const layers: number[] = graph.map(() => 0);
  // The order is a topological one of what is left without back edges.
  for (const from of order) {
    for (const [index, to] of (graph[from] ?? []).entries()) {
      if (back.has(`${from}.${index}`)) continue;
      layers[to] = Math.max(layers[to] as number, (layers[from] as number) + 1);
    }
  }
  return layers;
}

/** Depth-first: nodes in reverse order of finishing, and the edges that lead back to an unfinished node. */
function walk(graph: Graph): { readonly order: readonly number[]; readonly back: ReadonlySet<string> } {
  const incoming: number[] = graph.map(() => 0);
  for (const targets of graph) for (const to of targets) incoming[to] = (incoming[to] as number) + 1;
  const starts = graph
    .map((_, node) => node)
    .sort((a, b) => Number(incoming[a] !== 0) - Number(incoming[b] !== 0) || a - b);
  const state = new Uint8Array(graph.length);
  const finished: number[] = [];
  const back = new Set<string>();
  for (const start of starts) {
    if (state[start] !== 0) continue;
    // A stack of our own: a chain may be longer than the engine's.
    const stack: { readonly node: number; next: number }[] = [{ node: start, next: 0 }];
    state[start] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const index = top.next++;
      const to = graph[top.node]?.[index];
      if (to === undefined) {
        state[top.node] = 2;
        finished.push(top.node);
        stack.pop();
      } else if (state[to] === 1) {
        back.add(`${top.node}.${index}`);
      } else if (state[to] === 0) {
        state[to] = 1;
        stack.push({ node: to, next: 0 });
      }
    }
  }
  return { order: finished.reverse(), back };
}

/** A layered graph in which every edge to the right leads to the very next layer. */
export interface ShortEdges {
  /** The nodes as before, then the bends: nodes that only lead an edge through a layer. */
  readonly graph: Graph;
  readonly layers: readonly number[];
}

/** Leads each edge that skips layers through a bend in each of them, so that it has a place of its own there. */
export function bendLongEdges(graph: Graph, layers: readonly number[]): ShortEdges {
  const bent: number[][] = graph.map(() => []);
  const bentLayers = [...layers];
  for (const [from, targets] of graph.entries()) {
    for (const to of targets) {
      let last = from;
      for (let layer = (layers[from] as number) + 1; layer < (layers[to] as number); layer++) {
        const bend = bent.push([]) - 1;
        bentLayers.push(layer);
        bent[last]?.push(bend);
        last = bend;
      }
      bent[last]?.push(to);
    }
  }
  return { graph: bent, layers: bentLayers };
}

/**
 * The nodes of each layer from top to bottom: near what they are connected with.
 *
 * @remarks Barycentres, a few sweeps to and fro (Sugiyama, Tagawa, Toda 1981).
 */
export function orderLayers(graph: Graph, layers: readonly number[]): readonly (readonly number[])[] {
  const columns: number[][] = [];
  for (const [node, layer] of layers.entries()) {
    columns[layer] ??= [];
    columns[layer].push(node);
  }
  const neighbours: number[][] = graph.map((targets) => [...targets]);
  for (const [from, targets] of graph.entries()) for (const to of targets) neighbours[to]?.push(from);
  const place: number[] = graph.map(() => 0);
  const note = (column: readonly number[]): void => {
    for (const [index, node] of column.entries()) place[node] = (index + 0.5) / column.length;
  };
  for (const column of columns) note(column);
  for (let sweep = 0; sweep < 8; sweep++) {
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      const centre = new Map(
        column.map((node) => [node, meanOf(neighbours[node] ?? [], place) ?? (place[node] as number)]),
      );
      column.sort((a, b) => (centre.get(a) as number) - (centre.get(b) as number) || a - b);
      note(column);
    }
  }
  return columns;
}

/**
 * A row for each node: as near as there is room to the mean of its neighbours, one row apart from the next.
 *
 * @param height - rows there are; a column with more nodes than that cannot be drawn
 */
export function assignRows(
  graph: Graph,
  columns: readonly (readonly number[])[],
  height: number,
): readonly number[] {
  const neighbours: number[][] = graph.map((targets) => [...targets]);
  for (const [from, targets] of graph.entries()) for (const to of targets) neighbours[to]?.push(from);
  const rows: number[] = graph.map(() => 0);
  for (const column of columns) {
    for (const [index, node] of column.entries()) rows[node] = ((index + 0.5) * height) / column.length - 0.5;
  }
  for (let sweep = 0; sweep < 6; sweep++) {
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      const wanted = column.map((node) => meanOf(neighbours[node] ?? [], rows) ?? (rows[node] as number));
      for (const [index, row] of spread(wanted, height).entries()) rows[column[index] as number] = row;
    }
  }
  return rows.map((row) => Math.round(row));
}

/** Rows in the same order, at least one apart, within 0..height-1, and else as near to what is wanted as can be. */
function spread(wanted: readonly number[], height: number): readonly number[] {
  const gap = Math.min(3, Math.max(1, Math.floor(height / Math.max(1, wanted.length))));
  const rows = wanted.map((row) => Math.round(row));
  for (let i = 0; i < rows.length; i++) {
    const least = i === 0 ? 0 : (rows[i - 1] as number) + gap;
    rows[i] = Math.max(rows[i] as number, least);
  }
  for (let i = rows.length - 1; i >= 0; i--) {
    const most = i === rows.length - 1 ? height - 1 : (rows[i + 1] as number) - gap;
    rows[i] = Math.max(0, Math.min(rows[i] as number, most));
  }
  return rows;
}

function meanOf(nodes: readonly number[], values: readonly number[]): number | undefined {
  if (nodes.length === 0) return undefined;
  return nodes.reduce((sum, node) => sum + (values[node] as number), 0) / nodes.length;
}
