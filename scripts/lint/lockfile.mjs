// The lockfile must name no host: it has to install from whichever registry a machine is set to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.mjs';

/** @returns {string[]} */
export function lockfileProblems() {
  return readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
    .split('\n')
    .flatMap((text, index) =>
      /https?:\/\/|tarball:/.test(text) ? [`pnpm-lock.yaml:${index + 1}: names a host: ${text.trim()}`] : [],
    );
}
