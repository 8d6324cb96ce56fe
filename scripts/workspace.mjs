// Where the workspace is and what stands in it. Uses Node alone: it runs before anything is installed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the workspace, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {object} Manifest the parts of a package.json that the scripts read
 * @property {string} name
 * @property {boolean} [private]
 * @property {{ node?: string }} [engines]
 * @property {string} [packageManager]
 * @property {Record<string, unknown>} [exports]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [peerDependencies]
 *
 * @typedef {object} Member a package of the workspace
 * @property {string} folder relative to the root, e.g. `packages/core`
 * @property {string} shortName the last part of the folder, e.g. `core`
 * @property {Manifest} manifest
 */

/**
 * @param {string} path relative to the root
 * @returns {Manifest}
 */
export function readManifest(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/**
 * The packages in one folder of the workspace, by name.
 *
 * @param {'packages' | 'examples'} parent
 * @returns {Member[]}
 */
export function membersIn(parent) {
  if (!existsSync(join(root, parent))) return [];
  return readdirSync(join(root, parent))
    .sort()
    .filter((name) => existsSync(join(root, parent, name, 'package.json')))
    .map((shortName) => {
      const folder = `${parent}/${shortName}`;
      return { folder, shortName, manifest: readManifest(`${folder}/package.json`) };
    });
}

/**
 * All files below a folder whose name ends in one of the given ways, but for installed and built ones.
 *
 * @param {string} folder relative to the root; one that is not there has no files
 * @param {readonly string[]} endings
 * @returns {string[]} paths relative to the root, sorted
 */
export function filesBelow(folder, endings) {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(node_modules|dist|coverage)\//.test(path))
    .sort();
}
