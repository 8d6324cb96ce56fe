/**
 * Numbers pairs of unsigned 32-bit integers densely, in the order of their first coming: 0, 1, 2, …
 *
 * Open addressing over typed arrays: a scan of 10,000 sockets looks up some 60,000 pairs, and a `Map` of joined strings
 * would cost more than reading the sockets did.
 */
export class PairIndex {
  private high: Uint32Array;
  private low: Uint32Array;
  private slots: Int32Array;
  private count = 0;

  /** @param expected - how many pairs are likely; more are fine */
  constructor(expected = 64) {
    let capacity = 64;
    while (capacity < expected) capacity *= 2;
    this.high = new Uint32Array(capacity);
    this.low = new Uint32Array(capacity);
    this.slots = new Int32Array(capacity * 2).fill(-1);
  }

  /** How many pairs there are. */
  get size(): number {
    return this.count;
  }

  /** The pair's number, or -1. */
  find(high: number, low: number): number {
    return this.slots[this.slotOf(high, low)] as number;
  }

  /** The pair's number; a new pair gets the next one, which is `size` before the call. */
  intern(high: number, low: number): number {
    const slot = this.slotOf(high, low);
    const found = this.slots[slot] as number;
    if (found >= 0) return found;
    const number = this.count++;
    this.high[number] = high;
    this.low[number] = low;
    this.slots[slot] = number;
    if (this.count === this.high.length) this.grow();
    return number;
  }

  highOf(number: number): number {
    return this.high[number] as number;
  }

  lowOf(number: number): number {
    return this.low[number] as number;
  }

  /** The slot that holds the pair, or the free one where it belongs. */
  private slotOf(high: number, low: number): number {
    const mask = this.slots.length - 1;
    let slot = hashPair(high, low) & mask;
    for (;;) {
      const number = this.slots[slot] as number;
      if (number < 0 || (this.high[number] === high >>> 0 && this.low[number] === low >>> 0)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const high = new Uint32Array(this.high.length * 2);
    high.set(this.high);
    const low = new Uint32Array(this.low.length * 2);
    low.set(this.low);
    this.high = high;
    this.low = low;
    const slots = new Int32Array(high.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let number = 0; number < this.count; number++) {
      let slot = hashPair(high[number] as number, low[number] as number) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.slots = slots;
  }
}

function hashPair(high: number, low: number): number {
  let hash = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 12);
}
