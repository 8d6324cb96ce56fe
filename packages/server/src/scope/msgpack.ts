import { parseInstant, SECONDS_TO_1970 } from '@ridgeline/scope-compat';

/** Members whose text is a time. */
const TIMES: ReadonlySet<string> = new Set(['TS', 'timestamp', 'date']);
/** Members whose number is always written with a fraction: values of metrics and their bounds. */
const FLOATS: ReadonlySet<string> = new Set(['value', 'min', 'max', 'priority']);

/**
 * A report in Scope's JSON form as msgpack, in the dialect that its programs read and write (WIRE.md §1.4): texts of the raw
 * family, without str 8; a time is fifteen raw bytes.
 */
export function encodeMsgpack(value: unknown): Buffer {
  const chunks: Buffer[] = [];
  write(value, '', chunks);
  return Buffer.concat(chunks);
}

function write(value: unknown, key: string, out: Buffer[]): void {
  if (value === null || value === undefined) out.push(Buffer.of(0xc0));
  else if (typeof value === 'boolean') out.push(Buffer.of(value ? 0xc3 : 0xc2));
  else if (typeof value === 'number')
    out.push(Number.isSafeInteger(value) && !FLOATS.has(key) ? wholeBytes(value) : floatBytes(value));
  else if (typeof value === 'string') {
    const bytes = (TIMES.has(key) ? timeBytes(value) : undefined) ?? Buffer.from(value, 'utf8');
    out.push(head(bytes.length, 0xa0, 32, 0xda), bytes);
  } else if (Array.isArray(value)) {
    out.push(head(value.length, 0x90, 16, 0xdc));
    for (const item of value) write(item, '', out);
  } else if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    out.push(head(entries.length, 0x80, 16, 0xde));
    for (const [name, member] of entries) {
      write(name, '', out);
      write(member, name, out);
    }
  } else throw new TypeError(`msgpack: ${typeof value} is no plain data`);
}

/** The head of something with a length: in one byte below `below`, else a lead byte with a length of 2 or 4 bytes. */
function head(length: number, fixed: number, below: number, lead: number): Buffer {
  if (length < below) return Buffer.of(fixed | length);
  const isShort = length < 0x10000;
  const bytes = Buffer.alloc(isShort ? 3 : 5);
  bytes[0] = isShort ? lead : lead + 1;
  bytes.writeUIntBE(length, 1, bytes.length - 1);
  return bytes;
}

function timeBytes(text: string): Buffer | undefined {
  const instant = parseInstant(text);
  if (instant === undefined) return undefined;
  const seconds = Math.floor(instant.millis / 1000);
  const bytes = Buffer.alloc(15);
  bytes[0] = 1;
  bytes.writeBigInt64BE(BigInt(seconds + SECONDS_TO_1970), 1);
  bytes.writeUInt32BE((instant.millis - seconds * 1000) * 1_000_000 + instant.nanos, 9);
  // No offset in minutes: UTC.
  bytes.writeUInt16BE(0xffff, 13);
  return bytes;
}

function floatBytes(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xcb;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** A whole number; negative ones are rare in reports and take the long form. */
function wholeBytes(value: number): Buffer {
  if (value >= 0 && value < 0x80) return Buffer.of(value);
  if (value < 0) {
    const bytes = Buffer.alloc(9);
    bytes[0] = 0xd3;
    bytes.writeBigInt64BE(BigInt(value), 1);
    return bytes;
  }
  if (value >= 2 ** 32) {
    const bytes = Buffer.alloc(9);
    bytes[0] = 0xcf;
    bytes.writeBigUInt64BE(BigInt(value), 1);
    return bytes;
  }
  const size = value < 0x100 ? 1 : value < 0x10000 ? 2 : 4;
  const bytes = Buffer.alloc(1 + size);
  bytes[0] = size === 1 ? 0xcc : size === 2 ? 0xcd : 0xce;
  bytes.writeUIntBE(value, 1, size);
  return bytes;
}
