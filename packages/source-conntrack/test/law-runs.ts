/** Runs of each law: 200, or `LAWS_RUNS` in long runs; the seed is `LAWS_SEED`. */
const numRuns = Number(process.env.LAWS_RUNS ?? 200);
const seed = process.env.LAWS_SEED === undefined ? {} : { seed: Number(process.env.LAWS_SEED) };

export const lawRuns: { numRuns: number; seed?: number } = { numRuns, ...seed };

/** Parsers of foreign bytes are tried at least this often, in short runs too (issue 5). */
export function fuzzRuns(atLeast: number): { numRuns: number; seed?: number } {
  return { numRuns: Math.max(atLeast, numRuns), ...seed };
}
