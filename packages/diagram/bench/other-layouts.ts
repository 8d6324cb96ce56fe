import { Graph, layout as layOutWithDagre } from '@dagrejs/dagre';
import { LAYERED_FOOTPRINT, type Layout, type Point, type Scene } from '@ridgeline/diagram';
import elk from 'elkjs/lib/elk.bundled.js';

/** Middles by node id. */
export type Points = ReadonlyMap<string, Point>;

const WIDTH = LAYERED_FOOTPRINT.left + LAYERED_FOOTPRINT.right;
const HEIGHT = LAYERED_FOOTPRINT.top + LAYERED_FOOTPRINT.bottom;
/** The distances that our own layouts keep. */
const BETWEEN_NODES = 8;
const BETWEEN_LAYERS = 68;

/** Lays out the scene's nodes and edges with dagre, left to right. */
export function layWithDagre({ nodes, edges }: Scene): Points {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: BETWEEN_NODES, ranksep: BETWEEN_LAYERS });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: WIDTH, height: HEIGHT });
  for (const { from, to } of edges) graph.setEdge(idAt(nodes, from), idAt(nodes, to));
  layOutWithDagre(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as Point;
      return [id, { x, y }];
    }),
  );
}

/** Lays out the scene's nodes and edges with elk's layered algorithm, left to right. */
export async function layWithElk({ nodes, edges }: Scene): Promise<Points> {
  const engine = new elk.default();
  const laid = await engine.layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.spacing.nodeNode': String(BETWEEN_NODES),
      'elk.layered.spacing.nodeNodeBetweenLayers': String(BETWEEN_LAYERS),
    },
    children: nodes.map(({ id }) => ({ id, width: WIDTH, height: HEIGHT })),
    edges: edges.map(({ from, to }, e) => ({
      id: `edge ${e}`,
      sources: [idAt(nodes, from)],
      targets: [idAt(nodes, to)],
    })),
  });
  return new Map(
    (laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: x + WIDTH / 2, y: y + HEIGHT / 2 }]),
  );
}

/** Where our own layout puts the nodes. */
export function pointsOf({ places }: Layout): Points {
  return places;
}

function idAt(nodes: Scene['nodes'], index: number): string {
  return (nodes[index] as { id: string }).id;
}

/**
 * The share of untouched nodes that have moved farther than 30 px. A shift of the whole picture does not count: it is
 * taken off first.
 *
 * @param ids - of untouched nodes
 */
export function movedShare(before: Points, after: Points, ids: readonly string[]): number {
  const moves = ids.map((id) => {
    const a = before.get(id) as Point;
    const b = after.get(id) as Point;
    return { x: b.x - a.x, y: b.y - a.y };
  });
  const shift = { x: median(moves.map(({ x }) => x)), y: median(moves.map(({ y }) => y)) };
  return moves.filter(({ x, y }) => Math.hypot(x - shift.x, y - shift.y) > 30).length / ids.length;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
