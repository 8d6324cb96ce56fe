import type { Comparison } from './case.ts';
import { compare, eachLeaf } from './compare.ts';
import type { ConformanceFolder } from './folder.ts';
import type { Json } from './json.ts';
import { casesOf, type Selection } from './run.ts';

/** How many values are changed, and how many of the changes must be noticed. */
const CHANGES = 1000;
const NOTICED_AT_LEAST = 0.99;

/**
 * Tests the runner itself: changes values of the expectations in memory, one at a time, and looks whether their case then
 * fails. A change that goes unnoticed is a value that is said to be compared and is not.
 *
 * @returns whether enough changes were noticed
 */
export function selfTest(
  folder: ConformanceFolder,
  selection: Selection,
  print: (line: string) => void,
  seed = 1,
): boolean {
  const total = countLeaves(folder, selection);
  const random = randomFrom(seed);
  const chosen = new Set<number>();
  while (chosen.size < Math.min(CHANGES, total)) chosen.add(Math.floor(random() * total));
  let index = 0;
  let noticed = 0;
  for (const one of casesOf(folder, selection)) {
    for (const comparison of comparedWith(one.comparisons)) {
      const targets: { path: string; value: Json; replace: (by: Json) => void }[] = [];
      eachLeaf(comparison.expected, comparison.options ?? {}, (path, value, replace) => {
        if (chosen.has(index++)) targets.push({ path, value, replace });
      });
      if (targets.length === 0) continue;
      const actual = comparison.actual();
      for (const { path, value, replace } of targets) {
        replace(changed(value));
        const fails = compare(comparison.expected, actual, comparison.options).length > 0;
        replace(value);
        if (fails) noticed++;
        else print(`unnoticed: ${one.kind} ${one.name} ${one.part} ${comparison.at}${path}`);
      }
    }
  }
  print(`self-test: ${noticed} of ${chosen.size} changed values were noticed (seed ${seed})`);
  return chosen.size > 0 && noticed >= chosen.size * NOTICED_AT_LEAST;
}

function comparedWith(comparisons: readonly Comparison[]): readonly Comparison[] {
  return comparisons.filter((comparison) => comparison.derived !== true);
}

function countLeaves(folder: ConformanceFolder, selection: Selection): number {
  let total = 0;
  for (const one of casesOf(folder, selection)) {
    for (const { expected, options = {} } of comparedWith(one.comparisons)) {
      eachLeaf(expected, options, () => {
        total++;
      });
    }
  }
  return total;
}

/** Another value of the same kind; a number far enough away to differ when it is large. */
function changed(value: Json): Json {
  switch (typeof value) {
    case 'string':
      return `${value}x`;
    case 'number':
      return value * 2 + 1;
    case 'boolean':
      return !value;
    default:
      return 'x';
  }
}

/** A small generator of even numbers in 0..1 (mulberry32): the same changes for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
