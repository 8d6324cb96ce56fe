// The bench that the runner's own test runs.
import type { BenchCase } from '../bench/bench-case.ts';

const numbers: readonly number[] = Array.from({ length: 10_000 }, (_, index) => index);
let disposals = 0;

export const benches: readonly BenchCase[] = [
  {
    name: 'sum/twice',
    prepare: () => ({
      run: () => numbers.reduce((sum, n) => sum + n, 0) + numbers.reduce((sum, n) => sum + n, 0),
      dispose: () => {
        disposals++;
      },
    }),
  },
  {
    name: 'sum/once',
    baseline: 'sum/twice',
    ask: { atLeast: 1.2 },
    prepare: () => ({
      run: () => numbers.reduce((sum, n) => sum + n, 0),
      note: () => `${disposals} disposed`,
    }),
  },
  {
    name: 'sum/async',
    prepare: () => ({ run: async () => numbers.length }),
  },
  {
    name: 'cpu/sampled',
    prepare: () => {
      let taken = 0;
      return { sample: () => ++taken, samples: 4 };
    },
  },
  { name: 'weight/array', prepare: () => ({ weigh: () => ({ amount: 3_000_000, unit: 'bytes' }) }) },
  {
    name: 'weight/typed',
    baseline: 'weight/array',
    ask: { atLeast: 4 },
    prepare: () => ({ weigh: async () => ({ amount: 1_000_000, unit: 'bytes' }) }),
  },
];
