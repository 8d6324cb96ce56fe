import { type Box, type Layout, NODE_RADIUS, type Point } from '../layout/layout.ts';
import type { Scene, SceneEdge, SceneNode } from '../scene/scene.ts';
import { toWorld } from './camera.ts';
import { EDGES_FROM_ZOOM } from './draw-edges.ts';
import { showsFlows } from './draw-flows.ts';
import { SHAPES_FROM_ZOOM } from './draw-nodes.ts';
import { layeredRun, straightRun } from './edge-curve.ts';
import type { Look, Target } from './look.ts';
import type { Curve } from './painter.ts';
import { pickFlows } from './pick-flows.ts';

/** How near one has to point, in pixels of the screen: to a small node's middle, to a line, to one that lies over dots. */
const NEAR = { node: 9, line: 6, flow: 4 };
/** Around a node's shape, in units of the world. */
const AROUND_NODE = 4;
/** Pieces that a curve is cut into to measure how far it is. */
const PIECES = 24;
/** How far a curve may bulge out of the rectangle of its ends, in units of the world. */
const BULGE = 130;

/**
 * Finds what is at a point of a picture. Made once for a scene and its layout; a question costs next to nothing in
 * nodes (they are in a grid), and a comparison of rectangles in edges.
 */
export class HitIndex {
  readonly #scene: Scene;
  readonly #layout: Layout;
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #cells = new Map<number, number[]>();

