// Measures one bench case.
import { setImmediate } from 'node:timers/promises';
import { do_not_optimize, measure as measureTime } from 'mitata';

/**
 * @typedef {import('./bench-case.ts').Prepared} Prepared
 * @typedef {import('./bench-case.ts').Weight} Weight
 * @typedef {{ medianMillis: number, minMillis: number, iterations: number, weight?: Weight }} Measure
 */

const minimumNanos = 0.5e9;
const minimumSamples = 5;

/**
 * @param {() => unknown} run
 * @returns {Promise<Measure>}
 */
async function time(run) {
  // The warm-up also tells whether it is asynchronous; mitata's own is a single call, too few for the compiler.
  const warmUpEnds = performance.now() + 200;
  let isAsync = false;
  do {
    const result = run();
    isAsync = result instanceof Promise;
    do_not_optimize(await result);
  } while (performance.now() < warmUpEnds);
  const stats = await measureTime(
    isAsync ? async () => do_not_optimize(await run()) : () => do_not_optimize(run()),
    { min_cpu_time: minimumNanos, min_samples: minimumSamples },
  );
  return { medianMillis: stats.p50 / 1e6, minMillis: stats.min / 1e6, iterations: stats.ticks };
}

/**
 * @param {() => number | Promise<number>} sample
 * @param {number} count
 * @returns {Promise<Measure>}
 */
async function takeSamples(sample, count) {
  await sample();
  const millis = [];
  for (let taken = 0; taken < count; taken++) millis.push(await sample());
  return { medianMillis: median(millis), minMillis: Math.min(...millis), iterations: count };
}

/**
 * @param {readonly number[]} numbers at least one
 * @returns {number}
 */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/**
 * @param {() => Weight | Promise<Weight>} weigh
 * @returns {Promise<Measure>}
 */
async function weighOnce(weigh) {
  const start = performance.now();
  const weight = await weigh();
  const millis = performance.now() - start;
  return { medianMillis: millis, minMillis: millis, iterations: 1, weight };
}

/**
 * @param {Prepared} prepared
 * @returns {Promise<Measure>}
 */
export async function measure(prepared) {
  await setImmediate();
  globalThis.gc?.();
  if ('weigh' in prepared) return weighOnce(() => prepared.weigh());
  if ('sample' in prepared) return takeSamples(() => prepared.sample(), prepared.samples ?? 5);
  return time(() => prepared.run());
}
