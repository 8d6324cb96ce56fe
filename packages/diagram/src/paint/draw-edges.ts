import type { SceneEdge, SceneNode } from '../scene/scene.ts';
import { edgeWidth, layeredRun, straightRun } from './edge-curve.ts';
import type { Fill, Painter, Stroke } from './painter.ts';
import { isHot, meets, type Stage } from './stage.ts';

/** Below this zoom a grouped picture shows flows between its boxes instead of single edges. */
export const EDGES_FROM_ZOOM = 0.45;
/** Edges in sight from which on they get fainter: many of them are a texture. */
const CROWD = 250;
const ALPHA = { hot: 0.95, normal: 0.62, least: 0.2, unlit: 0.1, inBoxes: 0.34 };
const HOT_DASH: readonly number[] = [10, 5];
/** Units of the world per millisecond. */
const DASH_SPEED = 0.026;

/** An edge that is drawn in this frame. */
interface DrawnEdge {
  readonly edge: SceneEdge;
  readonly width: number;
}

/** Draws the edges in sight; those of the focus above the others. */
export function drawEdges(painter: Painter, stage: Stage): void {
  const cold: DrawnEdge[] = [];
  const hot: DrawnEdge[] = [];
  for (const edge of stage.scene.edges) {
    const isHotEdge = isHot(stage, edge.from, edge.to);
    if (!isHotEdge && !showsEdges(stage)) continue;
    if (!isEdgeInSight(stage, edge)) continue;
    (isHotEdge ? hot : cold).push({ edge, width: edgeWidth(edge.weight) });
  }
  drawAll(painter, stage, cold, false);
  drawAll(painter, stage, hot, true);
}

/** Whether single edges are shown that do not belong to the focus. */
export function showsEdges({ isGrouped, zoom, scene }: Stage): boolean {
  return !isGrouped || zoom >= EDGES_FROM_ZOOM || scene.flows.length === 0;
}

function drawAll(painter: Painter, stage: Stage, edges: readonly DrawnEdge[], areHot: boolean): void {
  const inks = new Map<number, { readonly stroke: Stroke; readonly fill: Fill; readonly arrow: number }>();
  const usual = usualAlpha(stage, edges.length);
  // By look: painters draw together what looks alike. Wide ones last, above the others.
  const looks = new Map<number, SceneEdge[]>();
  for (const { edge, width } of edges) {
    const alpha = areHot ? ALPHA.hot * presenceOf(stage, edge) : usual * shareOf(stage, edge);
    const look = Math.round(width * 4) * 128 + Math.round(alpha * 100);
    const list = looks.get(look);
    if (list === undefined) looks.set(look, [edge]);
    else list.push(edge);
  }
  const order = [...looks.keys()].sort((a, b) => a - b);
  for (const look of order) {
    const ink = inkOf(stage, Math.floor(look / 128) / 4, (look % 128) / 100, areHot);
    inks.set(look, ink);
    for (const edge of looks.get(look) ?? [])
      drawEdge(painter, stage, edge, ink.stroke, ink.fill, ink.arrow, 'line');
  }
  // Arrows apart from lines: each kind is then drawn in one go.
  if (painter.keepsNames) return;
  for (const look of order) {
    const { stroke, fill, arrow } = inks.get(look) as ReturnType<typeof inkOf>;
    if (arrow * stage.zoom < 2.5) continue;
    for (const edge of looks.get(look) ?? []) drawEdge(painter, stage, edge, stroke, fill, arrow, 'arrow');
  }
}

function inkOf(
  stage: Stage,
  width: number,
  alpha: number,
  isHotEdge: boolean,
): { readonly stroke: Stroke; readonly fill: Fill; readonly arrow: number } {
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

function drawEdge(
  painter: Painter,
  { scene, xs, ys, isGrouped }: Stage,
  edge: SceneEdge,
  stroke: Stroke,
  fill: Fill,
  arrow: number,
  part: 'line' | 'arrow',
): void {
  const { from, to } = edge;
  const a = scene.nodes[from] as SceneNode;
  const b = scene.nodes[to] as SceneNode;
  const [ax, ay, bx, by] = [xs[from], ys[from], xs[to], ys[to]] as [number, number, number, number];
  const run = isGrouped
    ? straightRun(ax, ay, bx, by, arrow * 0.8)
    : layeredRun(ax, ay, a.shape, bx, by, b.shape, arrow * 0.8);
  if (painter.keepsNames)
    painter.begin({ kind: 'edge', id: `${a.id} -> ${b.id}`, title: titleOf(edge, a, b) });
  if (part === 'line') painter.curve(run.curve, stroke);
  if (part === 'arrow' || painter.keepsNames)
    painter.arrow(run.tipX, run.tipY, run.tipDx, run.tipDy, arrow, fill);
  if (painter.keepsNames) painter.end();
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
