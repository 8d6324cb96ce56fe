import { describe, expect, it } from 'vitest';
import { nodeProblem } from '../node-version.mjs';
import { closingLine, countTests } from '../test/run-vitest.mjs';

const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };
const file = (/** @type {string} */ status, /** @type {string[]} */ ...tests) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('the count of tests', () => {
  it('is what vitest says', () => {
    const counts = countTests({
      ...report,
      testResults: [file('passed', 'passed'), file('failed', 'failed', 'passed')],
    });
    expect(counts).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });
  it('counts a file that failed outside of its tests', () => {
    const testResults = [file('failed'), file('failed', 'passed'), file('failed', 'failed')];
    expect(countTests({ ...report, testResults }).failed).toBe(3);
  });
  it('is said in one plain line', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 1, exitCode: 0 })).toBe(
      '3 passed, 0 failed, 1 skipped',
    );
  });
});

describe('the version of Node', () => {
  it('is enough from the one that package.json asks for', () => {
    expect(['20.19.0', '20.20.2', '22.0.0', '24.21.0'].map(nodeProblem)).toEqual(Array(4).fill(undefined));
  });
  it('is refused below, with what to do', () => {
    expect(nodeProblem('20.18.3')).toBe(
      'Ridgeline needs Node >=20.19, and this is 20.18.3. Node 24 is advised.',
    );
    expect(nodeProblem('18.20.0')).toContain('needs Node');
  });
});
