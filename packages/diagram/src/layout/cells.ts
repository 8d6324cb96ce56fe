import { cellAt, cellPoint, type GridSize, gridOf } from './box-grid.ts';
import { type Box, GROUPED_FOOTPRINT, type Point } from './layout.ts';

/** Who is in which cell of a box. */
export class Cells {
  readonly #box: Box;
  readonly #head: number;
  readonly #grid: GridSize;
  /** By cell: the vertex in it; {@link FREE}, {@link BLOCKED}. */
  readonly #taken: Int32Array;
  #next = 0;

  /** @param pins - whose nodes lie on some of the cells */
  constructor(box: Box, head: number, pins: Iterable<Point>) {
    this.#box = box;
    this.#head = head;
    this.#grid = gridOf(box, head);
    this.#taken = new Int32Array(this.#grid.columns * this.#grid.rows).fill(FREE);
    for (const pin of pins) {
      for (const cell of cellsUnder(box, this.#grid, head, pin)) this.#taken[cell] = BLOCKED;
    }
  }

  /** Takes the cell whose middle is at a point, if there is one and it is free. */
  takeAt(v: number, point: Point): boolean {
    const cell = cellAt(this.#box, this.#grid, this.#head, point);
    if (cell === undefined || this.#taken[cell] !== FREE) return false;
    const { x, y } = cellPoint(this.#box, this.#grid, this.#head, cell);
    if (x !== point.x || y !== point.y) return false;
    this.#taken[cell] = v;
    return true;
  }

  /** Takes the first free cell. @throws when the box is full */
  takeNext(v: number): void {
    while (this.#taken[this.#next] !== FREE) {
      if (this.#next >= this.#taken.length) throw new Error('the box has no free cell');
      this.#next++;
    }
    this.#taken[this.#next] = v;
  }

  /** Tells where everybody is. */
  write(x: Float64Array, y: Float64Array): void {
    this.#taken.forEach((v, cell) => {
      if (v < 0) return;
      const point = cellPoint(this.#box, this.#grid, this.#head, cell);
      x[v] = point.x;
      y[v] = point.y;
    });
  }
}

const FREE = -1;
const BLOCKED = -2;

/** How many cells of a box pins lie on. */
export function blockedCells(box: Box, head: number, pins: Iterable<Point>): number {
  const grid = gridOf(box, head);
  const blocked = new Set<number>();
  for (const pin of pins) for (const cell of cellsUnder(box, grid, head, pin)) blocked.add(cell);
  return blocked.size;
}

/** The cells on which a node lies whose middle is somewhere. */
function cellsUnder(box: Box, grid: GridSize, head: number, { x, y }: Point): number[] {
  const { left, right, top, bottom } = GROUPED_FOOTPRINT;
  const width = left + right;
  const height = top + bottom;
  const cells: number[] = [];
  if (x < box.x - width || x > box.x + box.width + width) return cells;
  if (y < box.y - height || y > box.y + box.height + height) return cells;
  for (let cell = 0; cell < grid.columns * grid.rows; cell++) {
    const middle = cellPoint(box, grid, head, cell);
    if (Math.abs(middle.x - x) < width && Math.abs(middle.y - y) < height) cells.push(cell);
  }
  return cells;
}
