// Loads the tables of mutants: each `*.mutants.mjs` in a folder exports `mutants`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @typedef {import('./mutant.ts').Mutant} Mutant */

/** The folder of the project's own tables. */
export const ownTables = fileURLToPath(new URL('.', import.meta.url));

/**
 * @param {string} folder
 * @returns {Promise<readonly Mutant[]>}
 * @throws {Error} when two mutants have one name
 */
export async function loadMutants(folder) {
  /** @type {Map<string, Mutant>} */
  const byName = new Map();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.mutants.mjs')) continue;
    /** @type {{ mutants: readonly Mutant[] }} */
    const table = await import(pathToFileURL(join(folder, file)).href);
    for (const mutant of table.mutants) {
      if (byName.has(mutant.name)) throw new Error(`two mutants are called ${mutant.name}`);
      byName.set(mutant.name, mutant);
    }
  }
  return [...byName.values()];
}
