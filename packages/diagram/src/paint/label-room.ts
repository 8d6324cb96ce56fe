import type { Box } from '../layout/layout.ts';

/** Rectangles that are taken on the picture, in a grid of cells: finds in constant time whether another one still fits. */
export class LabelRoom {
  readonly #cells = new Map<number, Box[]>();
  readonly #cell: number;

  /** @param cell - the grid's step: about the size of what is put in */
  constructor(cell: number) {
    this.#cell = cell;
  }

  /** Takes a rectangle if it is free. */
  take(box: Box): boolean {
    if (this.isTaken(box)) return false;
    this.mark(box);
    return true;
  }

  /** Takes a rectangle whatever else is there. */
  mark(box: Box): void {
    this.#eachCell(box, (key) => {
      const list = this.#cells.get(key);
      if (list === undefined) this.#cells.set(key, [box]);
      else list.push(box);
      return false;
    });
  }

  isTaken(box: Box): boolean {
    return this.#eachCell(box, (key) => (this.#cells.get(key) ?? []).some((other) => overlap(other, box)));
  }

  /** Goes through the cells of a rectangle until one says yes. */
  #eachCell(box: Box, visit: (key: number) => boolean): boolean {
    const right = Math.floor((box.x + box.width) / this.#cell);
    const bottom = Math.floor((box.y + box.height) / this.#cell);
    for (let column = Math.floor(box.x / this.#cell); column <= right; column++) {
      for (let row = Math.floor(box.y / this.#cell); row <= bottom; row++) {
        if (visit(column * 0x100000 + row)) return true;
      }
    }
    return false;
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
