import { fractionMillis, type Millis } from './instant.ts';
import { InstantTable } from './instant-table.ts';
import { TextTable } from './text-table.ts';

/** A dense whole number that stands for one text in one {@link SymbolTable}; {@link NONE} for no text. */
export type Sym = number;

/** A dense whole number that stands for one instant in one {@link SymbolTable}. */
export type InstantSym = number;

/** Stands for an absent symbol in columns. */
export const NONE = -1;

/**
 * Interns texts and instants: equal ones get the same dense whole number.
 *
 * Numbers are meaningful in this table only and never leave the process. A table only grows; the engine
 * replaces it by a new one when most of it is dead (see `reintern`).
 */
export class SymbolTable {
  readonly #texts = new TextTable();
  readonly #instants = new InstantTable();

  /** How many texts the table holds; symbols are `0 .. size - 1`. */
  get size(): number {
    return this.#texts.size;
  }

  /** How many instants the table holds. */
  get instants(): number {
    return this.#instants.size;
  }

  /** The symbol of a text, made when it is new. */
  intern(text: string): Sym {
    // A plugin without types may give anything, and one wrong entry would spoil the table for all.
    if (typeof text !== 'string') throw new TypeError(`${String(text)} is no text`);
    return this.#texts.intern(text);
  }

  /** The symbol of a text, or {@link NONE} when the table does not hold it. */
  find(text: string): Sym {
    return this.#texts.find(text);
  }

  /** The text of a symbol. */
  text(symbol: Sym): string {
    return this.#texts.text(symbol);
  }

  /** Compares the texts of two symbols by UTF-16 code units: negative, zero or positive. */
  compare(a: Sym, b: Sym): number {
    if (a === b) return 0;
    const x = this.#texts.text(a);
    const y = this.#texts.text(b);
    return x < y ? -1 : x > y ? 1 : 0;
  }

  /**
   * The symbol of a UTF-8 text in `bytes[start, end)`.
   *
   * It is found by its bytes, and becomes a string when {@link text} first asks for it: readers of /proc and of wire
   * formats meet the same few texts again and again, and many that nobody will look at.
   */
  internUtf8(bytes: Uint8Array, start: number, end: number): Sym {
    return this.#texts.internUtf8(bytes, start, end);
  }

  /**
   * The symbol of a text's beginning, up to and with its `count`th `mark`; {@link NONE} when it has fewer.
   *
   * Found by bytes: grouping ids by their first parts makes no string of any id.
   *
   * @param mark - one ASCII character
   */
  internHead(symbol: Sym, mark: string, count: number): Sym {
    return this.#texts.internHead(symbol, mark.charCodeAt(0), count);
  }

  /**
   * The symbol of an instant.
   *
   * @param millis - milliseconds since 1970, whole
   * @param nanos - nanoseconds within that millisecond, 0..999,999
   */
  instant(millis: Millis, nanos = 0): InstantSym {
    return this.#instants.intern(millis, nanos);
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
    return this.#instants.millis(instant);
  }

  /** The nanoseconds of an instant within its millisecond. */
  nanosOf(instant: InstantSym): number {
    return this.#instants.nanos(instant);
  }

  /** The milliseconds of an instant with their fraction, as exactly as a number can. */
  timeOf(instant: InstantSym): Millis {
    return fractionMillis(this.#instants.millis(instant), this.#instants.nanos(instant));
  }

  /** Compares two instants: negative, zero or positive. */
  compareInstants(a: InstantSym, b: InstantSym): number {
    if (a === b) return 0;
    const millis = this.#instants.millis(a) - this.#instants.millis(b);
    return millis !== 0 ? millis : this.#instants.nanos(a) - this.#instants.nanos(b);
  }
}
