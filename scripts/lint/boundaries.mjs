// Checks every import of packages/*/src, and every dependency of a package, against the table in directions.mjs.
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { filesBelow, membersIn, root } from '../workspace.mjs';
import {
  confinedModules,
  coreLeaves,
  coreOrder,
  coreTypeReaders,
  oneFileModules,
  packageDirections,
} from './directions.mjs';
import { readImports } from './read-imports.mjs';

/** @typedef {import('./read-imports.mjs').Import} Import */

/**
 * @param {readonly string[]} allowed rows of the table: `core`, `core/wire`
 * @param {string} wanted a package or an entry of it
 */
const isAllowed = (allowed, wanted) =>
  allowed.some((entry) => wanted === entry || (!entry.includes('/') && wanted.startsWith(`${entry}/`)));

/**
 * The room of core/src that a path is in: a folder, or a file at the top.
 *
 * @param {string} path relative to core/src
 */
const roomOf = (path) => (path.split('/')[0] ?? '').replace(/\.ts$/, '');

/**
 * Why one room of core may not import another; undefined when it may.
 *
 * @param {string} importer
 * @param {string} imported
 * @param {boolean} typesOnly
 */
function coreProblem(importer, imported, typesOnly) {
  if (importer === imported || importer === 'index') return undefined;
  const isLeaf = (/** @type {string} */ room) => coreLeaves.includes(room);
  if (isLeaf(imported) || (typesOnly && coreTypeReaders.includes(importer))) return undefined;
  if (isLeaf(importer)) return `core's ${importer} is a leaf: it may import ${coreLeaves.join(', ')} only`;
  const [from, to] = [coreOrder.indexOf(importer), coreOrder.indexOf(imported)];
  for (const [room, place] of /** @type {const} */ ([
    [importer, from],
    [imported, to],
  ])) {
    if (place < 0) return `core has no room called ${room} (scripts/lint/directions.mjs lists them)`;
  }
  return to < from ? undefined : `in core, ${importer} may not import ${imported}: ${coreOrder.join(' ◄ ')}`;
}

/**
 * What is wrong with one import; undefined when nothing is.
 *
 * @param {string} owner the importing package
 * @param {string} path the importing file, relative to the package's src/
 * @param {Import} imported
 * @returns {string | undefined}
 */
export function importProblem(owner, path, { from, typesOnly }) {
  const room = packageDirections[owner];
  if (room === undefined) return `the package ${owner} has no row in scripts/lint/directions.mjs`;
  if (from.startsWith('.')) {
    const target = posix.join(posix.dirname(path), from);
    if (target.startsWith('..')) return `${from} leaves src/: import another package by its name`;
    return owner === 'core' ? coreProblem(roomOf(path), roomOf(target), typesOnly) : undefined;
  }
  if (from.startsWith('@ridgeline/')) {
    const wanted = from.slice('@ridgeline/'.length);
    if (isAllowed(room.packages, wanted)) return undefined;
    return `${owner} may not import ${wanted}; it may import ${room.packages.join(', ') || 'no package of ours'}`;
  }
  if (isBuiltin(from))
    return room.node ? undefined : `${owner} may not use Node's ${from}: it runs in a browser too`;
  const [name = ''] = from.split('/');
  const homes = confinedModules[name];
  if (homes !== undefined && !homes.includes(owner))
    return `${name} may be imported by ${homes.join(', ')} only`;
  if (name === 'rxjs' && owner === 'core' && !typesOnly && roomOf(path) !== 'live') {
    return 'in core, only live may import rxjs; everything below takes its types alone (import type)';
  }
  return undefined;
}

/**
 * @param {import('../workspace.mjs').Member} member
 * @returns {string[]}
 */
function dependencyProblems({ folder, shortName, manifest }) {
  const allowed = packageDirections[shortName]?.packages ?? [];
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter((name) => name.startsWith('@ridgeline/'))
    .map((name) => name.slice('@ridgeline/'.length))
    .filter((name) => !allowed.some((entry) => entry.split('/')[0] === name))
    .map((name) => `${folder}/package.json: ${shortName} may not depend on ${name}`);
}

/** @returns {string[]} the violations, as `file:line: what` */
export function boundaryProblems() {
  const problems = [];
  for (const member of membersIn('packages')) {
    problems.push(...dependencyProblems(member));
    /** @type {Map<string, Set<string>>} */
    const importers = new Map(oneFileModules.map((name) => [name, new Set()]));
    const src = `${member.folder}/src`;
    for (const file of filesBelow(src, ['.ts', '.tsx'])) {
      const { imports, impureUses } = readImports(file, readFileSync(join(root, file), 'utf8'));
      for (const imported of imports) {
        importers.get(imported.from)?.add(file);
        const problem = importProblem(member.shortName, posix.relative(src, file), imported);
        if (problem) problems.push(`${file}:${imported.line}: ${problem}`);
      }
      const room = packageDirections[member.shortName];
      if (room?.node !== false || room.isPage === true) continue;
      for (const { what, line } of impureUses) {
        problems.push(
          `${file}:${line}: ${member.shortName} is pure: take the value of ${what} as an argument`,
        );
      }
    }
    for (const [name, files] of importers) {
      if (files.size > 1)
        problems.push(`${name} is imported by more than one file: ${[...files].join(', ')}`);
    }
  }
  return problems;
}
