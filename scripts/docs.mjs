// `npm run docs`: the API pages, any warning an error.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './run-command.mjs';
import { root } from './workspace.mjs';

/** Writes docs/dist/. */
export function docs() {
  const folder = join(root, 'docs');
  // TypeDoc runs on its own TypeScript, an older one than the workspace's: see docs/decisions.
  mustRun(join(folder, 'node_modules/.bin/typedoc'), [], { cwd: folder });
  const index = join(folder, 'dist/index.html');
  if (!existsSync(index) || statSync(index).size === 0)
    throw new Error('typedoc wrote no docs/dist/index.html');
}
