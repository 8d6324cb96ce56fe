import { law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortByRow, uniquePairs } from '../../src/internal/csr.ts';
import { IntTable } from '../../src/internal/int-table.ts';
import { RowIndex } from '../../src/internal/row-index.ts';

const options = { test: it };

describe('sparse rows', () => {
  const pairs = fc.integer({ min: 0, max: 5 }).chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      pairs:
        rows === 0
          ? fc.constant<[number, number][]>([])
          : fc.array(fc.tuple(fc.nat(rows - 1), fc.nat(4)), { maxLength: 20 }),
    }),
  );
  law(
    options,
    'C8',
    'unique pairs ≅ a Set of pairs: empty rows, the last row',
    [pairs],
    ({ rows, pairs: list }) => {
      const { start, to } = uniquePairs(
        rows,
        5,
        Int32Array.from(list, ([from]) => from),
        Int32Array.from(list, ([, to]) => to),
      );
      const expected = Array.from({ length: rows }, (_, row) =>
        [...new Set(list.filter(([from]) => from === row).map(([, target]) => target))].sort((a, b) => a - b),
      );
      const found = expected.map((_, row) => [...to.subarray(start[row], start[row + 1])]);
      return JSON.stringify(found) === JSON.stringify(expected) && start[rows] === to.length;
    },
  );
  law(options, 'C8', 'sorting by row keeps the order within a row', [pairs], ({ rows, pairs: list }) => {
    const { start, order } = sortByRow(
      rows,
      Int32Array.from(list, ([from]) => from),
    );
    const expected = [...list.keys()].sort((a, b) => (list[a]?.[0] ?? 0) - (list[b]?.[0] ?? 0) || a - b);
    return JSON.stringify([...order]) === JSON.stringify(expected) && start[rows] === list.length;
  });
});

describe('tables of whole numbers', () => {
  law(
    options,
    'C8',
    'a table of numbers ≅ a Map',
    [fc.array(fc.tuple(fc.nat(40), fc.nat(9), fc.boolean()), { maxLength: 60 })],
    (entries) => {
      const table = new IntTable(1);
      const oracle = new Map<number, number>();
      for (const [key, value, replace] of entries) {
        if (replace) {
          table.set(key, value);
          oracle.set(key, value);
        } else {
          if (!oracle.has(key)) oracle.set(key, value);
          if (table.getOrSet(key, value) !== oracle.get(key)) return false;
        }
      }
      return Array.from({ length: 41 }, (_, key) => key).every(
        (key) => table.get(key) === (oracle.get(key) ?? -1),
      );
    },
  );
  law(
    options,
    'C8',
    'an index of rows ≅ indexOf',
    [fc.uniqueArray(fc.nat(200), { maxLength: 60 })],
    (ids) => {
      const index = new RowIndex(Int32Array.from(ids));
      return Array.from({ length: 202 }, (_, i) => i - 1).every((id) => index.get(id) === ids.indexOf(id));
    },
  );
});

it('finds no row for the absent symbol', () => {
  const table = new IntTable(4);
  table.set(0, 7);

  expect(table.get(-1)).toBe(-1);
  expect(new RowIndex(Int32Array.of(0, 1)).get(-1)).toBe(-1);
});
