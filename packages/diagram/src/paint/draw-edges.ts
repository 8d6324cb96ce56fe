import type { SceneEdge, SceneNode } from '../scene/scene.ts';
import { type EdgeRun, edgeWidth, layeredRun, straightLine, straightRun } from './edge-curve.ts';
import type { Curve, Fill, Painter, Stroke } from './painter.ts';
import { isHot, meets, type Stage } from './stage.ts';

/** Below this zoom a grouped picture shows flows between its boxes instead of single edges. */
export const EDGES_FROM_ZOOM = 0.45;
/** Edges in sight from which on they get fainter: many of them are a texture. */
const CROWD = 250;
const ALPHA = { hot: 0.95, normal: 0.62, least: 0.2, unlit: 0.1, inBoxes: 0.34 };
/** The length of an edge that leads out of sight, in boxes. */
const STUB = 40;
/** Arrows shorter than this, in pixels of the screen, are left out. */
const LEAST_ARROW = 2.5;
const HOT_DASH: readonly number[] = [10, 5];
/** Units of the world per millisecond. */
const DASH_SPEED = 0.026;

/** Draws the edges in sight; those of the focus above the others. */
export function drawEdges(painter: Painter, stage: Stage): void {
  const cold: SceneEdge[] = [];
  const hot: SceneEdge[] = [];
  for (const edge of stage.scene.edges) {
    const isHotEdge = isHot(stage, edge.from, edge.to);
    if (!isHotEdge && !showsEdges(stage)) continue;
    if (isEdgeInSight(stage, edge)) (isHotEdge ? hot : cold).push(edge);
  }
  drawAll(painter, stage, cold, false);
  drawAll(painter, stage, hot, true);
}

/** Whether single edges are shown that do not belong to the focus. */
function showsEdges({ isGrouped, zoom, scene }: Stage): boolean {
  return !isGrouped || zoom >= EDGES_FROM_ZOOM || scene.flows.length === 0;
}

/** How edges of one look are drawn: painters draw together what has the *same* ink. */
interface EdgeInk {
  readonly stroke: Stroke;
  readonly fill: Fill;
  readonly arrow: number;
}

function drawAll(painter: Painter, stage: Stage, edges: readonly SceneEdge[], areHot: boolean): void {
  const usual = usualAlpha(stage, edges.length);
  const byLook = new Map<number, SceneEdge[]>();
  for (const edge of edges) {
    const alpha = areHot ? ALPHA.hot * presenceOf(stage, edge) : usual * shareOf(stage, edge);
    const look = edgeWidth(edge.weight) * 4 * 128 + Math.round(alpha * 100);
    const list = byLook.get(look);
    if (list === undefined) byLook.set(look, [edge]);
    else list.push(edge);
  }
  // Wide ones last, above the others.
  const looks = [...byLook].sort(([a], [b]) => a - b);
  const inks = looks.map(([look]) => inkOf(stage, Math.floor(look / 128) / 4, (look % 128) / 100, areHot));
  if (painter.keepsNames) {
    for (const [index, [, list]] of looks.entries()) {
      for (const edge of list) drawNamed(painter, stage, edge, inks[index] as EdgeInk);
    }
    return;
  }
  // Arrows apart from lines: each kind is then drawn in one go.
  for (const [index, [, list]] of looks.entries()) {
    const { stroke, arrow } = inks[index] as EdgeInk;
    for (const edge of list) painter.curve(shownPart(stage, edge, runOf(stage, edge, arrow)), stroke);
  }
  for (const [index, [, list]] of looks.entries()) {
    const { fill, arrow } = inks[index] as EdgeInk;
    if (arrow * stage.zoom < LEAST_ARROW) continue;
    for (const edge of list) {
      if ((stage.alphas[edge.to] as number) <= 0) continue;
      const run = runOf(stage, edge, arrow);
      painter.arrow(run.tipX, run.tipY, run.tipDx, run.tipDy, arrow, fill);
    }
  }
}

function drawNamed(painter: Painter, stage: Stage, edge: SceneEdge, { stroke, fill, arrow }: EdgeInk): void {
  const a = stage.scene.nodes[edge.from] as SceneNode;
  const b = stage.scene.nodes[edge.to] as SceneNode;
  const run = runOf(stage, edge, arrow);
  painter.begin({ kind: 'edge', id: `${a.id} -> ${b.id}`, title: titleOf(edge, a, b) });
  painter.curve(shownPart(stage, edge, run), stroke);
  painter.arrow(run.tipX, run.tipY, run.tipDx, run.tipDy, arrow, fill);
  painter.end();
}

