import { describe, expect, it } from 'vitest';
import { compare } from '../bench/compare.mjs';
import { median } from '../bench/measure.mjs';
import { runFiles } from '../bench/run-files.mjs';
import { selectBenches } from '../bench/select.mjs';

const prepare = () => ({ run: () => 0 });
const time = (/** @type {number} */ medianMillis) => ({ medianMillis, minMillis: 0, iterations: 1 });

describe('a run over bench files', () => {
  it('measures what a prefix selects, with the baselines it needs', async () => {
    const seen = /** @type {string[]} */ ([]);
    const file = 'scripts/selftest/sum.bench.ts';
    const { results, failedFiles } = await runFiles(
      [file],
      ['sum/once', 'sum/async', 'cpu', 'weight'],
      ({ name }) => seen.push(name),
    );
    expect(failedFiles).toEqual([]);
    expect(seen).toEqual([
      'sum/twice',
      'sum/once',
      'sum/async',
      'cpu/sampled',
      'weight/array',
      'weight/typed',
    ]);
    const byName = Object.fromEntries(results.map((result) => [result.name, result]));
    for (const { median_ms, min_ms, iterations } of results) {
      expect(median_ms).toBeGreaterThan(0);
      expect(min_ms).toBeLessThanOrEqual(median_ms);
      expect(iterations).toBeGreaterThan(0);
    }
    expect(byName['sum/twice']?.iterations).toBeGreaterThanOrEqual(5);
    expect(byName['sum/once']?.note).toMatch(
      /^[\d.]+× as fast as sum\/twice \(≥ 1.2× asked: \w+\); 1 disposed$/,
    );
    // One sample before the four is thrown away.
    expect(byName['cpu/sampled']).toMatchObject({ median_ms: 3.5, min_ms: 2, iterations: 4 });
    expect(byName['weight/typed']?.note).toBe('1.00 MB; 3.00× as small as weight/array (≥ 4× asked: MISSED)');
  });
  it('says which file could not be run', async () => {
    const { results, failedFiles } = await runFiles(
      ['scripts/selftest/none.bench.ts'],
      [],
      () => {},
      'ignore',
    );
    expect([results, failedFiles]).toEqual([[], ['scripts/selftest/none.bench.ts']]);
  });
});

describe('the choice of cases', () => {
  it('refuses a name that is there twice and a baseline that is not there', () => {
    expect(() =>
      selectBenches(
        [
          { name: 'a', prepare },
          { name: 'a', prepare },
        ],
        [],
      ),
    ).toThrow('two benches are called a');
    expect(() => selectBenches([{ name: 'a', baseline: 'b', prepare }], [])).toThrow(
      'no bench before it is called b',
    );
  });
});

describe('a comparison', () => {
  it('is said the way round in which it was asked', () => {
    expect(compare(time(1), time(8), 'b')).toBe('8.00× as fast as b');
    expect(compare(time(8), time(1), 'b')).toBe('8.00× the time of b');
    expect(compare(time(12), time(10), 'b', { atMost: 1.5 })).toBe('1.20× the time of b (≤ 1.5× asked: met)');
    expect(compare(time(16), time(10), 'b', { atMost: 1.5 })).toBe(
      '1.60× the time of b (≤ 1.5× asked: MISSED)',
    );
  });
  it('needs one unit', () => {
    expect(() => compare({ ...time(1), weight: { amount: 1, unit: 'bytes' } }, time(1), 'b')).toThrow(
      'bytes',
    );
  });
});

describe('the median', () => {
  it('is the middle, or halfway between the two middle ones', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7]);
  });
});
