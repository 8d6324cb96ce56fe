// Compiles every package, and bundles the page.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPage } from './build-page.mjs';
import { installed, mustRun } from './run-command.mjs';
import { membersIn, root } from './workspace.mjs';

const stamp = join(root, 'node_modules/.built-with');

/** The compiler's settings: after a change to them an incremental build keeps files made with the old ones. */
function settingsFingerprint() {
  const hash = createHash('sha256');
  const configs = membersIn('packages').map(({ folder }) => `${folder}/tsconfig.json`);
  for (const path of ['tsconfig.base.json', 'pnpm-lock.yaml', ...configs]) {
    if (existsSync(join(root, path))) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/**
 * Builds what has changed; a second time in a row this takes about a second.
 *
 * @param {readonly string[]} [args] passed to `tsc -b`
 */
export function build(args = []) {
  const wanted = settingsFingerprint();
  const force = existsSync(stamp) && readFileSync(stamp, 'utf8') !== wanted ? ['--force'] : [];
  mustRun(installed('tsc'), ['-b', ...force, ...args]);
  writeFileSync(stamp, wanted);
  buildPage();
}
