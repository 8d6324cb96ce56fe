// Checks what every package must have, and that TypeScript is told of the packages as they are.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { membersIn, root } from '../workspace.mjs';
import { packageDirections } from './directions.mjs';

/** @returns {string[]} */
export function readmeProblems() {
  return [...membersIn('packages'), ...membersIn('examples')]
    .filter(({ folder }) => !existsSync(join(root, folder, 'README.md')))
    .map(({ folder }) => `${folder}: no README.md (what it is for, what it may import, one example)`);
}

/**
 * @param {string} config path relative to the root; plain JSON
 * @returns {string[] | undefined} the referenced folders as written; undefined when the file is not there
 */
function references(config) {
  if (!existsSync(join(root, config))) return undefined;
  const { references: entries = [] } = JSON.parse(readFileSync(join(root, config), 'utf8'));
  return entries.map((/** @type {{ path: string }} */ entry) => entry.path);
}

/**
 * @param {string} config
 * @param {readonly string[]} wanted
 */
function referenceProblems(config, wanted) {
  const actual = references(config);
  if (actual === undefined) return [`${config}: not there`];
  const missing = wanted.filter((path) => !actual.includes(path));
  const extra = actual.filter((path) => !wanted.includes(path));
  return [
    ...missing.map((path) => `${config}: no reference to ${path}`),
    ...extra.map((path) => `${config}: a reference to ${path}, which is no package or no dependency`),
  ];
}

/** @param {string} name the short name of a package */
function isPage(name) {
  return packageDirections[name]?.isPage === true;
}

/**
 * A package's references are its dependencies among ours, and the root's are all packages: what is not referenced is
 * not built before it is needed.
 *
 * @returns {string[]}
 */
export function projectReferenceProblems() {
  const members = membersIn('packages');
  const all = members.map(({ folder }) => folder);
  return [
    ...referenceProblems('tsconfig.json', all),
    ...referenceProblems('tsconfig.test.json', all),
    ...members.flatMap(({ folder, shortName, manifest }) => {
      const isBundled = isPage(shortName);
      const ours = Object.keys((isBundled ? manifest.devDependencies : manifest.dependencies) ?? {})
        .filter((name) => name.startsWith('@ridgeline/'))
        .map((name) => name.replace('@ridgeline/', ''));
      const room = packageDirections[shortName]?.packages ?? [];
      // A page's tests may take more than the page does.
      const built = isBundled
        ? ours.filter((name) => room.some((entry) => entry.split('/')[0] === name))
        : ours;
      const wanted = built.filter((name) => !isPage(name)).map((name) => `../${name}`);
      return referenceProblems(`${folder}/tsconfig.json`, wanted);
    }),
  ];
}