function inkOf(stage: Stage, width: number, alpha: number, isHotEdge: boolean): EdgeInk {
  const { theme, pixel, look, isGrouped } = stage;
  const colour = isHotEdge ? theme.accent : theme.edge;
  const shown = Math.max(width + (isHotEdge ? 0.5 : 0), (isHotEdge ? 1.4 : 0.7) * pixel);
  const dash =
    isHotEdge && !isGrouped ? HOT_DASH.map((length) => length * Math.max(1, pixel * 0.6)) : undefined;
  const offset = look.now === undefined ? 0 : -((look.now * DASH_SPEED) % 3000) * Math.max(1, pixel * 0.6);
  return {
    stroke: { colour, width: shown, alpha, ...(dash === undefined ? {} : { dash, dashOffset: offset }) },
    fill: { colour, alpha: Math.min(1, alpha * 1.3) },
    arrow: Math.max(6.5 + width * 1.3, isHotEdge ? 7 * pixel : 0),
  };
}

function runOf({ scene, xs, ys, isGrouped }: Stage, { from, to }: SceneEdge, arrow: number): EdgeRun {
  const a = scene.nodes[from] as SceneNode;
  const b = scene.nodes[to] as SceneNode;
  const [ax, ay, bx, by] = [xs[from], ys[from], xs[to], ys[to]] as [number, number, number, number];
  return isGrouped
    ? straightRun(ax, ay, bx, by, arrow * 0.8)
    : layeredRun(ax, ay, a.shape, bx, by, b.shape, arrow * 0.8);
}

/**
 * In boxes, an edge that leads out of sight is only a stub: where it leads to cannot be seen, and hundreds of lines
 * across the screen hide what can (and cost most of a frame).
 */
function shownPart({ isGrouped, alphas, lit }: Stage, { from, to }: SceneEdge, { curve }: EdgeRun): Curve {
  if (!isGrouped || lit !== undefined) return curve;
  const isFromShown = (alphas[from] as number) > 0;
  if (isFromShown && (alphas[to] as number) > 0) return curve;
  const { x0, y0, x3, y3 } = curve;
  const share = Math.min(1, STUB / (Math.hypot(x3 - x0, y3 - y0) || 1));
  const stub = { x: (x3 - x0) * share, y: (y3 - y0) * share };
  return isFromShown
    ? straightLine(x0, y0, x0 + stub.x, y0 + stub.y)
    : straightLine(x3 - stub.x, y3 - stub.y, x3, y3);
}

function titleOf({ weight }: SceneEdge, a: SceneNode, b: SceneNode): string {
  return `${a.label} → ${b.label}: ${weight} ${weight === 1 ? 'connection' : 'connections'}`;
}

/** How visible an edge is that has nothing to do with the focus. */
function usualAlpha({ isGrouped, lit }: Stage, count: number): number {
  if (lit !== undefined) return ALPHA.unlit;
  const crowded = ALPHA.normal * Math.sqrt(CROWD / Math.max(CROWD, count));
  return Math.min(isGrouped ? ALPHA.inBoxes : 1, Math.max(ALPHA.least, crowded));
}

/** Edges of nodes that come and go, of ghosts, and of nodes that a search has not found, are fainter. */
function shareOf(stage: Stage, { from, to }: SceneEdge): number {
  const { matches } = stage.look;
  const a = stage.scene.nodes[from] as SceneNode;
  const b = stage.scene.nodes[to] as SceneNode;
  const searched = matches === undefined || (matches.has(a.id) && matches.has(b.id)) ? 1 : 0.35;
  const ghost = a.ghost === true || b.ghost === true ? 0.5 : 1;
  return presenceOf(stage, { from, to }) * searched * ghost;
}

function presenceOf({ look, scene }: Stage, { from, to }: Pick<SceneEdge, 'from' | 'to'>): number {
  const { presence } = look;
  if (presence === undefined) return 1;
  const a = scene.nodes[from] as SceneNode;
  const b = scene.nodes[to] as SceneNode;
  return Math.min(presence.get(a.id) ?? 1, presence.get(b.id) ?? 1);
}

/** Whether the rectangle of both ends is in sight; in a grouped picture, whether an end is. */
function isEdgeInSight({ xs, ys, area, isGrouped, alphas, lit }: Stage, { from, to }: SceneEdge): boolean {
  const [ax, ay, bx, by] = [xs[from], ys[from], xs[to], ys[to]] as [number, number, number, number];
  if (Number.isNaN(ax) || Number.isNaN(bx)) return false;
  if (isGrouped && lit === undefined) return (alphas[from] as number) > 0 || (alphas[to] as number) > 0;
  return meets(area, Math.min(ax, bx), Math.min(ay, by), Math.abs(ax - bx), Math.abs(ay - by));
}
