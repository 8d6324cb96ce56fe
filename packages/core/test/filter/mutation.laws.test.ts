import { filterExprs, filterTexts } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import {
  type FilterError,
  filterFromJson,
  filterToJson,
  formatFilterError,
  formatFilterJsonError,
  type KnownNames,
  parseFilter,
  printFilter,
} from '../../src/filter/index.ts';
import { law, lawRuns } from './law.ts';

const fragments = [
  '(',
  ')',
  ',',
  '=',
  '!',
  '~',
  '"',
  "'",
  '\\',
  '$',
  '.',
  ' ',
  'and ',
  'or ',
  'not ',
  'in (',
  'has(',
  '[',
  '{1001}',
  '(?<',
  '\\1',
  '10.0.0.0/99',
  '1e+999',
  '\u0000',
];

interface Edit {
  readonly at: number;
  readonly cut: number;
  readonly insert: string;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    at: fc.nat({ max: 400 }),
    cut: fc.nat({ max: 4 }),
    insert: fc.oneof(fc.constantFrom('', ...fragments), filterTexts()),
  }),
  { minLength: 1, maxLength: 6 },
);

function mutate(text: string, changes: readonly Edit[]): string {
  return changes.reduce((before, { at, cut, insert }) => {
    const start = at % (before.length + 1);
    return before.slice(0, start) + insert + before.slice(start + cut);
  }, text);
}

const known: KnownNames = {
  isField: (name) => ['a', 'b'].includes(name) || name.startsWith('label.'),
  fields: () => ['a', 'b', 'label.x'],
  filter: (name) =>
    name === 'a'
      ? undefined
      : {
          parameters: [
            { name: 'x', required: true },
            { name: 'y', required: false },
          ],
        },
  filters: () => ['payments', 'system'],
};

function expectPlaced(text: string, error: FilterError): void {
  expect(error.message).not.toBe('');
  expect(error.offset).toBeGreaterThanOrEqual(0);
  expect(error.length).toBeGreaterThanOrEqual(0);
  expect(error.offset + error.length).toBeLessThanOrEqual(text.length);
  expect(formatFilterError(text, error)).toMatch(/\n {2} *\^~*$/);
}

describe('mutated filters', () => {
  law(
    'D11: a mutated text gives a value or placed errors, never a throw',
    [filterExprs(), edits, fc.boolean()],
    (expr, changes, checked) => {
      const text = mutate(printFilter(expr), changes);
      const parsed = checked ? parseFilter(text, known) : parseFilter(text);
      if (parsed.ok) {
        // what was accepted can be said again
        expect(parseFilter(printFilter(parsed.expr))).toEqual(parsed);
        return;
      }
      expect(parsed.errors.length).toBeGreaterThan(0);
      for (const error of parsed.errors) expectPlaced(text, error);
    },
    lawRuns * 5,
  );

  law(
    'D11: any text at all gives a value or placed errors',
    [
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(fc.oneof(fc.constantFrom(...fragments), filterTexts())).map((parts) => parts.join('')),
      ),
    ],
    (text) => {
      const parsed = parseFilter(text, known);
      if (!parsed.ok) for (const error of parsed.errors) expectPlaced(text, error);
    },
  );

  law(
    'D11: a mutated JSON text gives a value or errors with paths',
    [filterExprs(), edits],
    (expr, changes) => {
      let json: unknown;
      try {
        json = JSON.parse(mutate(JSON.stringify(filterToJson(expr)), changes));
      } catch {
        return; // no longer JSON: not ours to read
      }
      for (const names of [undefined, known]) {
        const read = filterFromJson(json, names);
        if (read.ok) expect(filterFromJson(filterToJson(read.expr))).toEqual(read);
        else for (const error of read.errors) expect(formatFilterJsonError(error)).toMatch(/^\$/);
      }
    },
    lawRuns * 5,
  );

  law('D11: any JSON gives a value or errors', [fc.jsonValue()], (json) => {
    const read = filterFromJson(json);
    expect(read.ok || read.errors.length > 0).toBe(true);
  });
});
