// Runs the cases of one bench file and sends each result to the parent as it comes: bench.mjs starts this in a
// process of its own for each file, so that no file meets another's garbage or its compiled code.
// Arguments: the file, then the prefixes of names.
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compare } from './compare.mjs';
import { measure } from './measure.mjs';
import { selectBenches } from './select.mjs';

/**
 * @typedef {import('./bench-case.ts').BenchCase} BenchCase
 * @typedef {import('./bench-case.ts').BenchResult} BenchResult
 * @typedef {import('./measure.mjs').Measure} Measure
 */

register('./typescript-hook.mjs', import.meta.url);
const [file = '', ...prefixes] = process.argv.slice(2);

/** @param {import('./bench-case.ts').Weight} weight */
function showWeight({ amount, unit }) {
  return unit === 'bytes' ? `${(amount / 1e6).toFixed(2)} MB` : `${amount.toLocaleString('en')} ${unit}`;
}

/**
 * @param {BenchCase} bench
 * @param {ReadonlyMap<string, Measure>} earlier measures by name
 * @returns {Promise<[Measure, BenchResult]>}
 */
async function runBench(bench, earlier) {
  const prepared = await bench.prepare();
  try {
    const measured = await measure(prepared);
    const baseline = bench.baseline === undefined ? undefined : earlier.get(bench.baseline);
    const notes = [
      measured.weight && showWeight(measured.weight),
      baseline && compare(measured, baseline, bench.baseline ?? '', bench.ask),
      prepared.note?.(),
    ].filter(Boolean);
    const result = {
      name: bench.name,
      median_ms: measured.medianMillis,
      min_ms: measured.minMillis,
      iterations: measured.iterations,
      ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
    };
    return [measured, result];
  } finally {
    await prepared.dispose?.();
  }
}

/** @type {{ benches?: readonly BenchCase[] }} */
const { benches } = await import(pathToFileURL(file).href);
if (!Array.isArray(benches)) throw new Error(`${file} does not export benches`);
/** @type {Map<string, Measure>} */
const measures = new Map();
for (const bench of selectBenches(benches, prefixes)) {
  const [measured, result] = await runBench(bench, measures);
  measures.set(bench.name, measured);
  process.send?.(result);
}
process.disconnect?.();
