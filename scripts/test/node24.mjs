// `node scripts/dev.mjs test:node24`: the unit tests on Node 24, whose binary comes as an npm package.
import { run } from '../run-command.mjs';
import { closingLine, runVitest } from './run-vitest.mjs';
import { provideSystemTools } from './system-tools.mjs';

const binary = `node-${process.platform}-${process.arch}@24.21.0`;

/**
 * @param {readonly string[]} args vitest's own
 * @returns {number} the exit code
 */
export function testOnNode24(args) {
  // This may be the first run of tests on a new machine.
  provideSystemTools();
  const counts = runVitest(['--project', 'unit', ...args], {
    runNode: (nodeArgs, options) =>
      run(
        'npm',
        ['exec', '--yes', '--loglevel=error', `--package=${binary}`, '--', 'node', ...nodeArgs],
        options,
      ),
  });
  console.log(`on ${binary}: ${closingLine(counts)}`);
  return counts.exitCode;
}
