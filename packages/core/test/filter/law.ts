import * as fc from 'fast-check';
import { it } from 'vitest';

/** Runs of each law: 200, or `LAWS_RUNS` in long runs. */
export const lawRuns: number = Number(process.env.LAWS_RUNS ?? 200);

/** A property named by its law; `LAWS_SEED` repeats a run. */
export function law<T extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  // biome-ignore lint/suspicious/noConfusingVoidType: a property may assert or answer
  holds: (...args: T) => boolean | void,
  runs: number = lawRuns,
): void {
  const seed = process.env.LAWS_SEED;
  const settings: fc.Parameters<T> =
    seed === undefined ? { numRuns: runs } : { numRuns: runs, seed: Number(seed) };
  it(`law ${name}`, { timeout: 5000 + runs * 100 }, () => {
    fc.assert(fc.property<T>(...arbitraries, holds), settings);
  });
}
