import type { Flow, SceneGroup } from '../scene/scene.ts';
import { EDGES_FROM_ZOOM } from './draw-edges.ts';
import { shortNumber } from './fit-text.ts';
import { type FlowRun, flowRun } from './flow-curve.ts';
import { LabelRoom } from './label-room.ts';
import type { Painter } from './painter.ts';
import { meets, type Stage } from './stage.ts';

/** Flows that are drawn in full: the heaviest that together carry this share, but no more of them than that. */
const SHARE_IN_FULL = 0.7;
const MOST_IN_FULL = 24;
/** With more flows than this, the light ones are shown only for the box that has the focus: a mesh says nothing. */
const MOST_AT_ALL = 120;
/** How wide the heaviest flow is, and one of a single connection, in pixels of the screen. */
const WIDTH = { most: 4.5, least: 1 };
const ALPHA = { full: 0.8, faint: 0.2 };
/** The size of a flow's weight, in pixels of the screen. */
const LABEL = 10.5;

interface DrawnFlow {
  readonly flow: Flow;
  readonly from: SceneGroup;
  readonly to: SceneGroup;
  readonly run: FlowRun;
  readonly width: number;
  readonly arrow: number;
  readonly isFull: boolean;
}

/** Whether flows between boxes are shown: from afar, as long as no single node has the focus. */
export function showsFlows({ isGrouped, zoom, focus, lit, scene }: Stage): boolean {
  if (!isGrouped || scene.flows.length === 0) return false;
  return zoom < EDGES_FROM_ZOOM && (lit === undefined || focus?.kind === 'group' || focus?.kind === 'flow');
}

/** Draws the flows between boxes; the heavy ones above the others, with their weights. */
export function drawFlows(painter: Painter, stage: Stage): void {
  if (!showsFlows(stage)) return;
  const { theme, pixel, focus } = stage;
  const drawn = flowsInSight(stage);
  const colour = focus === undefined ? theme.flow : theme.accent;
  for (const { flow, from, to, run, width, arrow, isFull } of drawn) {
    const alpha = isFull ? ALPHA.full : ALPHA.faint;
    if (painter.keepsNames)
      painter.begin({ kind: 'flow', id: `${from.key} -> ${to.key}`, title: titleOf(flow, from, to) });
    if (isFull) painter.curve(run.curve, { colour: theme.ground, width: width + 2.5 * pixel, alpha: 0.75 });
    const shown = isFull ? colour : theme.flow;
    painter.curve(run.curve, { colour: shown, width, alpha });
    if (isFull || painter.keepsNames)
      painter.arrow(run.tip.x, run.tip.y, run.direction.x, run.direction.y, arrow, { colour: shown, alpha });
    if (painter.keepsNames) painter.end();
  }
  drawWeights(painter, stage, drawn);
}

/** The heaviest ones first: where two are too near, the lighter one goes without its number. */
function drawWeights(painter: Painter, { theme, pixel }: Stage, drawn: readonly DrawnFlow[]): void {
  const room = new LabelRoom(60 * pixel);
  const size = LABEL * pixel;
  for (const { flow, run, isFull } of [...drawn].reverse()) {
    if (!isFull) continue;
    const text = shortNumber(flow.weight);
    const width = painter.textWidth(text, size, 600) + size;
    const height = size * 1.5;
    const x = run.middle.x - width / 2;
    const y = run.middle.y - height / 2;
    if (!room.take({ x, y, width, height })) continue;
    painter.box(x, y, width, height, height / 2, {
      fill: { colour: theme.surface, alpha: 0.94 },
      stroke: { colour: theme.flow, width: 0.8 * pixel, alpha: 0.5 },
    });
    painter.text(text, run.middle.x, run.middle.y + size * 0.36, {
      size,
      weight: 600,
      colour: theme.text,
      anchor: 'middle',
      alpha: 1,
    });
  }
}

/** The flows with an end in sight, ascending by weight. */
function flowsInSight({ scene, layout, area, pixel, focus }: Stage): readonly DrawnFlow[] {
  const full = fullFlows(scene.flows);
  const heaviest = scene.flows.reduce((most, { weight }) => Math.max(most, weight), 1);
  const drawn: DrawnFlow[] = [];
  for (const flow of [...scene.flows].sort((a, b) => a.weight - b.weight)) {
    const from = scene.groups[flow.from] as SceneGroup;
    const to = scene.groups[flow.to] as SceneGroup;
    const a = layout.boxes.get(from.key);
    const b = layout.boxes.get(to.key);
    if (a === undefined || b === undefined) continue;
    if (!meets(area, a.x, a.y, a.width, a.height) && !meets(area, b.x, b.y, b.width, b.height)) continue;
    const isFull =
      focus?.kind === 'group'
        ? focus.key === from.key || focus.key === to.key
        : focus?.kind === 'flow'
          ? focus.from === from.key && focus.to === to.key
          : full.has(flow);
    if (!isFull && (focus !== undefined || scene.flows.length > MOST_AT_ALL)) continue;
    const share = Math.log1p(flow.weight) / Math.log1p(heaviest);
    const width = (isFull ? WIDTH.least + (WIDTH.most - WIDTH.least) * share ** 3 : 0.9) * pixel;
    const arrow = width * 1.7 + 5.5 * pixel;
    drawn.push({ flow, from, to, run: flowRun(a, b, pixel, arrow), width, arrow, isFull });
  }
  // What is drawn in full lies above what is not.
  return [...drawn.filter(({ isFull }) => !isFull), ...drawn.filter(({ isFull }) => isFull)];
}

function fullFlows(flows: readonly Flow[]): ReadonlySet<Flow> {
  const heaviest = [...flows].sort((a, b) => b.weight - a.weight || a.from - b.from || a.to - b.to);
  const most = heaviest.reduce((sum, { weight }) => sum + weight, 0) * SHARE_IN_FULL;
  const full = new Set<Flow>();
  let carried = 0;
  for (const flow of heaviest) {
    if (carried >= most || full.size >= MOST_IN_FULL) break;
    full.add(flow);
    carried += flow.weight;
  }
  return full;
}

function titleOf({ weight, edges }: Flow, from: SceneGroup, to: SceneGroup): string {
  const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;
  return `${from.label} → ${to.label}: ${counted(weight, 'connection')} over ${counted(edges, 'edge')}`;
}
