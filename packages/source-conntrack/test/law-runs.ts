/** Runs of each law: 200, or `LAWS_RUNS` in long runs; the seed is `LAWS_SEED`. */
const numRuns = Number(process.env.LAWS_RUNS ?? 200);
const seed = process.env.LAWS_SEED === undefined ? {} : { seed: Number(process.env.LAWS_SEED) };

export const lawRuns: { numRuns: number; seed?: number } = { numRuns, ...seed };

/** In long runs parsers of foreign bytes are tried at least so often (issue 5). */
const LONG_FUZZ = 10_000;

/** Runs of the laws of parsers of foreign bytes: so many in short runs, 10,000 or more in long ones. */
export function fuzzRuns(inShortRuns: number): { numRuns: number; seed?: number } {
  const isLong = process.env.LAWS_RUNS !== undefined;
  return { numRuns: Math.max(isLong ? LONG_FUZZ : inShortRuns, numRuns), ...seed };
}
