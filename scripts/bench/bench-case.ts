/**
 * How to write a bench.
 *
 * A bench is a file `packages/<p>/bench/<name>.bench.ts` that exports `benches`. It imports the packages by name and
 * gets what is built (dist/), as a user would:
 *
 * ```ts
 * import { group } from '@ridgeline/core';
 * import type { BenchCase } from '../../../scripts/bench/bench-case.ts';
 *
 * export const benches: readonly BenchCase[] = [
 *   {
 *     name: 'render/group-oracle',
 *     prepare() {
 *       const report = largeReport();                      // not timed
 *       return { run: () => groupByMap(report) };          // timed
 *     },
 *   },
 *   {
 *     name: 'render/group',
 *     baseline: 'render/group-oracle',
 *     ask: { atLeast: 8 },
 *     prepare() {
 *       const report = largeReport();
 *       assertEqual(group(report), groupByMap(report));    // a bench of wrong answers is worth nothing
 *       return { run: () => group(report), note: () => '100,000 endpoints' };
 *     },
 *   },
 * ];
 * ```
 *
 * Each file runs in a process of its own, with `--expose-gc`; its cases run one after the other in the order given,
 * and garbage is collected before each. What a case needs from the others of its file it may share through the
 * module. `npm run bench -- render/` runs the cases whose name begins so: a baseline that is asked for by a case is
 * run with it.
 */
export interface BenchCase {
  /** `area/what`, e.g. `procfs/scan`; unique. */
  readonly name: string;
  /** The name of an earlier case of the same file that this one is compared with. */
  readonly baseline?: string;
  /** What is asked of the ratio to the baseline; whether it was met is printed and noted. */
  readonly ask?: Ask;
  /** Makes ready what is measured. Not part of the measure. */
  prepare(): Prepared | Promise<Prepared>;
}

/** A bound on a ratio: by how much the case must be better than its baseline, or how much worse it may be. */
export type Ask =
  /** baseline ÷ case must be at least this: "8 times as fast", "3 times as small". */
  | { readonly atLeast: number }
  /** case ÷ baseline may be at most this: "1.5 times as long". */
  | { readonly atMost: number };

/** Something ready to be measured, in one of three ways. */
export type Prepared = (Timed | Sampled | Weighed) & {
  /** A few words on the result, asked for after the measure. */
  note?(): string;
  /** Closes what `prepare` opened. Runs after a failure too. */
  dispose?(): void | Promise<void>;
};

/** Timed by the clock: called again and again for at least half a second and five times, after a warm-up. */
export interface Timed {
  /** Its result is kept from being optimised away. */
  run(): unknown;
}

/** Takes its own measure, for what a clock around it cannot see: CPU time, the delay of the event loop. */
export interface Sampled {
  /** Milliseconds of one sample. */
  sample(): number | Promise<number>;
  /** How many samples; default 5. The first of them is preceded by one that is thrown away. */
  readonly samples?: number;
}

/** Weighed once, in a unit of its own. The clock's result is then the time that weighing took. */
export interface Weighed {
  weigh(): Weight | Promise<Weight>;
}

/** A size, e.g. the heap that a value keeps alive. */
export interface Weight {
  readonly amount: number;
  /** E.g. `bytes`. Cases that are compared must agree on it. */
  readonly unit: string;
}

/** One line of the result, as `--json` writes it. */
export interface BenchResult {
  readonly name: string;
  readonly median_ms: number;
  readonly min_ms: number;
  /** How often it ran in the measure. */
  readonly iterations: number;
  readonly note?: string;
}
