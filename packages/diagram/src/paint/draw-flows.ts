import type { Flow, SceneGroup } from '../scene/scene.ts';
import { EDGES_FROM_ZOOM } from './draw-edges.ts';
import { shortNumber } from './fit-text.ts';
import { LabelRoom } from './label-room.ts';
import type { Painter } from './painter.ts';
import { pickFlows, type ShownFlow } from './pick-flows.ts';
import { meets, type Stage } from './stage.ts';

const ALPHA = { full: 0.8, faint: 0.2 };
/** The size of a flow's weight, in pixels of the screen. */
const LABEL = 10.5;

/** Whether flows between boxes are shown: from afar, as long as no single node has the focus. */
export function showsFlows({
  isGrouped,
  zoom,
  focus,
  lit,
  scene,
}: Pick<Stage, 'isGrouped' | 'zoom' | 'focus' | 'lit' | 'scene'>): boolean {
  if (!isGrouped || scene.flows.length === 0) return false;
  return zoom < EDGES_FROM_ZOOM && (lit === undefined || focus?.kind === 'group' || focus?.kind === 'flow');
}

/** Draws the flows between boxes; the heavy ones above the others, with their weights. */
export function drawFlows(painter: Painter, stage: Stage): void {
  if (!showsFlows(stage)) return;
  const { scene, layout, theme, pixel, focus } = stage;
  const lit = stage.lit === undefined ? undefined : focus;
  const drawn = pickFlows(scene, layout, lit, pixel).filter((flow) => isInSight(stage, flow));
  const colour = lit === undefined ? theme.flow : theme.accent;
  for (const { flow, from, to, run, width, arrow, isFull } of drawn) {
    const alpha = isFull ? ALPHA.full : ALPHA.faint;
    if (painter.keepsNames)
      painter.begin({ kind: 'flow', id: `${from.key} -> ${to.key}`, title: titleOf(flow, from, to) });
    if (isFull) painter.curve(run.curve, { colour: theme.ground, width: width + 2.5 * pixel, alpha: 0.75 });
    painter.curve(run.curve, { colour, width, alpha });
    const { tip, direction } = run;
    painter.arrow(tip.x, tip.y, direction.x, direction.y, arrow, { colour, alpha });
    if (painter.keepsNames) painter.end();
  }
  drawWeights(painter, stage, drawn);
}

/** The heaviest ones first: where two are too near, the lighter one goes without its number. */
function drawWeights(painter: Painter, { theme, pixel }: Stage, drawn: readonly ShownFlow[]): void {
  const room = new LabelRoom(60 * pixel);
  const size = LABEL * pixel;
  for (const { flow, run, arrow, isFull } of [...drawn].reverse()) {
    if (!isFull) continue;
    const text = shortNumber(flow.weight);
    const width = painter.textWidth(text, size, 600) + size;
    const height = size * 1.5;
    // A number may not hide the flow that it is of: beside a short one, on a long one.
    const isShort = Math.hypot(run.tip.x - run.curve.x0, run.tip.y - run.curve.y0) < width + 2 * arrow;
    const aside = isShort ? arrow * 0.45 + pixel : 0;
    const x = run.middle.x - (isShort ? run.direction.y * (aside + width / 2) : 0);
    const y = run.middle.y + (isShort ? run.direction.x * (aside + height / 2) : 0);
    if (!room.take({ x: x - width / 2, y: y - height / 2, width, height })) continue;
    painter.box(x - width / 2, y - height / 2, width, height, height / 2, {
      fill: { colour: theme.surface, alpha: 0.94 },
      stroke: { colour: theme.flow, width: 0.8 * pixel, alpha: 0.5 },
    });
    const lettering = { size, weight: 600, colour: theme.text, anchor: 'middle', alpha: 1 } as const;
    painter.text(text, x, y + size * 0.36, lettering);
  }
}

function isInSight({ layout, area }: Stage, { from, to }: ShownFlow): boolean {
  return [from, to].some(({ key }) => {
    const box = layout.boxes.get(key);
    return box !== undefined && meets(area, box.x, box.y, box.width, box.height);
  });
}

function titleOf({ weight, edges }: Flow, from: SceneGroup, to: SceneGroup): string {
  const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;
  return `${from.label} → ${to.label}: ${counted(weight, 'connection')} over ${counted(edges, 'edge')}`;
}
