import type { SymbolTable } from '@ridgeline/core';
import { SECONDS_TO_1970, ZERO_INSTANT } from '../wire/instant-text.ts';
import type { ReadLimits } from './limits.ts';
import { familyOf, NIL } from './msgpack-family.ts';

/** What is wrong with a document, and at which byte. */
export class WireFault extends Error {
  override readonly name = 'WireFault';
}

/**
 * Reads msgpack from its first byte to its last, in the dialect of Scope's probes: texts and bytes are both of the
 * str family, a time is fifteen raw bytes (WIRE.md §1.4). The families str 8 and bin are understood, too.
 *
 * No text is made unless it is asked for: {@link text} leaves its span in {@link textStart} and {@link textEnd}.
 */
export class MsgpackCursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly limits: ReadLimits;
  readonly #texts: SymbolTable;
  at = 0;
  textStart = 0;
  textEnd = 0;
  /** The last time read, in whole milliseconds since 1970 … */
  millis = 0;
  /** … and the nanoseconds within that millisecond. */
  nanos = 0;

  /** @param texts - keeps the texts that are made: all reports of a probe name the same topologies and templates */
  constructor(bytes: Uint8Array, limits: ReadLimits, texts: SymbolTable) {
    this.bytes = bytes;
    this.#texts = texts;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.limits = limits;
  }

  fault(problem: string): WireFault {
    return new WireFault(`${problem} (byte ${this.at})`);
  }

  /** Whether nil comes next; it is then passed. */
  nothing(): boolean {
    if (this.bytes[this.at] !== NIL) return false;
    this.at++;
    return true;
  }

  /** Passes these very bytes when they come next. A value ends where it says, so equal bytes are an equal value. */
  passIf(bytes: Uint8Array): boolean {
    const end = this.at + bytes.length;
    if (end > this.bytes.length) return false;
    for (let i = 0, at = this.at; i < bytes.length; i++, at++) if (this.bytes[at] !== bytes[i]) return false;
    this.at = end;
    return true;
  }

  /** The number of entries of the map that begins here; none for nil. */
  mapSize(): number {
    const lead = this.#lead();
    if ((lead & 0xf0) === 0x80) return this.#sized(lead & 0x0f, 2);
    if (lead === 0xde) return this.#sized(this.#uint(2), 2);
    if (lead === 0xdf) return this.#sized(this.#uint(4), 2);
    if (lead === NIL) return 0;
    throw this.unexpected('a map', lead);
  }

  /** The number of items of the list that begins here; none for nil. */
  listSize(): number {
    const lead = this.#lead();
    if ((lead & 0xf0) === 0x90) return this.#sized(lead & 0x0f, 1);
    if (lead === 0xdc) return this.#sized(this.#uint(2), 1);
    if (lead === 0xdd) return this.#sized(this.#uint(4), 1);
    if (lead === NIL) return 0;
    throw this.unexpected('a list', lead);
  }

  /** Passes a text (or bytes, or nil for the empty one) and remembers its span. */
  text(): void {
    const lead = this.bytes[this.at++] as number;
    // Nearly all texts are short ones; what is past the end is undefined and matches nothing.
    const length = (lead & 0xe0) === 0xa0 ? lead & 0x1f : this.#longText(lead);
    this.textStart = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw this.fault('the document ends within a text');
    this.textEnd = this.at;
  }

  /** Passes a text and gives it. */
  string(): string {
    this.text();
    return this.#texts.text(this.#texts.internUtf8(this.bytes, this.textStart, this.textEnd));
  }

  /** Passes a number of any kind; nil is 0. */
  number(): number {
    const lead = this.#lead();
    if (lead < 0x80) return lead;
    if (lead >= 0xe0) return lead - 0x100;
    const at = this.at;
    switch (lead) {
      case NIL:
        return 0;
      case 0xca:
        this.#pass(4);
        return this.#view.getFloat32(at);
      case 0xcb:
        this.#pass(8);
        return this.#view.getFloat64(at);
      case 0xcc:
        return this.#uint(1);
      case 0xcd:
        return this.#uint(2);
      case 0xce:
        return this.#uint(4);
      case 0xcf:
        this.#pass(8);
        return Number(this.#view.getBigUint64(at));
      case 0xd0:
        this.#pass(1);
        return this.#view.getInt8(at);
      case 0xd1:
        this.#pass(2);
        return this.#view.getInt16(at);
      case 0xd2:
        this.#pass(4);
        return this.#view.getInt32(at);
      case 0xd3:
        this.#pass(8);
        return Number(this.#view.getBigInt64(at));
      default:
        throw this.unexpected('a number', lead);
    }
  }

  /** Passes true or false; nil is false. */
  flag(): boolean {
    const lead = this.#lead();
    if (lead === 0xc3) return true;
    if (lead === 0xc2 || lead === NIL) return false;
    throw this.unexpected('true or false', lead);
  }

  /**
   * Passes a time and leaves it in {@link millis} and {@link nanos}.
   *
   * @returns false for nil, and for the zero time: "not known"
   */
  time(): boolean {
    if (this.nothing()) {
      this.millis = 0;
      this.nanos = 0;
      return false;
    }
    const { bytes } = this;
    this.text();
    const at = this.textStart;
    if (this.textEnd - at !== 15 || bytes[at] !== 1) throw this.fault('expected a time of fifteen bytes');
    this.timeAt(at + 1);
    return this.millis !== ZERO_INSTANT.millis || this.nanos !== 0;
  }

  /**
   * Passes `{ timestamp, value }` in the very bytes in which Go writes it and leaves the value's span; anything else is
   * left to be read step by step. Nearly all of a report is made of such pairs.
   *
   * @returns the byte at which the time begins, or -1
   */
  timedText(): number {
    const at = this.at;
    const view = this.#view;
    // 0x82 "timestamp" (10 bytes), a time (16 bytes), "value" (6 bytes), and at least the lead byte of a text.
    if (at + 34 > this.bytes.length || this.bytes[at] !== 0x82) return -1;
    if (view.getUint32(at + 1) !== 0xa974696d || view.getUint32(at + 5) !== 0x65737461) return -1;
    if (view.getUint32(at + 9) !== 0x6d70af01) return -1;
    if (view.getUint32(at + 27) !== 0xa576616c || view.getUint16(at + 31) !== 0x7565) return -1;
    this.at = at + 33;
    this.text();
    return at + 13;
  }

  /** Whether the twelve bytes of two times, from {@link timedText}, are the same. */
  sameTime(a: number, b: number): boolean {
    const view = this.#view;
    return (
      view.getInt32(a + 8) === view.getInt32(b + 8) &&
      view.getInt32(a + 4) === view.getInt32(b + 4) &&
      view.getInt32(a) === view.getInt32(b)
    );
  }

  /** Whether the last text is that of `bytes[start, end)`. */
  sameText(start: number, end: number): boolean {
    const { bytes, textStart } = this;
    const length = this.textEnd - textStart;
    if (end - start !== length) return false;
    let i = 0;
    while (i < length && bytes[start + i] === bytes[textStart + i]) i++;
    return i === length;
  }

  /** Reads the time whose seconds begin at a byte into {@link millis} and {@link nanos}. */
  timeAt(at: number): void {
    // Signed 64-bit seconds: exact far beyond what a calendar knows.
    const seconds = this.#view.getInt32(at) * 2 ** 32 + this.#view.getUint32(at + 4);
    const fraction = this.#view.getUint32(at + 8);
    if (fraction >= 1e9) throw this.fault('a time of a second and more nanoseconds');
    if (Math.abs(seconds) > 4e11) throw this.fault('a time that no calendar knows');
    const millis = Math.floor(fraction / 1e6);
    this.millis = (seconds - SECONDS_TO_1970) * 1000 + millis;
    this.nanos = fraction - millis * 1e6;
  }

  #longText(lead: number | undefined): number {
    let length: number;
    if (lead === 0xda || lead === 0xc5) length = this.#uint(2);
    else if (lead === 0xd9 || lead === 0xc4) length = this.#uint(1);
    else if (lead === 0xdb || lead === 0xc6) length = this.#uint(4);
    else if (lead === NIL) return 0;
    else throw this.unexpected('a text', lead);
    if (length > this.limits.textBytes) throw this.fault(`a text of ${length} bytes`);
    return length;
  }

  #lead(): number {
    const lead = this.bytes[this.at++];
    if (lead === undefined) throw this.fault('the document ends here');
    return lead;
  }

  #pass(bytes: number): void {
    this.at += bytes;
    if (this.at > this.bytes.length) throw this.fault('the document ends within a number');
  }

  #uint(bytes: 1 | 2 | 4): number {
    const at = this.at;
    this.#pass(bytes);
    if (bytes === 1) return this.#view.getUint8(at);
    return bytes === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  /** A size that the rest of the document can hold: what is announced is not allocated on trust. */
  #sized(size: number, leastBytes: number): number {
    if (size * leastBytes > this.bytes.length - this.at)
      throw this.fault(`${size} entries do not fit in here`);
    return size;
  }

  /** What to say when another kind of value comes. */
  unexpected(expected: string, lead: number | undefined): WireFault {
    const got = lead === undefined ? 'the end' : (familyOf(lead) ?? `byte 0x${lead.toString(16)}`);
    return this.fault(`expected ${expected}, got ${got}`);
  }
}
