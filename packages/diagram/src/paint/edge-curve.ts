import { NODE_RADIUS } from '../layout/layout.ts';
import type { ShapeName } from '../scene/scene.ts';
import type { Curve } from './painter.ts';

/** How an edge runs: its line, which ends where the arrow begins, and the arrow's tip and direction. */
export interface EdgeRun {
  readonly curve: Curve;
  readonly tipX: number;
  readonly tipY: number;
  readonly tipDx: number;
  readonly tipDy: number;
}

/** How far shapes reach to the side, in radii; the others 1. */
const SIDE: Partial<Readonly<Record<ShapeName, number>>> = {
  wide: 1.2,
  diamond: 1.15,
  cloud: 1.3,
  triangle: 0.8,
  cylinder: 0.86,
  sheet: 0.86,
  square: 0.94,
};
/** Between a shape and the end of an edge. */
const GAP = 3;
/** Nodes that are less far apart than this, from left to right, are in one column. */
const SAME_COLUMN = 2 * NODE_RADIUS + 24;
/** Edges that run backwards keep below those that run forwards between the same two nodes. */
const BACKWARD_DROP = 7;

/**
 * The run of an edge of a layered picture. It leaves and arrives level: to the right where the server is to the right of
 * its client, to the left where it is not, and out to the right and back within a column.
 *
 * @param arrow - the length of the arrow
 */
export function layeredRun(
  ax: number,
  ay: number,
  aShape: ShapeName,
  bx: number,
  by: number,
  bShape: ShapeName,
  arrow: number,
): EdgeRun {
  const aReach = NODE_RADIUS * (SIDE[aShape] ?? 1) + GAP;
  const bReach = NODE_RADIUS * (SIDE[bShape] ?? 1) + GAP;
  const dx = bx - ax;
  if (Math.abs(dx) < SAME_COLUMN) {
    const x0 = ax + aReach;
    const tip = bx + bReach;
    const x3 = tip + arrow;
    const out = 26 + Math.min(70, Math.abs(by - ay) * 0.14);
    // A cubic reaches three quarters of the way to its control points.
    const bend = Math.max(x0, x3) + (out * 4) / 3;
    return run(x0, ay, bend, ay, bend, by, x3, by, tip, by, -1);
  }
  const side = dx > 0 ? 1 : -1;
  const drop = dx > 0 ? 0 : BACKWARD_DROP;
  const x0 = ax + side * aReach;
  const tip = bx - side * bReach;
  const x3 = tip - side * arrow;
  const bend = side * Math.max(30, Math.abs(x3 - x0) * 0.5);
  return run(x0, ay + drop, x0 + bend, ay + drop, x3 - bend, by + drop, x3, by + drop, tip, by + drop, side);
}

/** The run of an edge of a grouped picture: straight from shape to shape. */
export function straightRun(ax: number, ay: number, bx: number, by: number, arrow: number): EdgeRun {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const dx = (bx - ax) / length;
  const dy = (by - ay) / length;
  const reach = Math.min(NODE_RADIUS + GAP, length / 2);
  const x0 = ax + dx * reach;
  const y0 = ay + dy * reach;
  const tipX = bx - dx * reach;
  const tipY = by - dy * reach;
  const x3 = tipX - dx * arrow;
  const y3 = tipY - dy * arrow;
  return { curve: straightLine(x0, y0, x3, y3), tipX, tipY, tipDx: dx, tipDy: dy };
}

export function straightLine(x0: number, y0: number, x3: number, y3: number): Curve {
  return { x0, y0, x1: x0, y1: y0, x2: x3, y2: y3, x3, y3, isStraight: true };
}

/** How wide an edge of so many connections is: it grows by as much with each factor of ten. Steps of a quarter. */
export function edgeWidth(weight: number): number {
  return Math.round((0.9 + 0.9 * Math.log10(Math.max(1, weight))) * 4) / 4;
}

function run(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  x3: number,
  y3: number,
  tipX: number,
  tipY: number,
  tipDx: number,
): EdgeRun {
  return { curve: { x0, y0, x1, y1, x2, y2, x3, y3 }, tipX, tipY, tipDx, tipDy: 0 };
}
