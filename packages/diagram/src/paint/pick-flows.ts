import type { Layout } from '../layout/layout.ts';
import type { Flow, Scene, SceneGroup } from '../scene/scene.ts';
import { type FlowRun, flowRun } from './flow-curve.ts';
import type { Target } from './look.ts';

/** Flows that are drawn in full: the heaviest that together carry this share, but no more of them than that. */
const SHARE_IN_FULL = 0.7;
const MOST_IN_FULL = 24;
/** With more flows than this, the light ones are shown only for the box that has the focus: a mesh says nothing. */
const MOST_AT_ALL = 120;
/** How wide the heaviest flow is, and one of a single connection, in pixels of the screen. */
const WIDTH = { most: 4.5, least: 1, faint: 0.9 };

/** A flow that is shown, and how it runs. */
export interface ShownFlow {
  readonly flow: Flow;
  readonly from: SceneGroup;
  readonly to: SceneGroup;
  readonly run: FlowRun;
  /** In units of the world, as `arrow`. */
  readonly width: number;
  readonly arrow: number;
  /** The others are only hinted at. */
  readonly isFull: boolean;
}

/**
 * The flows that are shown between boxes: of a box that has the focus all of its own, else the heaviest.
 *
 * @param pixel - one pixel of the screen, in units of the world
 * @returns in the order in which they are drawn: light ones first
 */
export function pickFlows(
  { flows, groups }: Scene,
  { boxes }: Layout,
  focus: Target | undefined,
  pixel: number,
): readonly ShownFlow[] {
  const full = fullFlows(flows, groups, focus);
  const heaviest = flows.reduce((most, { weight }) => Math.max(most, weight), 1);
  const shown: ShownFlow[] = [];
  for (const flow of [...flows].sort((a, b) => a.weight - b.weight)) {
    const isFull = full.has(flow);
    if (!isFull && (focus !== undefined || flows.length > MOST_AT_ALL)) continue;
    const from = groups[flow.from] as SceneGroup;
    const to = groups[flow.to] as SceneGroup;
    const a = boxes.get(from.key);
    const b = boxes.get(to.key);
    if (a === undefined || b === undefined) continue;
    const share = Math.log1p(flow.weight) / Math.log1p(heaviest);
    const width = (isFull ? WIDTH.least + (WIDTH.most - WIDTH.least) * share ** 3 : WIDTH.faint) * pixel;
    const arrow = width * 1.7 + 5.5 * pixel;
    shown.push({ flow, from, to, run: flowRun(a, b, pixel, arrow), width, arrow, isFull });
  }
  return [...shown.filter(({ isFull }) => !isFull), ...shown.filter(({ isFull }) => isFull)];
}

function fullFlows(
  flows: readonly Flow[],
  groups: readonly SceneGroup[],
  focus: Target | undefined,
): ReadonlySet<Flow> {
  const keyOf = (index: number): string | undefined => groups[index]?.key;
  if (focus?.kind === 'group')
    return new Set(flows.filter(({ from, to }) => keyOf(from) === focus.key || keyOf(to) === focus.key));
  if (focus?.kind === 'flow')
    return new Set(flows.filter(({ from, to }) => keyOf(from) === focus.from && keyOf(to) === focus.to));
  const byWeight = [...flows].sort((a, b) => b.weight - a.weight || a.from - b.from || a.to - b.to);
  const most = byWeight.reduce((sum, { weight }) => sum + weight, 0) * SHARE_IN_FULL;
  const full = new Set<Flow>();
  let carried = 0;
  for (const flow of byWeight) {
    if (carried >= most || full.size >= MOST_IN_FULL) break;
    full.add(flow);
    carried += flow.weight;
  }
  return full;
}
