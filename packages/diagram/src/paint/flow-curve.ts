import type { Box, Point } from '../layout/layout.ts';
import type { Curve } from './painter.ts';

/** How a flow between two boxes runs: bowed to its right, so that a flow and the one back do not cover each other. */
export interface FlowRun {
  readonly curve: Curve;
  readonly tip: Point;
  /** The direction of the arrow, a unit vector. */
  readonly direction: Point;
  readonly middle: Point;
}

/** How far the ends reach into the boxes, in pixels of the screen. */
const INTO = 12;

/**
 * @param pixel - one pixel of the screen, in units of the world
 * @param arrow - the length of the arrow, in units of the world
 */
export function flowRun(from: Box, to: Box, pixel: number, arrow: number): FlowRun {
  const a = centre(from);
  const b = centre(to);
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const bow = Math.min(length * 0.2, 64 * pixel);
  const bend = {
    x: (a.x + b.x) / 2 - ((b.y - a.y) / length) * bow,
    y: (a.y + b.y) / 2 + ((b.x - a.x) / length) * bow,
  };
  const start = border(from, bend, INTO * pixel);
  const tip = border(to, bend, INTO * pixel);
  const reach = Math.hypot(tip.x - bend.x, tip.y - bend.y) || 1;
  const direction = { x: (tip.x - bend.x) / reach, y: (tip.y - bend.y) / reach };
  const end = { x: tip.x - direction.x * arrow * 0.8, y: tip.y - direction.y * arrow * 0.8 };
  // A quadratic curve as a cubic one: control points two thirds of the way.
  const curve: Curve = {
    x0: start.x,
    y0: start.y,
    x1: start.x + ((bend.x - start.x) * 2) / 3,
    y1: start.y + ((bend.y - start.y) * 2) / 3,
    x2: end.x + ((bend.x - end.x) * 2) / 3,
    y2: end.y + ((bend.y - end.y) * 2) / 3,
    x3: end.x,
    y3: end.y,
  };
  const middle = { x: (start.x + 2 * bend.x + end.x) / 4, y: (start.y + 2 * bend.y + end.y) / 4 };
  return { curve, tip, direction, middle };
}

function centre({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Where the line from a box's middle to a point crosses the box made smaller by `into`. */
function border(box: Box, towards: Point, into: number): Point {
  const { x, y } = centre(box);
  const dx = towards.x - x;
  const dy = towards.y - y;
  const across = Math.max(1, box.width / 2 - into) / Math.max(1e-6, Math.abs(dx));
  const along = Math.max(1, box.height / 2 - into) / Math.max(1e-6, Math.abs(dy));
  const share = Math.min(across, along);
  return { x: x + dx * share, y: y + dy * share };
}
