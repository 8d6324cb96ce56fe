/**
 * Texts by their UTF-8 bytes, numbered from 0 in order of arrival.
 *
 * The bytes of all texts lie end to end in one array; a hash table finds a text by them. So a reader of a wire format
 * pays for no string: most ids of endpoints are never looked at as text. A text that comes as a string is found by the
 * same bytes, and the string is not kept: a map of 100,000 ids would weigh as much as all their columns.
 */
export class TextTable {
  /** The bytes of text n are `bytes[starts[n] .. starts[n + 1])`. */
  #bytes = new Uint8Array(4096);
  #starts = new Int32Array(513);
  #size = 0;
  /** Made when first asked for. */
  readonly #texts: (string | undefined)[] = [];
  /** Texts that are not ASCII alone, by their string: to encode one costs more than to look it up. */
  readonly #byText = new Map<string, number>();
  /** Open addressing by hash; -1 for a free slot. */
  #slots = new Int32Array(1024).fill(-1);
  /** The hash of the text in each slot. */
  #hashes = new Int32Array(1024);

  get size(): number {
    return this.#size;
  }

  text(n: number): string {
    const known = this.#texts[n];
    if (known !== undefined) return known;
    const text = decoder.decode(
      this.#bytes.subarray(this.#starts[n] as number, this.#starts[n + 1] as number),
    );
    this.#texts[n] = text;
    return text;
  }

  /** The number of a text, or -1. */
  find(text: string): number {
    const hash = hashAscii(text);
    if (hash !== undefined) return this.#slots[this.#probeText(text, hash)] as number;
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const bytes = encodeWhole(text);
    if (bytes === undefined) return -1;
    const n = this.#slots[this.#probe(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length))] as number;
    if (n >= 0) this.#byText.set(text, n);
    return n;
  }

  /** The number of a text, made when it is new. */
  intern(text: string): number {
    const hash = hashAscii(text);
    if (hash === undefined) return this.#internUnicode(text);
    const known = this.#slots[this.#probeText(text, hash)] as number;
    if (known >= 0) return known;
    this.#insert(hash);
    const n = this.#appendRoom(text.length);
    const at = this.#starts[n] as number;
    for (let i = 0; i < text.length; i++) this.#bytes[at + i] = text.charCodeAt(i);
    return n;
  }

