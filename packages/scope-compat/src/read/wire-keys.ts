/** A few known keys, found by their bytes without making texts of them. */
export class WireKeys {
  readonly #names: readonly Uint8Array[];
  /** By length and first byte, the number of the first key so and, in {@link #next}, of the others. */
  readonly #first = new Int8Array(64 * 256).fill(-1);
  readonly #next: Int8Array;

  constructor(names: readonly string[]) {
    const encoder = new TextEncoder();
    this.#names = names.map((name) => encoder.encode(name));
    this.#next = new Int8Array(names.length).fill(-1);
    this.#names.forEach((name, index) => {
      const slot = name.length * 256 + (name[0] as number);
      this.#next[index] = this.#first[slot] as number;
      this.#first[slot] = index;
    });
  }

  /** The number of the key in `bytes[start, end)`, in the order given, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length === 0 || length > 63) return -1;
    let index = this.#first[length * 256 + (bytes[start] as number)] as number;
    while (index >= 0) {
      const name = this.#names[index] as Uint8Array;
      let i = 1;
      while (i < length && name[i] === bytes[start + i]) i++;
      if (i === length) return index;
      index = this.#next[index] as number;
    }
    return -1;
  }
}
