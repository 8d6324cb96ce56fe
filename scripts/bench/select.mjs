// Chooses which cases of a file run.

/** @typedef {import('./bench-case.ts').BenchCase} BenchCase */

/**
 * The cases whose name begins with one of the prefixes, and the baselines they are compared with, in the file's
 * order.
 *
 * @param {readonly BenchCase[]} benches
 * @param {readonly string[]} prefixes none: all cases
 * @returns {BenchCase[]}
 * @throws {Error} when a name is there twice, or a baseline does not come before the case that is compared with it
 */
export function selectBenches(benches, prefixes) {
  /** @type {Map<string, BenchCase>} */
  const earlier = new Map();
  /** @type {Set<BenchCase>} */
  const selected = new Set();
  for (const bench of benches) {
    if (earlier.has(bench.name)) throw new Error(`two benches are called ${bench.name}`);
    const baseline = bench.baseline === undefined ? undefined : earlier.get(bench.baseline);
    if (bench.baseline !== undefined && baseline === undefined) {
      throw new Error(`${bench.name}: no bench before it is called ${bench.baseline}`);
    }
    earlier.set(bench.name, bench);
    if (prefixes.length > 0 && !prefixes.some((prefix) => bench.name.startsWith(prefix))) continue;
    for (let needed = baseline; needed; needed = needed.baseline ? earlier.get(needed.baseline) : undefined) {
      selected.add(needed);
    }
    selected.add(bench);
  }
  return benches.filter((bench) => selected.has(bench));
}
