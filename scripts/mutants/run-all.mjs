// `npm run laws -- --mutants [NAME…]`: every mutant must be caught by a law.
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from '../workspace.mjs';
import { mutate } from './mutate.mjs';
import { runLaws } from './run-mutant.mjs';
import { loadMutants, ownTables } from './tables.mjs';

/**
 * @typedef {import('./mutant.ts').Mutant} Mutant
 * @typedef {import('./run-mutant.mjs').LawRun} LawRun
 * @typedef {{ caught: boolean, line: string }} Verdict
 */

/**
 * What is wrong with the tables themselves: edits that no longer fit their file, laws that are not there.
 *
 * @param {readonly Mutant[]} mutants
 * @param {string} folder
 * @returns {string[]}
 */
export function staleMutants(mutants, folder) {
  return mutants.flatMap((mutant) => {
    const missing = mutant.laws.filter((file) => !existsSync(join(folder, file)));
    const problems = missing.map((file) => `${mutant.name}: there is no file of laws ${file}`);
    if (mutant.laws.length === 0) problems.push(`${mutant.name}: names no file of laws`);
    try {
      mutate(mutant, readFileSync(join(folder, mutant.file), 'utf8'));
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
    return problems;
  });
}

/**
 * Whether the laws catch one mutant. Only a law counts: a mutant that does not load, or that an example alone
 * notices, shows nothing about the laws.
 *
 * @param {Mutant} mutant
 * @param {LawRun} how
 * @returns {Promise<Verdict>}
 */
async function tryMutant(mutant, how) {
  const { outcome, failedLaws, otherFailures, wasLoaded } = await runLaws(mutant.laws, how, mutant.name);
  const survived = (/** @type {string} */ why) => ({
    caught: false,
    line: `SURVIVED ${mutant.name}: ${why}`,
  });
  if (!wasLoaded) return survived(`its laws never load ${mutant.file}`);
  if (outcome === 'endless') return survived(`its laws did not end within ${how.limitMillis / 1000} s`);
  if (failedLaws[0] !== undefined) return { caught: true, line: `caught ${mutant.name} by ${failedLaws[0]}` };
  if (otherFailures[0] !== undefined)
    return survived(`only this noticed it, and it is no law: ${otherFailures[0]}`);
  return survived(`all of ${mutant.laws.join(', ')} passed`);
}

/**
 * Tries mutants, a few at a time, and prints a line for each as it comes.
 *
 * @param {readonly Mutant[]} mutants
 * @param {LawRun} how
 * @param {(line: string) => void} print
 * @returns {Promise<number>} how many survived
 */
export async function tryMutants(mutants, how, print) {
  const waiting = [...mutants];
  let survivors = 0;
  const worker = async () => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const { caught, line } = await tryMutant(mutant, how);
      if (!caught) survivors++;
      print(line);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), mutants.length) }, worker));
  return survivors;
}

/**
 * @param {readonly string[]} filters parts of names; none: all mutants
 * @returns {Promise<number>} the exit code
 */
export async function runAllMutants(filters) {
  const all = await loadMutants(ownTables);
  const mutants = all.filter(
    ({ name }) => filters.length === 0 || filters.some((part) => name.includes(part)),
  );
  if (mutants.length === 0) {
    console.error(
      all.length === 0 ? 'there are no mutants' : `no mutant is called like ${filters.join(' ')}`,
    );
    return 1;
  }
  const stale = staleMutants(mutants, root);
  for (const message of stale) console.error(message);
  if (stale.length > 0) return 1;

  // One seed for all, so that a mutant that is caught today is caught tomorrow.
  /** @type {LawRun} */
  const how = {
    root,
    vitestArgs: ['--project', 'unit'],
    runs: process.env.LAWS_RUNS ?? '200',
    seed: process.env.LAWS_SEED ?? '1',
    limitMillis: 180_000,
  };
  const files = [...new Set(mutants.flatMap((mutant) => mutant.laws))];
  const sound = await runLaws(files, how);
  if (sound.outcome !== 'passed') {
    const why = [...sound.failedLaws, ...sound.otherFailures].join('\n  ');
    console.error(`the laws do not pass on the sources as they are, so they show nothing:\n  ${why}`);
    return 1;
  }
  console.log(
    `${mutants.length} mutants, LAWS_RUNS=${how.runs}, LAWS_SEED=${how.seed}; unchanged, the laws pass`,
  );
  const survivors = await tryMutants(mutants, how, console.log);
  console.log(`${mutants.length - survivors} caught, ${survivors} survived`);
  return survivors === 0 ? 0 : 1;
}
