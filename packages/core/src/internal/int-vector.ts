/** A growing list of 32-bit whole numbers. */
export class IntVector {
  #items: Int32Array;
  #length = 0;

  constructor(capacity = 16) {
    this.#items = new Int32Array(Math.max(4, capacity));
  }

  get length(): number {
    return this.#length;
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const items = new Int32Array(this.#items.length * 2);
      items.set(this.#items);
      this.#items = items;
    }
    this.#items[this.#length++] = item;
  }

  at(index: number): number {
    return this.#items[index] as number;
  }

  /** Replaces an item that is there. */
  set(index: number, item: number): void {
    this.#items[index] = item;
  }

  /** The items as they are now; the view is stale after the next push. */
  view(): Int32Array {
    return this.#items.subarray(0, this.#length);
  }

  /** A copy of the items. */
  toArray(): Int32Array {
    return this.#items.slice(0, this.#length);
  }
}

/** A growing list of 64-bit floating point numbers. */
export class FloatVector {
  #items: Float64Array;
  #length = 0;

  constructor(capacity = 16) {
    this.#items = new Float64Array(Math.max(4, capacity));
  }

  get length(): number {
    return this.#length;
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const items = new Float64Array(this.#items.length * 2);
      items.set(this.#items);
      this.#items = items;
    }
    this.#items[this.#length++] = item;
  }

  at(index: number): number {
    return this.#items[index] as number;
  }

  /** Replaces an item that is there. */
  set(index: number, item: number): void {
    this.#items[index] = item;
  }

  /** The items as they are now; the view is stale after the next push. */
  view(): Float64Array {
    return this.#items.subarray(0, this.#length);
  }
}
