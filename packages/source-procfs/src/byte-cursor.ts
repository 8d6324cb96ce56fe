const NOT_HEX = 255;

const hexDigits: Uint8Array = fillHexDigits();

function fillHexDigits(): Uint8Array {
  const digits = new Uint8Array(256).fill(NOT_HEX);
  for (let value = 0; value < 16; value++) {
    const lower = value < 10 ? 0x30 + value : 0x61 + value - 10;
    digits[lower] = value;
    if (value >= 10) digits[lower - 0x20] = value;
  }
  return digits;
}

/**
 * Reads numbers out of the text of a /proc file without making strings.
 *
 * A failed read sets `failed` and moves nothing past `end`; the caller looks at `failed` once a line. Nothing throws, so
 * mutated bytes cost a skipped line and no more.
 */
export class ByteCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  failed = false;

  /** Looks at `bytes[at..end)`; the bytes are not copied. */
  reset(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = Math.min(end, bytes.length);
    this.failed = false;
  }

  /** Moves over spaces and tabs. */
  skipBlanks(): void {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
    this.at = at;
  }

  /** Moves to the next blank, newline or the end. */
  skipWord(): void {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end && (bytes[at] as number) > 0x20) at++;
    this.at = at;
  }

  /** Moves over `count` words, each with the blanks before it, and then over the blanks that follow. */
  skipWords(count: number): void {
    for (let word = 0; word < count; word++) {
      this.skipBlanks();
      this.skipWord();
    }
    this.skipBlanks();
  }

  /** Takes one byte if it is `byte`; else fails. */
  expect(byte: number): void {
    if (this.at < this.end && this.bytes[this.at] === byte) this.at++;
    else this.failed = true;
  }

  /** A decimal number without sign, at least one digit; at most 2^53 - 1, else it fails. */
  decimal(): number {
    const { bytes, end } = this;
    const start = this.at;
    let at = start;
    let value = 0;
    while (at < end) {
      const digit = (bytes[at] as number) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      at++;
    }
    this.at = at;
    if (at === start || value > Number.MAX_SAFE_INTEGER) this.failed = true;
    return value;
  }

  /** A decimal number with an optional minus sign. */
  signedDecimal(): number {
    if (this.at < this.end && this.bytes[this.at] === 0x2d) {
      this.at++;
      return -this.decimal();
    }
    return this.decimal();
  }

  /** Exactly `count` hexadecimal digits (at most 8) as an unsigned 32-bit number. */
  hex(count: number): number {
    const { bytes } = this;
    const stop = this.at + count;
    if (stop > this.end) {
      this.failed = true;
      return 0;
    }
    let value = 0;
    for (let at = this.at; at < stop; at++) {
      const digit = hexDigits[bytes[at] as number] as number;
      if (digit === NOT_HEX) {
        this.failed = true;
        return 0;
      }
      value = (value << 4) | digit;
    }
    this.at = stop;
    return value >>> 0;
  }

  /** Moves behind the next newline, or to the end. */
  skipLine(): void {
    const newline = this.bytes.indexOf(0x0a, this.at);
    this.at = newline < 0 || newline >= this.end ? this.end : newline + 1;
  }
}
