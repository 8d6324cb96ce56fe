const EMPTY = -1;

/** A hash table from whole numbers ≥ 0 to whole numbers ≥ 0, made for a known number of entries. */
export class IntTable {
  readonly #keys: Int32Array;
  readonly #values: Int32Array;
  readonly #mask: number;

  /** @param capacity - the greatest number of entries */
  constructor(capacity: number) {
    let slots = 8;
    while (slots < capacity * 2) slots *= 2;
    this.#keys = new Int32Array(slots).fill(EMPTY);
    this.#values = new Int32Array(slots);
    this.#mask = slots - 1;
  }

  /** The value of a key, or -1. */
  get(key: number): number {
    let slot = hashInt(key) & this.#mask;
    for (;;) {
      const found = this.#keys[slot] as number;
      if (found === key) return this.#values[slot] as number;
      if (found === EMPTY) return EMPTY;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** The value of a key; an absent key gets `value` first. */
  getOrSet(key: number, value: number): number {
    let slot = hashInt(key) & this.#mask;
    for (;;) {
      const found = this.#keys[slot] as number;
      if (found === key) return this.#values[slot] as number;
      if (found === EMPTY) {
        this.#keys[slot] = key;
        this.#values[slot] = value;
        return value;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Sets the value of a key. */
  set(key: number, value: number): void {
    let slot = hashInt(key) & this.#mask;
    for (;;) {
      const found = this.#keys[slot] as number;
      if (found === key || found === EMPTY) {
        this.#keys[slot] = key;
        this.#values[slot] = value;
        return;
      }
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** Multiplicative hashing (Knuth, TAOCP 6.4): symbols are dense, so the low bits alone would cluster. */
function hashInt(key: number): number {
  const h = Math.imul(key, 0x9e3779b1);
  return h ^ (h >>> 15);
}
