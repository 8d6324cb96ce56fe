import fc from 'fast-check';
import { expect, test } from 'vitest';
import { least } from './least.mjs';

const numbers = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1 });
const runs = { numRuns: Number(process.env.LAWS_RUNS), seed: Number(process.env.LAWS_SEED) };

test('law L1: least(ns) ≤ n for each n', () => {
  fc.assert(
    fc.property(numbers, (ns) => ns.every((n) => least(ns) <= n)),
    runs,
  );
});

test('the least of none', () => {
  expect(least([])).toBe(Number.POSITIVE_INFINITY);
});
