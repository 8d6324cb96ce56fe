const EMPTY = -1;

/** A hash table from whole numbers ≥ 0 to whole numbers ≥ 0, by open addressing. */
export class IntTable {
  #keys: Int32Array;
  #values: Int32Array;
  #mask: number;
  #size = 0;

  /** @param capacity - how many entries it takes before it has to grow */
  constructor(capacity: number) {
    let slots = 8;
    while (slots < capacity * 2) slots *= 2;
    this.#keys = new Int32Array(slots).fill(EMPTY);
    this.#values = new Int32Array(slots);
    this.#mask = slots - 1;
  }

  /** The value of a key, or -1; a key below 0 is never there. */
  get(key: number): number {
    let slot = hashInt(key) & this.#mask;
    for (;;) {
      const found = this.#keys[slot] as number;
      if (found === EMPTY) return EMPTY;
      if (found === key) return this.#values[slot] as number;
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
        this.#insert(slot, key, value);
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
      if (found === key) {
        this.#values[slot] = value;
        return;
      }
      if (found === EMPTY) {
        this.#insert(slot, key, value);
        return;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  #insert(slot: number, key: number, value: number): void {
    this.#keys[slot] = key;
    this.#values[slot] = value;
    this.#size++;
    if (this.#size * 2 > this.#keys.length) this.#grow();
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#keys = new Int32Array(keys.length * 2).fill(EMPTY);
    this.#values = new Int32Array(keys.length * 2);
    this.#mask = this.#keys.length - 1;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number;
      if (key === EMPTY) continue;
      let slot = hashInt(key) & this.#mask;
      while (this.#keys[slot] !== EMPTY) slot = (slot + 1) & this.#mask;
      this.#keys[slot] = key;
      this.#values[slot] = values[i] as number;
    }
  }
}

/** Multiplicative hashing (Knuth, TAOCP 6.4): symbols are dense, so the low bits alone would cluster. */
export function hashInt(key: number): number {
  const h = Math.imul(key, 0x9e3779b1);
  return h ^ (h >>> 15);
}
