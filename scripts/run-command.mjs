// Runs other programs in the workspace's root: what every command does, in one way.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './workspace.mjs';

/**
 * This process's environment without what npm adds to it: npm exports its own settings as `npm_*` variables and
 * pnpm would read some of them. The folders of system tools are appended, since a plain user's PATH lacks them.
 */
export const environment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config|package|lifecycle)_/i.test(name)),
  ),
  PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`,
};

/** Ends a command early; `dev.mjs` turns it into the exit code. What went wrong has been said already. */
export class CommandFailed extends Error {
  /** @param {number} exitCode */
  constructor(exitCode) {
    super(`a command failed with exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a program to its end, its output passed through, its input closed (nothing here asks questions).
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 * @returns {number} its exit code; 1 when a signal ended it
 */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/**
 * As {@link run}, but a failure ends the whole command.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function mustRun(program, args, options) {
  const exitCode = run(program, args, options);
  if (exitCode !== 0) throw new CommandFailed(exitCode);
}

/**
 * The path of a program that the workspace installs.
 *
 * @param {string} name
 */
export function installed(name) {
  return join(root, 'node_modules/.bin', name);
}
