// `npm run lint`: every check that reads code instead of running it. All of them run, then all that failed are named.
import { installed, run } from '../run-command.mjs';
import { boundaryProblems } from './boundaries.mjs';
import { linkProblems } from './links.mjs';
import { lockfileProblems } from './lockfile.mjs';
import { projectReferenceProblems, readmeProblems } from './package-folders.mjs';
import { pageSizeProblems } from './page-size.mjs';
import { publishProblems } from './publish.mjs';
import { debtProblems, lengthProblems } from './source-files.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {() => boolean | Promise<boolean>} passes prints what is wrong
 */

/**
 * A check by a program that the workspace installs.
 *
 * @param {string} name
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Check}
 */
const byProgram = (name, program, args) => ({ name, passes: () => run(installed(program), args) === 0 });

/**
 * A check of our own.
 *
 * @param {string} name
 * @param {() => readonly string[] | Promise<readonly string[]>} findProblems
 * @returns {Check}
 */
const byProblems = (name, findProblems) => ({
  name,
  passes: async () => {
    const problems = await findProblems();
    for (const problem of problems) console.error(problem);
    return problems.length === 0;
  },
});

/** @type {readonly Check[]} */
const checks = [
  byProgram('format, style, cycles (biome)', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']),
  byProgram('types and promises (oxlint)', 'oxlint', [
    '--type-aware',
    '--deny-warnings',
    'packages',
    'scripts',
  ]),
  byProgram('types of the scripts (tsc)', 'tsc', ['-p', 'tsconfig.scripts.json']),
  byProgram('unused files, exports, dependencies (knip)', 'knip', ['--no-progress', '--no-config-hints']),
  byProblems('who may import whom', boundaryProblems),
  byProblems('project references', projectReferenceProblems),
  byProblems('a README in every package', readmeProblems),
  byProblems('links between pages', linkProblems),
  byProblems('length of files', () => {
    const { problems, remarks } = lengthProblems();
    for (const remark of remarks) console.log(`(long) ${remark}`);
    return problems;
  }),
  byProblems('nothing left for later', debtProblems),
  byProblems('no host in the lockfile', lockfileProblems),
  byProblems('weight of the page', pageSizeProblems),
  byProblems('packages as published (publint)', publishProblems),
];

/** @returns {Promise<number>} the exit code */
export async function lint() {
  const failed = [];
  for (const { name, passes } of checks) {
    const start = performance.now();
    const passed = await passes();
    console.log(
      `${passed ? 'ok    ' : 'FAILED'} ${name} ${((performance.now() - start) / 1000).toFixed(1)} s`,
    );
    if (!passed) failed.push(name);
  }
  console.log(failed.length === 0 ? 'lint: all checks passed' : `lint: failed: ${failed.join('; ')}`);
  return failed.length === 0 ? 0 : 1;
}
