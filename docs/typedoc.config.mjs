// What `npm run docs` writes: the pages of every package that exports something, into docs/dist/.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { membersIn, root } from '../scripts/workspace.mjs';

/**
 * The source files behind a package's entries, as its package.json names them for the `ridgeline-source` condition.
 *
 * @param {import('../scripts/workspace.mjs').Member} member
 */
function sourceEntries({ manifest }) {
  return Object.values(manifest.exports ?? {}).flatMap((entry) =>
    typeof entry === 'object' && entry !== null && 'ridgeline-source' in entry
      ? [String(entry['ridgeline-source'])]
      : [],
  );
}

/** @param {import('../scripts/workspace.mjs').Member} member */
function exportsSomething(member) {
  return sourceEntries(member)
    .map((path) => join(root, member.folder, path))
    .some((path) => existsSync(path) && /\bexport\b(?!\s*\{\s*\})/.test(readFileSync(path, 'utf8')));
}

const documented = membersIn('packages').filter(exportsSomething);

/** @type {import('typedoc').TypeDocOptions} */
export default {
  name: 'Ridgeline',
  entryPointStrategy: 'packages',
  entryPoints: documented.map(({ folder }) => `../${folder}`),
  packageOptions: {
    readme: 'none',
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    sort: ['source-order'],
  },
  out: 'dist',
  readme: 'none',
  disableSources: true,
  treatWarningsAsErrors: true,
};
