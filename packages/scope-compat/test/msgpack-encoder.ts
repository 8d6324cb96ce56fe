/** Writes msgpack as Go's probes do: the dialect of WIRE.md §1.4, to test its reader with. */
export class MsgpackEncoder {
  readonly #bytes: number[] = [];
  readonly #encoder = new TextEncoder();

  /** A document with times where a report has them; a text under one of these keys is written as a time. */
  static encodeReport(document: unknown): Uint8Array {
    const encoder = new MsgpackEncoder();
    encoder.#value(document, '');
    return Uint8Array.from(encoder.#bytes);
  }

  #value(value: unknown, key: string): void {
    if (value === null || value === undefined) this.#bytes.push(0xc0);
    else if (typeof value === 'boolean') this.#bytes.push(value ? 0xc3 : 0xc2);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') {
      if (TIME_KEYS.has(key)) this.#time(value);
      else this.#raw(this.#encoder.encode(value));
    } else if (Array.isArray(value)) {
      this.#size(value.length, 0x90, 0xdc);
      for (const item of value) this.#value(item, '');
    } else {
      const entries = Object.entries(value);
      this.#size(entries.length, 0x80, 0xde);
      for (const [name, member] of entries) {
        this.#raw(this.#encoder.encode(name));
        this.#value(member, name);
      }
    }
  }

  #number(value: number): void {
    if (Number.isInteger(value) && value >= 0 && value < 128) this.#bytes.push(value);
    else {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, value);
      this.#bytes.push(0xcb, ...new Uint8Array(view.buffer));
    }
  }

  /** Seconds since year 1, nanoseconds, and 0xffff for UTC. */
  #time(text: string): void {
    const [seconds = '', fraction = ''] = text.replace('Z', '').split('.');
    const view = new DataView(new ArrayBuffer(15));
    view.setUint8(0, 1);
    view.setBigInt64(1, BigInt(Date.parse(`${seconds}Z`) / 1000) + 62_135_596_800n);
    view.setUint32(9, Number(fraction.padEnd(9, '0')));
    view.setUint16(13, 0xffff);
    this.#raw(new Uint8Array(view.buffer));
  }

  #raw(bytes: Uint8Array): void {
    const { length } = bytes;
    if (length < 32) this.#bytes.push(0xa0 | length);
    else if (length < 0x10000) this.#bytes.push(0xda, length >> 8, length & 0xff);
    else this.#bytes.push(0xdb, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff);
    this.#bytes.push(...bytes);
  }

  #size(size: number, fix: number, lead16: number): void {
    if (size < 16) this.#bytes.push(fix | size);
    else this.#bytes.push(lead16, size >> 8, size & 0xff);
  }
}

const TIME_KEYS = new Set(['TS', 'timestamp', 'date']);
