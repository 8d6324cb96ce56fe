/**
 * Plain data as msgpack. Only what JSON can say is written; whole numbers in their shortest form.
 * Source: https://github.com/msgpack/msgpack/blob/master/spec.md
 */
export function encodeMsgpack(value: unknown): Buffer {
  const chunks: Buffer[] = [];
  write(value, chunks);
  return Buffer.concat(chunks);
}

function write(value: unknown, out: Buffer[]): void {
  if (value === null || value === undefined) out.push(Buffer.of(0xc0));
  else if (typeof value === 'boolean') out.push(Buffer.of(value ? 0xc3 : 0xc2));
  else if (typeof value === 'number') out.push(numberBytes(value));
  else if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8');
    out.push(head(bytes.length, 0xa0, 32, [0xd9, 0xda, 0xdb]), bytes);
  } else if (Array.isArray(value)) {
    out.push(head(value.length, 0x90, 16, [undefined, 0xdc, 0xdd]));
    for (const item of value) write(item, out);
  } else if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    out.push(head(entries.length, 0x80, 16, [undefined, 0xde, 0xdf]));
    for (const [key, member] of entries) {
      write(key, out);
      write(member, out);
    }
  } else throw new TypeError(`msgpack: ${typeof value} is no plain data`);
}

/** The head of something with a length: fixed below `below`, else with 1, 2 or 4 bytes of length. */
function head(
  length: number,
  fixed: number,
  below: number,
  [one, two, four]: readonly [number | undefined, number, number],
): Buffer {
  if (length < below) return Buffer.of(fixed | length);
  if (one !== undefined && length < 0x100) return Buffer.of(one, length);
  const bytes = Buffer.alloc(length < 0x10000 ? 3 : 5);
  bytes[0] = length < 0x10000 ? two : four;
  bytes.writeUIntBE(length, 1, bytes.length - 1);
  return bytes;
}

function numberBytes(value: number): Buffer {
  if (Number.isInteger(value) && value >= 0 && value < 0x80) return Buffer.of(value);
  if (Number.isSafeInteger(value)) {
    const bytes = Buffer.alloc(9);
    bytes[0] = 0xd3;
    bytes.writeBigInt64BE(BigInt(value), 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xcb;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}