  constructor(scene: Scene, layout: Layout) {
    this.#scene = scene;
    this.#layout = layout;
    this.#xs = new Float64Array(scene.nodes.length).fill(Number.NaN);
    this.#ys = new Float64Array(scene.nodes.length).fill(Number.NaN);
    for (const [index, { id }] of scene.nodes.entries()) {
      const place = layout.places.get(id);
      if (place === undefined) continue;
      this.#xs[index] = place.x;
      this.#ys[index] = place.y;
      const key = cellKey(cellOf(place.x), cellOf(place.y));
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [index]);
      else cell.push(index);
    }
  }

  /**
   * What is below a point of the screen: the nearest node, else an edge or flow that is shown, else a box. While
   * nodes are dots a flow comes before those it is drawn over: they are so dense that no one could point at it else.
   *
   * @param look - as the picture is drawn with; what it says of `hover` counts for nothing
   */
  at(look: Look, point: Point): Target | undefined {
    const { camera } = look;
    const spot = toWorld(camera, point);
    if (camera.zoom < SHAPES_FROM_ZOOM) {
      const flow = this.#flowAt(look, spot, NEAR.flow / camera.zoom);
      if (flow !== undefined) return flow;
    }
    const node = this.#nodeAt(spot, Math.max(NODE_RADIUS + AROUND_NODE, NEAR.node / camera.zoom));
    if (node !== undefined) return { kind: 'node', id: node.id };
    const reach = NEAR.line / camera.zoom;
    return this.#flowAt(look, spot, reach) ?? this.#edgeAt(look, spot, reach) ?? this.#boxAt(spot);
  }

  #nodeAt({ x, y }: Point, reach: number): SceneNode | undefined {
    let nearest: number | undefined;
    let least = reach;
    for (let column = cellOf(x - reach); column <= cellOf(x + reach); column++) {
      for (let row = cellOf(y - reach); row <= cellOf(y + reach); row++) {
        for (const index of this.#cells.get(cellKey(column, row)) ?? []) {
          const distance = Math.hypot((this.#xs[index] as number) - x, (this.#ys[index] as number) - y);
          if (distance > least) continue;
          // Of two at one place the later one: it is drawn above.
          least = distance;
          nearest = index;
        }
      }
    }
    return nearest === undefined ? undefined : this.#scene.nodes[nearest];
  }

  #edgeAt({ camera, selection }: Look, spot: Point, reach: number): Target | undefined {
    const { nodes, edges } = this.#scene;
    const showsAll =
      this.#layout.mode === 'layered' || camera.zoom >= EDGES_FROM_ZOOM || this.#scene.flows.length === 0;
    const chosen = selection?.kind === 'node' ? selection.id : undefined;
    if (!showsAll && chosen === undefined) return undefined;
    let found: SceneEdge | undefined;
    let least = reach;
    for (const edge of edges) {
      if (!this.#mayBeNear(edge, spot, reach)) continue;
      if (!showsAll && nodes[edge.from]?.id !== chosen && nodes[edge.to]?.id !== chosen) continue;
      const distance = distanceTo(this.#curveOf(edge), spot);
      if (distance > least) continue;
      least = distance;
      found = edge;
    }
    if (found === undefined) return undefined;
    return { kind: 'edge', from: nodes[found.from]?.id ?? '', to: nodes[found.to]?.id ?? '' };
  }

  #mayBeNear({ from, to }: SceneEdge, { x, y }: Point, reach: number): boolean {
    const margin = reach + (this.#layout.mode === 'layered' ? BULGE : 0);
    const [ax, ay] = [this.#xs[from] as number, this.#ys[from] as number];
    const [bx, by] = [this.#xs[to] as number, this.#ys[to] as number];
    // With `NaN` none of these holds: an end without a place has no line.
    return (
      x >= Math.min(ax, bx) - margin &&
      x <= Math.max(ax, bx) + margin &&
      y >= Math.min(ay, by) - reach - NODE_RADIUS &&
      y <= Math.max(ay, by) + reach + NODE_RADIUS
    );
  }

  #curveOf({ from, to }: SceneEdge): Curve {
    const [ax, ay] = [this.#xs[from] as number, this.#ys[from] as number];
    const [bx, by] = [this.#xs[to] as number, this.#ys[to] as number];
    if (this.#layout.mode === 'grouped') return straightRun(ax, ay, bx, by, 0).curve;
    const a = this.#scene.nodes[from] as SceneNode;
    const b = this.#scene.nodes[to] as SceneNode;
    return layeredRun(ax, ay, a.shape, bx, by, b.shape, 0).curve;
  }

  #flowAt({ camera, selection }: Look, spot: Point, reach: number): Target | undefined {
    const isGrouped = this.#layout.mode === 'grouped';
    const focus = selection?.kind === 'group' || selection?.kind === 'flow' ? selection : undefined;
    const scene = this.#scene;
    const lit = selection?.kind === 'node' ? new Uint8Array(0) : undefined;
    if (!showsFlows({ isGrouped, zoom: camera.zoom, focus, lit, scene })) return undefined;
    let found: Target | undefined;
    let least = reach;
    for (const { from, to, run } of pickFlows(scene, this.#layout, focus, 1 / camera.zoom)) {
      const distance = distanceTo(run.curve, spot);
      if (distance > least) continue;
      least = distance;
      found = { kind: 'flow', from: from.key, to: to.key };
    }
    return found;
  }

  #boxAt({ x, y }: Point): Target | undefined {
    for (const [key, box] of this.#layout.boxes) if (holds(box, x, y)) return { kind: 'group', key };
    return undefined;
  }
}

/** The grid's step: about a node with its label. */
const CELL = 96;

function cellOf(coordinate: number): number {
  return Math.floor(coordinate / CELL);
}

/** One number for two, each within ±2^25. */
function cellKey(column: number, row: number): number {
  return column * 0x4000000 + row;
}

function holds(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** How far a point is from a curve, nearly: from the polygon of its pieces. */
function distanceTo(curve: Curve, { x, y }: Point): number {
  const { x0, y0, x1, y1, x2, y2, x3, y3 } = curve;
  if (curve.isStraight === true) return distanceToLine(x, y, x0, y0, x3, y3);
  let least = Number.POSITIVE_INFINITY;
  let [fromX, fromY] = [x0, y0];
  for (let piece = 1; piece <= PIECES; piece++) {
    const t = piece / PIECES;
    const s = 1 - t;
    const toX = s ** 3 * x0 + 3 * s * s * t * x1 + 3 * s * t * t * x2 + t ** 3 * x3;
    const toY = s ** 3 * y0 + 3 * s * s * t * y1 + 3 * s * t * t * y2 + t ** 3 * y3;
    least = Math.min(least, distanceToLine(x, y, fromX, fromY, toX, toY));
    [fromX, fromY] = [toX, toY];
  }
  return least;
}

function distanceToLine(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(ax + dx * t - x, ay + dy * t - y);
}
