import { LinuxError, splitMessages } from '@ridgeline/linux';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowDecoder } from '../src/decode-flow.ts';
import type { FlowEvent } from '../src/flow.ts';
import { flows } from './flow-arbitrary.ts';
import { encodeEvent } from './flow-message.ts';
import { fuzzRuns, lawRuns } from './law-runs.ts';

const events: fc.Arbitrary<FlowEvent> = fc.record({
  kind: fc.constantFrom('new' as const, 'update' as const, 'destroy' as const),
  flow: flows,
});

/** Bytes in the middle of a larger buffer: a neighbour that is read changes the outcome. */
function amidst(bytes: Buffer, neighbour: number): { readonly larger: Buffer; readonly inner: Buffer } {
  const larger = Buffer.alloc(bytes.length + 64, neighbour);
  bytes.copy(larger, 32);
  return { larger, inner: larger.subarray(32, 32 + bytes.length) };
}

/** What came of it, comparable; an error of another kind breaks the law. */
function outcomeOf(bytes: Buffer): unknown {
  const decoder = new FlowDecoder();
  try {
    return splitMessages(bytes).map((message) => decoder.event(bytes, message));
  } catch (error) {
    if (error instanceof LinuxError && error.code === 'NETLINK_MALFORMED') return error.message;
    throw error;
  }
}

describe('decoding conntrack messages', () => {
  it('law N1: decode(encode(event)) = event, for each message of a datagram', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 5 }), (told) => {
        const datagram = Buffer.concat(told.map((event) => encodeEvent(event)));
        expect(outcomeOf(datagram)).toEqual(told);
      }),
      lawRuns,
    );
  });

  it('law N2: mutated bytes ⇒ a value or NETLINK_MALFORMED, reading nothing outside of them', () => {
    const faults = { value: 0, error: 0 };
    const change = fc.tuple(
      fc.nat(400),
      fc.oneof(fc.constantFrom(0, 1, 3, 4, 0x7f, 0x80, 0xff), fc.nat(255)),
    );
    fc.assert(
      fc.property(
        fc.array(events, { minLength: 1, maxLength: 3 }),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.option(fc.nat(700), { freq: 4, nil: undefined }),
        (told, changes, keep) => {
          const bytes = Buffer.concat(told.map((event) => encodeEvent(event)));
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const cut = bytes.subarray(0, keep ?? bytes.length);
          const outcome = outcomeOf(amidst(cut, 0).inner);
          faults[typeof outcome === 'string' ? 'error' : 'value']++;
          expect(outcomeOf(amidst(cut, 0xff).inner)).toEqual(outcome);
        },
      ),
      fuzzRuns(2000),
    );
    // Mutations that never hurt, or never leave anything, would prove nothing.
    expect(Math.min(faults.value, faults.error)).toBeGreaterThan(100);
  });

  it('law N3: any bytes ⇒ a value or NETLINK_MALFORMED', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        outcomeOf(Buffer.from(bytes));
      }),
      fuzzRuns(2000),
    );
  });

  it('says of other subsystems, and of protocols without ports, nothing', () => {
    const flow = fc.sample(flows, { numRuns: 1, seed: 7 })[0];
    if (flow === undefined) throw new Error('no flow');
    const other = encodeEvent({ kind: 'new', flow });
    other.writeUInt16LE(0x0300, 4);
    expect(outcomeOf(other)).toEqual([undefined]);
    const icmp = encodeEvent({ kind: 'new', flow });
    const protocol = icmp.indexOf(Buffer.of(5, 0, 1, 0));
    icmp[protocol + 4] = 1;
    expect(outcomeOf(icmp)).toEqual([undefined]);
  });
});
