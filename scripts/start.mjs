// `npm start`: the command `ridgeline up` from this checkout.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './workspace.mjs';

/**
 * Runs the command in this process: a signal reaches it directly, and whoever waits for this process waits until
 * it has cleaned up.
 *
 * @param {readonly string[]} args further arguments of `ridgeline up`
 */
export async function start(args) {
  const main = join(root, 'packages/cli/dist/main.js');
  process.argv = [process.execPath, main, 'up', ...args];
  await import(pathToFileURL(main).href);
}
