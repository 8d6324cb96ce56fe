// Bundles the page, when something that it is made of has changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed, mustRun } from './run-command.mjs';
import { filesBelow, root } from './workspace.mjs';

const page = 'packages/web/dist/page';
const stamp = join(root, 'packages/web/dist/.page-built-with');

/** The packages that the page is made of. */
const packages = ['web', 'client', 'diagram', 'core'];

/** All that a bundle depends on: the sources, the settings, the tools' versions. */
function sourceFingerprint() {
  const hash = createHash('sha256');
  const paths = [
    ...packages.flatMap((name) => filesBelow(`packages/${name}/src`, ['.ts', '.tsx', '.css'])),
    ...packages.map((name) => `packages/${name}/package.json`),
    ...filesBelow('packages/web/public', ['']),
    'packages/web/index.html',
    'packages/web/vite.config.ts',
    'pnpm-lock.yaml',
  ];
  for (const path of paths) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/** Makes `packages/web/dist/page`; a second time in a row it only reads the sources. */
export function buildPage() {
  const wanted = sourceFingerprint();
  const isThere = existsSync(join(root, page, 'index.html')) && existsSync(stamp);
  if (isThere && readFileSync(stamp, 'utf8') === wanted) return;
  mustRun(installed('vite'), ['build', 'packages/web', '--logLevel', 'warn']);
  writeFileSync(stamp, wanted);
}
