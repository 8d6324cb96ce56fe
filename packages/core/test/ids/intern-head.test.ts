import { NONE, SymbolTable } from '@ridgeline/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Texts of few characters, so that marks are common: one byte, several bytes, and half a surrogate pair. */
const texts = fc.string({
  unit: fc.constantFrom(';', ';', 'a', 'é', '漢', '\u{1f980}', '\ud800'),
  maxLength: 8,
});

/** The beginning of a text up to and with its `count`th `;`, the plain way. */
function headOf(text: string, count: number): string | undefined {
  const parts = text.split(';');
  return parts.length > count ? `${parts.slice(0, count).join(';')};` : undefined;
}

describe('internHead', () => {
  it('finds the beginning of a text that is there already', () => {
    const symbols = new SymbolTable();
    const head = symbols.intern(';10.0.0.1;');
    expect(symbols.internHead(symbols.intern(';10.0.0.1;80'), ';', 2)).toBe(head);
    expect(symbols.internHead(symbols.intern('a;b'), ';', 2)).toBe(NONE);
  });

  it('is the symbol of the beginning, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(texts, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 3 }),
        (all, count) => {
          const symbols = new SymbolTable();
          const numbers = all.map((text) => symbols.intern(text));
          for (const [i, text] of all.entries()) {
            const expected = headOf(text, count);
            const found = symbols.internHead(numbers[i] as number, ';', count);
            expect(found).toBe(expected === undefined ? NONE : symbols.find(expected));
            if (expected !== undefined) expect(symbols.text(found)).toBe(expected);
          }
        },
      ),
      { numRuns: Number(process.env.LAWS_RUNS ?? 200) },
    );
  });
});
