import { hashInt } from './int-table.ts';

const FREE = -1;

/**
 * Finds the row of an id in a column of unique ids. The keys stay in the column: only rows are stored, in a third of
 * what a table of keys and values takes.
 */
export class RowIndex {
  readonly #ids: Int32Array;
  /** Open addressing; at most two thirds are taken. */
  readonly #slots: Int32Array;

  constructor(ids: Int32Array) {
    let slots = 8;
    while (slots * 2 < ids.length * 3) slots *= 2;
    this.#ids = ids;
    this.#slots = new Int32Array(slots).fill(FREE);
    const mask = slots - 1;
    for (let row = 0; row < ids.length; row++) {
      let slot = hashInt(ids[row] as number) & mask;
      while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask;
      this.#slots[slot] = row;
    }
  }

  /** The row of an id, or -1. */
  get(id: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashInt(id) & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] as number;
      if (row === FREE || this.#ids[row] === id) return row;
    }
  }
}
