import { boxSize, type GridSize, gridFor, gridOf } from './box-grid.ts';
import { BOX_GAP } from './fresh-grouped.ts';
import type { Box } from './layout.ts';
import { findHole } from './occupancy.ts';

/** A box that grows keeps at least this distance from others. */
const CLOSEST = 12;

/** What the boxes must hold. */
export interface BoxNeeds {
  /** Of groups, ascending. */
  readonly keys: readonly string[];
  /** How many cells a box there needs: more where pins lie on some. */
  cellsIn(key: string, box: Box | undefined): number;
  readonly head: number;
  readonly aspect: number;
}

/**
 * The boxes of all groups. Those with room enough stay as they are. One that is too small grows to the right or down
 * where nothing is in its way, else it is moved to where there is room; new boxes go where there is room, and those of
 * groups that return where they were.
 *
 * @param emptied - the boxes of groups that were gone before
 */
export function growBoxes(
  known: ReadonlyMap<string, Box>,
  emptied: ReadonlyMap<string, Box>,
  needs: BoxNeeds,
): Map<string, Box> {
  const { keys, head } = needs;
  const boxes = new Map<string, Box>();
  for (const key of keys) {
    const box = known.get(key);
    if (box !== undefined) boxes.set(key, box);
  }
  for (const key of keys) {
    const box = boxes.has(key) ? undefined : emptied.get(key);
    if (box !== undefined && isClear(box, key, boxes)) boxes.set(key, box);
  }
  const homeless: string[] = [];
  for (const key of keys) {
    const box = boxes.get(key);
    const cells = needs.cellsIn(key, box);
    if (box === undefined) homeless.push(key);
    else if (cellsOf(gridOf(box, head)) < cells) {
      const grown = growInPlace(
        box,
        cells,
        head,
        (candidate) =>
          isClear(candidate, key, boxes) && cellsOf(gridOf(candidate, head)) >= needs.cellsIn(key, candidate),
      );
      if (grown !== undefined) boxes.set(key, grown);
      else {
        boxes.delete(key);
        homeless.push(key);
      }
    }
  }
  for (const key of homeless) boxes.set(key, houseBox(key, boxes, needs));
  return new Map([...boxes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A box where there is room. Pins may lie there, too: then it is made larger until all find a cell. */
function houseBox(key: string, boxes: ReadonlyMap<string, Box>, needs: BoxNeeds): Box {
  const { head, aspect } = needs;
  const taken = [...boxes.values()].map((box) => widen(box, BOX_GAP));
  const bounds = boundsOf(boxes.values());
  for (let cells = needs.cellsIn(key, undefined); ; ) {
    const size = boxSize(gridFor(cells), head);
    const { x, y } = findHole(size, taken, bounds, aspect);
    const box = { x: Math.round(x), y: Math.round(y), ...size };
    const needed = needs.cellsIn(key, box);
    if (cellsOf(gridOf(box, head)) >= needed) return box;
    cells = Math.max(cells + 1, needed);
  }
}

function cellsOf({ columns, rows }: GridSize): number {
  return columns * rows;
}

function growInPlace(box: Box, cells: number, head: number, fits: (box: Box) => boolean): Box | undefined {
  const { columns, rows } = gridOf(box, head);
  const wanted = cells + 2 + Math.ceil(cells * 0.1);
  const grids: GridSize[] = [
    { columns: Math.ceil(wanted / rows), rows },
    { columns, rows: Math.ceil(wanted / columns) },
    { columns: Math.ceil(cells / rows), rows },
    { columns, rows: Math.ceil(cells / columns) },
  ];
  for (const grid of grids) {
    const { width, height } = boxSize(grid, head);
    const grown = {
      x: box.x,
      y: box.y,
      width: Math.max(box.width, width),
      height: Math.max(box.height, height),
    };
    if (fits(grown)) return grown;
  }
  return undefined;
}

function isClear(box: Box, key: string, boxes: ReadonlyMap<string, Box>): boolean {
  const { x, y, width, height } = widen(box, CLOSEST);
  for (const [other, at] of boxes) {
    if (other === key) continue;
    if (at.x < x + width && at.x + at.width > x && at.y < y + height && at.y + at.height > y) return false;
  }
  return true;
}

function widen({ x, y, width, height }: Box, margin: number): Box {
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

/** The rectangle that holds all others; at the origin without any. */
export function boundsOf(boxes: Iterable<Box>): Box {
  let x0 = Number.POSITIVE_INFINITY;
  let y0 = Number.POSITIVE_INFINITY;
  let x1 = Number.NEGATIVE_INFINITY;
  let y1 = Number.NEGATIVE_INFINITY;
  for (const { x, y, width, height } of boxes) {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x + width);
    y1 = Math.max(y1, y + height);
  }
  return x0 > x1 ? { x: 0, y: 0, width: 0, height: 0 } : { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}