  #internUnicode(text: string): number {
    const known = this.find(text);
    if (known >= 0) return known;
    // Half a surrogate pair has no bytes of its own: such a text is found by its string alone.
    const bytes = encodeWhole(text);
    if (bytes !== undefined) this.#insert(hashBytes(bytes, 0, bytes.length));
    const n = this.#append(bytes ?? NO_BYTES, 0, bytes?.length ?? 0);
    this.#texts[n] = text;
    this.#byText.set(text, n);
    return n;
  }

  /** The number of the text in `bytes[start, end)`, made when it is new. */
  internUtf8(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const n = this.#slots[this.#probe(bytes, start, end, hash)] as number;
    if (n >= 0) return n;
    // Malformed bytes read as the text of others, so all but plain ASCII goes by its string.
    if (!isAscii(bytes, start, end)) return this.intern(decoder.decode(bytes.subarray(start, end)));
    this.#insert(hash);
    return this.#append(bytes, start, end);
  }

  /**
   * The number of a text's beginning, up to and with its `count`th `mark`, made when it is new; -1 when it has fewer.
   *
   * @param mark - the code of an ASCII character
   */
  internHead(n: number, mark: number, count: number): number {
    const start = this.#starts[n] as number;
    const end = this.#starts[n + 1] as number;
    // A text with half a surrogate pair has no bytes.
    if (start === end) return this.#internHeadOf(this.text(n), mark, count);
    let left = count;
    for (let i = start; i < end; i++) {
      if (this.#bytes[i] === mark && --left === 0) return this.internUtf8(this.#bytes, start, i + 1);
    }
    return -1;
  }

  #internHeadOf(text: string, mark: number, count: number): number {
    let left = count;
    for (let i = 0; i < text.length; i++) {
      if (text.charCodeAt(i) === mark && --left === 0) return this.intern(text.slice(0, i + 1));
    }
    return -1;
  }

  /** The slot of the text with these bytes, or the free one where it would be. */
  #probe(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    const length = end - start;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const n = this.#slots[slot] as number;
      if (n < 0) return slot;
      if (this.#hashes[slot] !== hash) continue;
      const from = this.#starts[n] as number;
      if ((this.#starts[n + 1] as number) - from !== length) continue;
      const mine = this.#bytes;
      let i = 0;
      while (i < length && mine[from + i] === bytes[start + i]) i++;
      if (i === length) return slot;
    }
  }

  /** As {@link #probe}, for a text of ASCII alone. */
  #probeText(text: string, hash: number): number {
    const mask = this.#slots.length - 1;
    const { length } = text;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const n = this.#slots[slot] as number;
      if (n < 0) return slot;
      if (this.#hashes[slot] !== hash) continue;
      const from = this.#starts[n] as number;
      if ((this.#starts[n + 1] as number) - from !== length) continue;
      let i = 0;
      while (i < length && this.#bytes[from + i] === text.charCodeAt(i)) i++;
      if (i === length) return slot;
    }
  }

  /** Takes the slot for the text that is appended next. */
  #insert(hash: number): void {
    if (this.#size * 2 >= this.#slots.length) this.#growSlots();
    this.#occupy(hash, this.#size);
  }

  #occupy(hash: number, n: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = n;
    this.#hashes[slot] = hash;
  }

  #growSlots(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Int32Array(slots.length * 4).fill(-1);
    this.#hashes = new Int32Array(slots.length * 4);
    for (let slot = 0; slot < slots.length; slot++) {
      if ((slots[slot] as number) >= 0) this.#occupy(hashes[slot] as number, slots[slot] as number);
    }
  }

  #append(bytes: Uint8Array, start: number, end: number): number {
    const n = this.#appendRoom(end - start);
    const mine = this.#bytes;
    for (let i = this.#starts[n] as number, j = start; j < end; i++, j++) mine[i] = bytes[j] as number;
    return n;
  }

  /** A new text of some bytes that are still to be written. */
  #appendRoom(length: number): number {
    const n = this.#size++;
    const next = (this.#starts[n] as number) + length;
    if (next > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(next, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    if (n + 2 > this.#starts.length) {
      const grown = new Int32Array(this.#starts.length * 2);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#starts[n + 1] = next;
    this.#texts.push(undefined);
    return n;
  }
}

const NO_BYTES = new Uint8Array(0);
const encoder = new TextEncoder();
// A byte order mark is part of the text: without it, two byte sequences would share one text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes of a text; `undefined` when they do not say all of it: half a surrogate pair has none. */
function encodeWhole(text: string): Uint8Array | undefined {
  const bytes = encoder.encode(text);
  return bytes.length === text.length || decoder.decode(bytes) === text ? bytes : undefined;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let all = 0;
  for (let i = start; i < end; i++) all |= bytes[i] as number;
  return all < 0x80;
}

/** Four bytes a step: a multiplication waits for the one before it, loads do not. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = (end - start) | 0;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const word =
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    hash = Math.imul(hash ^ word, MULTIPLIER);
    hash ^= hash >>> 15;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), MULTIPLIER);
  return hash ^ (hash >>> 13);
}

/** As {@link hashBytes} of the text's bytes; `undefined` when it is not ASCII alone. */
function hashAscii(text: string): number | undefined {
  const { length } = text;
  let hash = length;
  let all = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    all |= a | b | c | d;
    hash = Math.imul(hash ^ (a | (b << 8) | (c << 16) | (d << 24)), MULTIPLIER);
    hash ^= hash >>> 15;
  }
  for (; i < length; i++) {
    const a = text.charCodeAt(i);
    all |= a;
    hash = Math.imul(hash ^ a, MULTIPLIER);
  }
  return all < 0x80 ? hash ^ (hash >>> 13) : undefined;
}

/** Odd, with its bits well mixed (Knuth, TAOCP 6.4). */
const MULTIPLIER = 0x9e3779b1;
