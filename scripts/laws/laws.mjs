// `npm run laws [-- FILTER…]`: only the laws, with many runs. `npm run laws -- --mutants [NAME…]`: whether the laws
// catch small bugs that were put in on purpose.
import { randomInt } from 'node:crypto';
import { runAllMutants } from '../mutants/run-all.mjs';
import { environment } from '../run-command.mjs';
import { closingLine, runVitest } from '../test/run-vitest.mjs';
import { lawFiles } from './law-files.mjs';

/** What fast-check takes as a seed: a signed 32-bit integer; positive ones are easier to type. */
const seedLimit = 2 ** 31;

/**
 * Vitest's arguments for the filters: an id of a law (`B1`, `procfs-1`) selects by name, anything else by a part of the path.
 *
 * @param {readonly string[]} filters
 */
export function selectLaws(filters) {
  const ids = filters.filter((filter) => /^([A-Z]|[a-z]+-)\d+$/.test(filter));
  const paths = filters.filter((filter) => !ids.includes(filter));
  const files = lawFiles().filter((file) => paths.length === 0 || paths.some((path) => file.includes(path)));
  return { files, names: ids.length > 0 ? ['-t', `\\blaw (${ids.join('|')})\\b`] : [] };
}

/**
 * @param {readonly string[]} args `--mutants`, filters (`B1`, `core`, `merge.laws`), or vitest's own flags.
 *   LAWS_RUNS (default 2000) and LAWS_SEED (default: drawn, and printed) are taken from the environment.
 * @returns {Promise<number>} the exit code
 */
export async function laws(args) {
  const filters = args.filter((arg) => !arg.startsWith('-'));
  if (args.includes('--mutants')) return runAllMutants(filters);

  const runs = process.env.LAWS_RUNS ?? '2000';
  const seed = process.env.LAWS_SEED ?? String(randomInt(seedLimit));
  const { files, names } = selectLaws(filters);
  if (files.length === 0) {
    console.error(
      filters.length > 0 ? `no file of laws matches ${filters.join(' ')}` : 'there is no file of laws',
    );
    return 1;
  }
  console.log(`${files.length} files of laws, LAWS_RUNS=${runs}, LAWS_SEED=${seed}`);
  const counts = runVitest(
    // Thousands of runs take minutes, and that is no failure.
    [
      '--project',
      'unit',
      '--testTimeout=1800000',
      ...names,
      ...args.filter((arg) => arg.startsWith('-')),
      ...files,
    ],
    { env: { ...environment, LAWS_RUNS: runs, LAWS_SEED: seed } },
  );
  if (counts.exitCode !== 0) {
    console.log(
      `to repeat: LAWS_RUNS=${runs} LAWS_SEED=${seed} npm run laws -- ${filters.join(' ')}`.trimEnd(),
    );
  }
  console.log(closingLine(counts));
  return counts.exitCode;
}
