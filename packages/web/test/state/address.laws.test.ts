import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Address,
  PLAIN_ADDRESS,
  readAddress,
  type Selection,
  writeAddress,
} from '../../src/state/address.ts';

const runs = { numRuns: Number(process.env.LAWS_RUNS ?? 200), seed: Number(process.env.LAWS_SEED ?? 1) };

/** Ids and filters have all that links choke on. */
const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.stringMatching(/^[;&?#%=+,/ \\"'a-z0-9]{1,12}$/),
);
const groupName = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/);
const selection: fc.Arbitrary<Selection | undefined> = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant('node' as const), id: text }),
    fc.record({ kind: fc.constantFrom('edge' as const, 'flow' as const), from: text, to: text }),
    fc.record({ kind: fc.constant('group' as const), key: fc.oneof(fc.constant(''), text) }),
  ),
  { nil: undefined },
);
const pixel = fc.integer({ min: -100_000, max: 100_000 });

const address: fc.Arbitrary<Address> = fc.record({
  view: fc.oneof(fc.constant(''), text),
  filters: fc.array(text, { maxLength: 4 }),
  options: fc
    .array(fc.tuple(groupName, fc.array(text, { maxLength: 3 })), { maxLength: 3 })
    .map((entries) => Object.fromEntries(entries)),
  orphans: fc.constantFrom(undefined, 'keep' as const, 'drop-pseudo' as const, 'drop' as const),
  raw: fc.boolean(),
  selection,
  search: fc.oneof(fc.constant(''), text),
  metric: fc.option(text, { nil: undefined }),
  grouping: fc.option(fc.oneof(fc.constant(''), text), { nil: undefined }),
  collapsed: fc.array(fc.oneof(fc.constant(''), text), { maxLength: 3 }).map((keys) => new Set(keys)),
  mode: fc.constantFrom('graph' as const, 'table' as const),
  pins: fc
    .array(fc.tuple(text, fc.record({ x: pixel, y: pixel })), { maxLength: 3 })
    .map((entries) => new Map(entries)),
});

describe('addresses', () => {
  it('law W1: readAddress(writeAddress(a)) = a', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(readAddress(writeAddress(one))).toEqual(one);
      }),
      runs,
    );
  });

  it('law W2: a browser keeps writeAddress(a) as it is', () => {
    fc.assert(
      fc.property(address, (one) => {
        const fragment = writeAddress(one);
        expect(new URL(`http://127.0.0.1/${fragment}`).hash).toBe(fragment);
      }),
      runs,
    );
  });

  it('law W3: readAddress(t) is an address for every text t', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        const read = readAddress(any);
        expect(readAddress(writeAddress(read))).toEqual(read);
      }),
      runs,
    );
  });

  it('are short and legible', () => {
    const one: Address = {
      ...PLAIN_ADDRESS,
      view: 'processes',
      filters: ['name ~ "nginx"'],
      selection: { kind: 'node', id: 'host;42' },
    };
    expect(writeAddress(one)).toBe('#/processes?filter=name+%7E+%22nginx%22&node=host;42');
    expect(writeAddress(PLAIN_ADDRESS)).toBe('#/');
  });

  it('tell a group with nothing chosen from one with its default', () => {
    const one = { ...PLAIN_ADDRESS, view: 'pods', options: { namespace: [] } };
    expect(writeAddress(one)).toBe('#/pods?option=namespace%3D');
    expect(readAddress('#/pods?option=namespace%3D').options).toEqual({ namespace: [] });
    expect(readAddress('#/pods').options).toEqual({});
  });
});
