import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeAttribute,
  encodeMessage,
  errnoOfMessage,
  LinuxError,
  splitAttributes,
  splitMessages,
} from '../src/index.ts';

const numRuns = Math.max(10_000, Number(process.env.LAWS_RUNS ?? 0));
const runs = {
  numRuns,
  ...(process.env.LAWS_SEED === undefined ? {} : { seed: Number(process.env.LAWS_SEED) }),
};

const attribute = fc.tuple(fc.integer({ min: 0, max: 0x3fff }), fc.uint8Array({ maxLength: 40 }));
const message = fc.record({
  type: fc.integer({ min: 16, max: 0xffff }),
  flags: fc.constantFrom(0, 2, 0x300, 0x400),
  sequence: fc.integer({ min: 0, max: 0xffffffff }),
  attributes: fc.array(attribute, { maxLength: 5 }),
});

function encode(parts: typeof message extends fc.Arbitrary<infer T> ? T : never): Buffer {
  const payload = Buffer.concat(parts.attributes.map(([type, bytes]) => encodeAttribute(type, bytes)));
  return encodeMessage(parts.type, parts.flags, parts.sequence, payload);
}

/** Walks everything there is to walk; a typed error is an answer, any other is not. */
function walk(bytes: Buffer, length: number): string | number {
  try {
    let seen = 0;
    let last = 0;
    for (const each of splitMessages(bytes, length)) {
      expect(each.start).toBeGreaterThanOrEqual(last + 16);
      expect(each.end).toBeLessThanOrEqual(Math.min(length, bytes.length));
      last = each.end;
      if (each.end - each.start >= 4) errnoOfMessage(bytes, each);
      let end = each.start;
      for (const inner of splitAttributes(bytes, each.start, each.end)) {
        expect(inner.start).toBeGreaterThanOrEqual(end + 4);
        expect(inner.end).toBeLessThanOrEqual(each.end);
        end = inner.end;
        seen++;
      }
      seen++;
    }
    return seen;
  } catch (error) {
    if (error instanceof LinuxError) return error.code;
    throw error;
  }
}

describe('netlink messages', () => {
  it('law N1: split(encode(messages)) = messages', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 4 }), (messages) => {
        const datagram = Buffer.concat(messages.map(encode));
        const read = splitMessages(datagram).map((each) => ({
          type: each.type,
          flags: each.flags & ~1,
          sequence: each.sequence,
          attributes: splitAttributes(datagram, each.start, each.end).map((a) => [
            a.type,
            Uint8Array.from(datagram.subarray(a.start, a.end)),
          ]),
        }));
        expect(read).toEqual(
          messages.map((each) => ({
            ...each,
            attributes: each.attributes.map(([type, bytes]) => [type, Uint8Array.from(bytes)]),
          })),
        );
      }),
      { ...runs, numRuns: 300 },
    );
  });

  it('law N2: any bytes = typed error, or messages and attributes that neither overlap nor leave the datagram', () => {
    const mutated = fc
      .tuple(
        fc.array(message, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 6 }),
      )
      .map(([messages, changes]) => {
        const datagram = Buffer.concat(messages.map(encode));
        for (const [at, byte] of changes) if (at < datagram.length) datagram[at] = byte;
        return datagram;
      });
    const anything = fc.uint8Array({ maxLength: 96 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(mutated, anything), fc.option(fc.nat(200)), (bytes, length) => {
        const outcome = walk(bytes, length ?? bytes.length);
        return typeof outcome === 'number' || outcome === 'NETLINK_MALFORMED';
      }),
      runs,
    );
  }, 60_000);
});
