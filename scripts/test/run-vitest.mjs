// Runs vitest and counts what it did.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run-command.mjs';
import { root } from '../workspace.mjs';

/**
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed tests that failed, and files that failed outside of any test (a wrong import, say)
 * @property {number} skipped
 * @property {number} exitCode 0 only when nothing failed and at least one test passed
 */

/**
 * @typedef {object} VitestReport the parts of vitest's JSON report that are read here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { status: string, assertionResults: readonly { status: string }[] }[]} testResults by file
 */

/**
 * @param {VitestReport} report
 * @returns {Omit<TestCounts, 'exitCode'>}
 */
export function countTests(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Runs vitest once over the given projects and files, its progress shown file by file.
 *
 * @param {readonly string[]} args vitest's own
 * @param {{ env?: NodeJS.ProcessEnv, runNode?: (args: readonly string[], options: { env?: NodeJS.ProcessEnv }) => number }} [options]
 *   `runNode` starts Node with the given arguments; by default the Node that runs this
 * @returns {TestCounts}
 */
export function runVitest(args, { env, runNode } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ridgeline-test-'));
  const report = join(folder, 'report.json');
  const start = runNode ?? ((nodeArgs, options) => run(process.execPath, nodeArgs, options));
  try {
    const vitestExit = start(
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ],
      env === undefined ? {} : { env },
    );
    const counts = existsSync(report)
      ? countTests(JSON.parse(readFileSync(report, 'utf8')))
      : { passed: 0, failed: 0, skipped: 0 };
    if (counts.passed + counts.failed === 0) console.error('no test ran');
    return { ...counts, exitCode: vitestExit || (counts.passed > 0 && counts.failed === 0 ? 0 : 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The line that closes a test run, for people and for machines.
 *
 * @param {TestCounts} counts
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
