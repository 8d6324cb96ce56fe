// Runs bench files, each in a process of its own.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../run-command.mjs';
import { root } from '../workspace.mjs';

/** @typedef {import('./bench-case.ts').BenchResult} BenchResult */

const program = fileURLToPath(new URL('run-file.mjs', import.meta.url));

/**
 * @param {string} file relative to the root
 * @param {readonly string[]} prefixes
 * @param {(result: BenchResult) => void} onResult
 * @param {'inherit' | 'ignore'} errorOutput
 * @returns {Promise<boolean>} whether all its cases ran
 */
function runFile(file, prefixes, onResult, errorOutput) {
  const child = fork(program, [join(root, file), ...prefixes], {
    cwd: root,
    env: environment,
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', errorOutput, 'ipc'],
  });
  child.on('message', (result) => onResult(/** @type {BenchResult} */ (result)));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode) => resolve(exitCode === 0));
  });
}

/**
 * @param {readonly string[]} files relative to the root
 * @param {readonly string[]} prefixes of the names of cases; none: all
 * @param {(result: BenchResult) => void} onResult called as each result comes
 * @param {'inherit' | 'ignore'} [errorOutput] where the stack of a case that throws goes; the terminal by default
 * @returns {Promise<{ results: BenchResult[], failedFiles: string[] }>}
 */
export async function runFiles(files, prefixes, onResult, errorOutput = 'inherit') {
  /** @type {BenchResult[]} */
  const results = [];
  const failedFiles = [];
  for (const file of files) {
    const ran = await runFile(
      file,
      prefixes,
      (result) => {
        results.push(result);
        onResult(result);
      },
      errorOutput,
    );
    if (!ran) failedFiles.push(file);
  }
  return { results, failedFiles };
}
