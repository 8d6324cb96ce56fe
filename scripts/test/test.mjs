// `npm test [-- vitest's arguments]`: types, then every test.
import { installed, run } from '../run-command.mjs';
import { closingLine, runVitest } from './run-vitest.mjs';
import { provideSystemTools } from './system-tools.mjs';

/**
 * @param {readonly string[]} args e.g. `packages/core`, `--coverage`, `-t 'law B1'`
 * @returns {number} the exit code
 */
export function test(args) {
  provideSystemTools();
  const typesExit = run(installed('tsc'), ['-p', 'tsconfig.test.json']);
  if (typesExit !== 0) {
    console.error('\nthe tests do not type-check; none was run');
    console.log(closingLine({ passed: 0, failed: 0, skipped: 0, exitCode: typesExit }));
    return typesExit;
  }
  const counts = runVitest(args);
  console.log(closingLine(counts));
  return counts.exitCode;
}
