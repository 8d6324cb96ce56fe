import { fractionMillis, type Millis } from './instant.ts';

/** A dense whole number that stands for one text in one {@link SymbolTable}; {@link NONE} for no text. */
export type Sym = number;

/** A dense whole number that stands for one instant in one {@link SymbolTable}. */
export type InstantSym = number;

/** Stands for an absent symbol in columns. */
export const NONE = -1;

// A byte order mark is part of the text: without it, two byte sequences would share one text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Interns texts and instants: equal ones get the same dense whole number.
 *
 * Numbers are meaningful in this table only and never leave the process. A table only grows; the engine
 * replaces it by a new one when most of it is dead (see `reintern`).
 */
export class SymbolTable {
  readonly #symbols = new Map<string, Sym>();
  readonly #texts: string[] = [];
  /** Open addressing by the hash of the UTF-8 bytes: finds a text without decoding it. */
  #slots = new Int32Array(1024).fill(NONE);
  /** The hash of the bytes in each slot. Malformed bytes decode to the text of others, so a symbol may have several. */
  #hashes = new Int32Array(1024);
  #slotsUsed = 0;
  readonly #wholeInstants = new Map<Millis, InstantSym>();
  readonly #fineInstants = new Map<string, InstantSym>();
  readonly #millis: number[] = [];
  readonly #nanos: number[] = [];
  #lastInstant: InstantSym = NONE;

  /** How many texts the table holds; symbols are `0 .. size - 1`. */
  get size(): number {
    return this.#texts.length;
  }

  /** How many instants the table holds. */
  get instants(): number {
    return this.#millis.length;
  }

  /** The symbol of a text, made when it is new. */
  intern(text: string): Sym {
    const known = this.#symbols.get(text);
    if (known !== undefined) return known;
    const symbol = this.#texts.length;
    this.#symbols.set(text, symbol);
    this.#texts.push(text);
    return symbol;
  }

  /** The symbol of a text, or {@link NONE} when the table does not hold it. */
  find(text: string): Sym {
    return this.#symbols.get(text) ?? NONE;
  }

  /** The text of a symbol. */
  text(symbol: Sym): string {
    return this.#texts[symbol] as string;
  }

  /** Compares the texts of two symbols by UTF-16 code units: negative, zero or positive. */
  compare(a: Sym, b: Sym): number {
    if (a === b) return 0;
    const x = this.#texts[a] as string;
    const y = this.#texts[b] as string;
    return x < y ? -1 : x > y ? 1 : 0;
  }

  /**
   * The symbol of a UTF-8 text in `bytes[start, end)`.
   *
   * A text seen before is found by its bytes and not decoded: readers of /proc and of wire formats meet the
   * same few texts again and again.
   */
  internUtf8(bytes: Uint8Array, start: number, end: number): Sym {
    let hash = (end - start) | 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
    hash ^= hash >>> 15;
    let slot = this.#slotOf(hash);
    const mask = this.#slots.length - 1;
    for (let symbol = this.#slots[slot] as number; symbol !== NONE; ) {
      if (this.#hashes[slot] === hash && sameText(this.#texts[symbol] as string, bytes, start, end)) {
        return symbol;
      }
      slot = (slot + 1) & mask;
      symbol = this.#slots[slot] as number;
    }
    const symbol = this.intern(decodeUtf8(bytes, start, end));
    if (this.#slotsUsed * 2 >= this.#slots.length) this.#growSlots();
    this.#occupy(hash, symbol);
    this.#slotsUsed++;
    return symbol;
  }

  /**
   * The symbol of an instant.
   *
   * @param millis - milliseconds since 1970, whole
   * @param nanos - nanoseconds within that millisecond, 0..999,999
   */
  instant(millis: Millis, nanos = 0): InstantSym {
    const last = this.#lastInstant;
    if (last !== NONE && this.#millis[last] === millis && this.#nanos[last] === nanos) return last;
    const fine = nanos === 0 ? '' : `${millis}.${nanos}`;
    let symbol = nanos === 0 ? this.#wholeInstants.get(millis) : this.#fineInstants.get(fine);
    if (symbol === undefined) {
      symbol = this.#millis.length;
      this.#millis.push(millis);
      this.#nanos.push(nanos);
      if (nanos === 0) this.#wholeInstants.set(millis, symbol);
      else this.#fineInstants.set(fine, symbol);
    }
    this.#lastInstant = symbol;
    return symbol;
  }

  /** The symbol of an instant in milliseconds, with their fraction. */
  instantOf(time: Millis): InstantSym {
    const millis = Math.floor(time);
    const nanos = Math.round((time - millis) * 1e6);
    // Rounding may reach the next millisecond.
    return nanos < 1e6 ? this.instant(millis, nanos) : this.instant(millis + 1);
  }

  /** The whole milliseconds of an instant. */
  millisOf(instant: InstantSym): Millis {
    return this.#millis[instant] as number;
  }

  /** The nanoseconds of an instant within its millisecond. */
  nanosOf(instant: InstantSym): number {
    return this.#nanos[instant] as number;
  }

  /** The milliseconds of an instant with their fraction, as exactly as a number can. */
  timeOf(instant: InstantSym): Millis {
    return fractionMillis(this.#millis[instant] as number, this.#nanos[instant] as number);
  }

  /** Compares two instants: negative, zero or positive. */
  compareInstants(a: InstantSym, b: InstantSym): number {
    if (a === b) return 0;
    const millis = (this.#millis[a] as number) - (this.#millis[b] as number);
    return millis !== 0 ? millis : (this.#nanos[a] as number) - (this.#nanos[b] as number);
  }

  #slotOf(hash: number): number {
    return (hash ^ (hash >>> 7)) & (this.#slots.length - 1);
  }

  #occupy(hash: number, symbol: Sym): void {
    const mask = this.#slots.length - 1;
    let slot = this.#slotOf(hash);
    while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
    this.#slots[slot] = symbol;
    this.#hashes[slot] = hash;
  }

  #growSlots(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Int32Array(slots.length * 2).fill(NONE);
    this.#hashes = new Int32Array(slots.length * 2);
    for (let slot = 0; slot < slots.length; slot++) {
      if (slots[slot] !== NONE) this.#occupy(hashes[slot] as number, slots[slot] as number);
    }
  }
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** Whether `bytes[start, end)` is the ASCII text; any byte above 127 is decoded first. */
function sameText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (text.length === length) {
    let i = 0;
    while (i < length && text.charCodeAt(i) === bytes[start + i] && (bytes[start + i] as number) < 128) i++;
    if (i === length) return true;
    if ((bytes[start + i] as number) < 128 && text.charCodeAt(i) < 128) return false;
  }
  return decodeUtf8(bytes, start, end) === text;
}
