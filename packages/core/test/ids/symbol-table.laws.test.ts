import { NONE, SymbolTable } from '@ridgeline/core';
import { hostileTexts, law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const options = { test: it };
const encoder = new TextEncoder();

/** Texts that collide, in part outside ASCII; halves of surrogate pairs, which have no bytes, among them. */
const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'b',
    'ab',
    'é',
    'e\u0301',
    '日本',
    '💥',
    '\ud83d',
    '\udca5',
    '\ufeffa',
    '\ufffd',
    '\u0000',
    '\u007f',
    '\u0080',
  ),
  // Two texts of one hash: the bytes themselves decide.
  fc.constantFrom('h;6302682', 'h;3589500'),
  hostileTexts(),
);
const bytes = fc.oneof(
  texts.map((text) => encoder.encode(text)),
  // Malformed: what reads as the text of others.
  fc
    .array(fc.constantFrom(0x61, 0xff, 0xc3, 0xa9, 0xe6, 0x80, 0xef, 0xbb, 0xbf), { maxLength: 4 })
    .map((list) => Uint8Array.from(list)),
);
type Asked = { readonly text: string } | { readonly bytes: Uint8Array };
const asked: fc.Arbitrary<readonly Asked[]> = fc.array(
  fc.oneof(fc.record({ text: texts }), fc.record({ bytes })),
  { maxLength: 30 },
);
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const textOf = (one: Asked): string => ('text' in one ? one.text : decoder.decode(one.bytes));

describe('a symbol table', () => {
  law(options, 'A4', 'texts and bytes get the numbers that a Map of texts gives', [asked], (all) => {
    const symbols = new SymbolTable();
    const oracle = new Map<string, number>();
    return all.every((one) => {
      const text = textOf(one);
      const before = symbols.find(text);
      const wrapped = 'bytes' in one ? Uint8Array.of(7, ...one.bytes, 7) : undefined;
      const symbol =
        'text' in one
          ? symbols.intern(text)
          : symbols.internUtf8(wrapped as Uint8Array, 1, 1 + one.bytes.length);
      if (before !== (oracle.get(text) ?? NONE)) return false;
      if (!oracle.has(text)) oracle.set(text, oracle.size);
      return (
        symbol === oracle.get(text) &&
        symbols.text(symbol) === text &&
        symbols.find(text) === symbol &&
        symbols.size === oracle.size
      );
    });
  });

  law(
    options,
    'A4',
    'heads of texts are those that a string gives',
    [texts, texts, fc.integer({ min: 1, max: 3 })],
    (a, b, count) => {
      const symbols = new SymbolTable();
      const text = `${a};${b};a`;
      const parts = text.split(';');
      const expected = parts.length > count ? `${parts.slice(0, count).join(';')};` : undefined;
      const head = symbols.internHead(symbols.intern(text), ';', count);
      return expected === undefined ? head === NONE : symbols.text(head) === expected;
    },
  );

  law(
    options,
    'A4',
    'past any growth, no number is given twice',
    [fc.nat(), fc.integer({ min: 600, max: 1500 })],
    (seed, size) => {
      const symbols = new SymbolTable();
      for (let i = 0; i < size; i++) symbols.intern(`${seed};${i}`);
      for (let i = 0; i < size; i++) {
        const written = encoder.encode(`${seed};${i}`);
        if (symbols.internUtf8(written, 0, written.length) !== i) return false;
      }
      return symbols.size === size;
    },
  );

  const instants = fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom(0, 1, 2, -1, 1_700_000_000_000), fc.integer()),
      fc.constantFrom(0, 1, 500_000, 999_999),
    ),
    { maxLength: 30 },
  );
  law(options, 'A4', 'instants get the numbers that a Map gives, and their order', [instants], (all) => {
    const symbols = new SymbolTable();
    const oracle = new Map<string, number>();
    const numbers = all.map(([millis, nanos]) => {
      const key = `${millis} ${nanos}`;
      if (!oracle.has(key)) oracle.set(key, oracle.size);
      return { millis, nanos, symbol: symbols.instant(millis, nanos), expected: oracle.get(key) };
    });
    return numbers.every(
      (a) =>
        a.symbol === a.expected &&
        symbols.millisOf(a.symbol) === a.millis &&
        symbols.nanosOf(a.symbol) === a.nanos &&
        numbers.every(
          (b) =>
            Math.sign(symbols.compareInstants(a.symbol, b.symbol)) ===
            Math.sign(a.millis - b.millis || a.nanos - b.nanos),
        ),
    );
  });
});

it('splits an instant with a fraction into whole milliseconds and nanoseconds', () => {
  const symbols = new SymbolTable();

  expect(symbols.instantOf(12.5)).toBe(symbols.instant(12, 500_000));
  expect(symbols.instantOf(1.9999999)).toBe(symbols.instant(2));
  expect(symbols.timeOf(symbols.instantOf(12.5))).toBe(12.5);
});
