// A vitest plugin that puts one mutant into the sources under test, in memory. It does nothing unless the
// environment names one: RIDGELINE_MUTANT=merge-lww-ignores-time npx vitest run --project unit packages/core
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutate } from './mutate.mjs';
import { loadMutants } from './tables.mjs';

/**
 * @param {{ root: string, tables: string }} options the folder that mutants' paths are relative to, and the folder
 *   of their tables
 * @returns {Promise<import('vite').Plugin[]>} no plugin when the environment names no mutant
 */
export async function mutantPlugin({ root, tables }) {
  const name = process.env.RIDGELINE_MUTANT;
  if (!name) return [];
  const mutant = (await loadMutants(tables)).find((candidate) => candidate.name === name);
  if (mutant === undefined) throw new Error(`RIDGELINE_MUTANT: there is no mutant called ${name}`);
  const path = join(root, mutant.file);
  return [
    {
      name: 'ridgeline-mutant',
      enforce: 'pre',
      load(id) {
        if (id.split('?')[0] !== path) return null;
        // Lets the runner tell "survived" from "the laws never loaded this file".
        if (process.env.RIDGELINE_MUTANT_LOG) appendFileSync(process.env.RIDGELINE_MUTANT_LOG, `${name}\n`);
        return mutate(mutant, readFileSync(path, 'utf8'));
      },
    },
  ];
}
