// The lines that a person reads while benches run.

/**
 * A duration in the unit that suits it.
 *
 * @param {number} millis
 */
function showMillis(millis) {
  if (millis >= 1000) return `${(millis / 1000).toFixed(2)} s`;
  if (millis >= 1) return `${millis.toFixed(2)} ms`;
  if (millis >= 0.001) return `${(millis * 1e3).toFixed(2)} µs`;
  return `${(millis * 1e6).toFixed(1)} ns`;
}

/** @param {readonly [name: string, median: string, min: string, iterations: string, note: string]} cells */
function line([name, median, min, iterations, note]) {
  return `${name.padEnd(36)} ${median.padStart(11)} ${min.padStart(11)} ${iterations.padStart(10)}  ${note}`.trimEnd();
}

/** The line above the results. */
export const heading = line(['bench', 'median', 'min', 'iterations', '']);

/** @param {import('./bench-case.ts').BenchResult} result */
export function resultLine({ name, median_ms, min_ms, iterations, note }) {
  return line([name, showMillis(median_ms), showMillis(min_ms), iterations.toLocaleString('en'), note ?? '']);
}
