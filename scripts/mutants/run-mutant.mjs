// Runs the laws against one mutant and says what came of it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment, installed } from '../run-command.mjs';

/**
 * @typedef {object} LawRun where and how laws are run
 * @property {string} root the folder that the mutants' paths are relative to
 * @property {readonly string[]} vitestArgs e.g. `--project unit`
 * @property {string} runs how many runs a law gets
 * @property {string} seed
 * @property {number} limitMillis after it, a run is ended: a mutant may loop for ever
 *
 * @typedef {object} LawResult
 * @property {'passed' | 'failed' | 'broken' | 'endless'} outcome `broken`: the run ended without one test's result
 * @property {readonly string[]} failedLaws full titles of the failed tests that are laws
 * @property {readonly string[]} otherFailures messages of what failed besides
 * @property {boolean} wasLoaded whether the mutated file was loaded at all
 */

/**
 * @param {string} report vitest's JSON report, perhaps not there
 * @returns {Omit<LawResult, 'wasLoaded'>}
 */
function readReport(report) {
  if (!existsSync(report))
    return { outcome: 'broken', failedLaws: [], otherFailures: ['vitest wrote no report'] };
  /** @type {{ testResults: { message: string, status: string, assertionResults: { status: string, title: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const tests = testResults.flatMap((file) => file.assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed').map(({ title }) => title);
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  const isLaw = (/** @type {string} */ title) => title.startsWith('law ');
  const otherFailures = [
    ...failed.filter((title) => !isLaw(title)),
    ...brokenFiles.map(({ message }) => message.split('\n')[0] ?? ''),
  ];
  const ran = tests.some(({ status }) => status === 'passed' || status === 'failed');
  const outcome = !ran ? 'broken' : failed.length + brokenFiles.length > 0 ? 'failed' : 'passed';
  return { outcome, failedLaws: failed.filter(isLaw), otherFailures };
}

/**
 * Runs files of laws, once, quietly.
 *
 * @param {readonly string[]} files relative to the root
 * @param {LawRun} how
 * @param {string} [mutant] the name of the mutant to put in; none: the sources as they are
 * @returns {Promise<LawResult>}
 */
export async function runLaws(files, how, mutant) {
  const folder = mkdtempSync(join(tmpdir(), 'ridgeline-mutant-'));
  const report = join(folder, 'report.json');
  const log = join(folder, 'loaded');
  const env = { ...environment, LAWS_RUNS: how.runs, LAWS_SEED: how.seed, RIDGELINE_MUTANT_LOG: log };
  const child = spawn(
    installed('vitest'),
    ['run', ...how.vitestArgs, '--bail=1', '--reporter=json', `--outputFile=${report}`, ...files],
    {
      cwd: how.root,
      env: mutant === undefined ? env : { ...env, RIDGELINE_MUTANT: mutant },
      stdio: 'ignore',
      // A group of its own, so that its workers end with it: a worker in an endless loop hears no message.
      detached: true,
    },
  );
  let endless = false;
  const limit = setTimeout(() => {
    endless = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, how.limitMillis);
  try {
    await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    const result = readReport(report);
    return { ...result, outcome: endless ? 'endless' : result.outcome, wasLoaded: existsSync(log) };
  } finally {
    clearTimeout(limit);
    rmSync(folder, { recursive: true, force: true });
  }
}
