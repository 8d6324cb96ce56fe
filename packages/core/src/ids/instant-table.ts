import type { Millis } from './instant.ts';

/** Instants numbered from 0 in order of arrival, found by open addressing: probes stamp each value on its own. */
export class InstantTable {
  #millis = new Float64Array(256);
  #nanos = new Int32Array(256);
  #slots = new Int32Array(512).fill(-1);
  #size = 0;
  #last = -1;

  get size(): number {
    return this.#size;
  }

  /** @param nanos - within the millisecond, 0..999,999 */
  intern(millis: Millis, nanos: number): number {
    const last = this.#last;
    if (last >= 0 && this.#millis[last] === millis && this.#nanos[last] === nanos) return last;
    const mask = this.#slots.length - 1;
    let slot = hashInstant(millis, nanos) & mask;
    for (;;) {
      const n = this.#slots[slot] as number;
      if (n < 0) break;
      if (this.#millis[n] === millis && this.#nanos[n] === nanos) {
        this.#last = n;
        return n;
      }
      slot = (slot + 1) & mask;
    }
    const n = this.#size++;
    this.#slots[slot] = n;
    if (n === this.#millis.length) this.#growColumns();
    this.#millis[n] = millis;
    this.#nanos[n] = nanos;
    if (this.#size * 2 > this.#slots.length) this.#growSlots();
    this.#last = n;
    return n;
  }

  millis(n: number): Millis {
    return this.#millis[n] as number;
  }

  nanos(n: number): number {
    return this.#nanos[n] as number;
  }

  #growColumns(): void {
    const millis = new Float64Array(this.#size * 2);
    const nanos = new Int32Array(this.#size * 2);
    millis.set(this.#millis);
    nanos.set(this.#nanos);
    this.#millis = millis;
    this.#nanos = nanos;
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let n = 0; n < this.#size; n++) {
      let slot = hashInstant(this.#millis[n] as number, this.#nanos[n] as number) & mask;
      while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = n;
    }
  }
}

/** Times of one report differ in their low digits. */
function hashInstant(millis: Millis, nanos: number): number {
  const seconds = Math.floor(millis / 2 ** 20);
  let hash = Math.imul((millis - seconds * 2 ** 20) ^ Math.imul(nanos, 0x85ebca6b) ^ seconds, 0x9e3779b1);
  hash ^= hash >>> 15;
  return hash;
}
