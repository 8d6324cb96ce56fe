import type { Box, Footprint, Point } from './layout.ts';

/** A hole of a given size between the nodes that are there. */
export interface Hole extends Point {
  /** How much the picture grows by taking it. */
  readonly cost: number;
}

/** Who lies where: a grid of cells as large as a footprint, so that neighbours are in the cells around. */
export class Occupancy {
  readonly #cells = new Map<number, number[]>();
  readonly #width: number;
  readonly #height: number;
  readonly #x: Float64Array;
  readonly #y: Float64Array;

  /** @param x - by vertex; what they hold of a vertex must not change while it is in here, but by {@link move} */
  constructor(footprint: Footprint, x: Float64Array, y: Float64Array) {
    this.#width = footprint.left + footprint.right;
    this.#height = footprint.top + footprint.bottom;
    this.#x = x;
    this.#y = y;
  }

  add(v: number): void {
    const key = this.#keyAt(this.#x[v] as number, this.#y[v] as number);
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, [v]);
    else cell.push(v);
  }

  remove(v: number): void {
    const cell = this.#cells.get(this.#keyAt(this.#x[v] as number, this.#y[v] as number));
    const at = cell?.indexOf(v) ?? -1;
    if (at >= 0) cell?.splice(at, 1);
  }

  move(v: number, y: number): void {
    this.remove(v);
    this.#y[v] = y;
    this.add(v);
  }

  /** Who overlaps with a node whose middle is there. */
  overlapping(x: number, y: number): number[] {
    const column = Math.floor(x / this.#width);
    const row = Math.floor(y / this.#height);
    const found: number[] = [];
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const v of this.#cells.get(cellKey(c, r)) ?? []) {
          const apart =
            Math.abs((this.#x[v] as number) - x) >= this.#width ||
            Math.abs((this.#y[v] as number) - y) >= this.#height;
          if (!apart) found.push(v);
        }
      }
    }
    return found;
  }

  isFree(x: number, y: number): boolean {
    return this.overlapping(x, y).length === 0;
  }

  #keyAt(x: number, y: number): number {
    return cellKey(Math.floor(x / this.#width), Math.floor(y / this.#height));
  }
}

/** Two far cells may share a key: who is asked for an overlap looks at the coordinates anyway. */
function cellKey(column: number, row: number): number {
  return column * 1_000_003 + row;
}

/**
 * The place for a rectangle between others with which the picture grows least; of equal ones the topmost, then the
 * leftmost.
 *
 * @param taken - rectangles, each with the margin it wants around it
 * @param bounds - of the picture so far
 */
export function findHole(
  size: { readonly width: number; readonly height: number },
  taken: readonly Box[],
  bounds: Box,
  aspect: number,
): Hole {
  const right = bounds.x + bounds.width;
  const bottom = bounds.y + bounds.height;
  const starts = new Set<number>([bounds.x, right]);
  const step = Math.max(40, bounds.width / 24);
  for (let x = bounds.x + step; x + size.width <= right; x += step) starts.add(Math.round(x));
  let best: Hole | undefined;
  for (const x of starts) {
    const y = firstGap(x, size, taken, bounds.y);
    const width = Math.max(right, x + size.width) - bounds.x;
    const height = Math.max(bottom, y + size.height) - bounds.y;
    const cost = Math.max(width / aspect, height);
    const isBetter =
      best === undefined ||
      cost < best.cost ||
      (cost === best.cost && (y < best.y || (y === best.y && x < best.x)));
    if (isBetter) best = { x, y, cost };
  }
  return best as Hole;
}

function firstGap(
  x: number,
  { width, height }: { readonly width: number; readonly height: number },
  taken: readonly Box[],
  top: number,
): number {
  const beside = taken
    .filter((box) => box.x < x + width && box.x + box.width > x)
    .sort((a, b) => a.y - b.y || a.height - b.height);
  let y = top;
  for (const box of beside) {
    if (box.y >= y + height) break;
    y = Math.max(y, box.y + box.height);
  }
  return y;
}
