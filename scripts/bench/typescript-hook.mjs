// Lets Node import `.ts` files as they stand: Node 20 cannot, and bench files must not be part of a package's build.
// Types are erased file by file, as the packages' own settings (isolatedModules, verbatimModuleSyntax) allow.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const { code } = await transformWithOxc(await readFile(path, 'utf8'), path, {
    lang: 'ts',
    target: 'node20',
    sourcemap: false,
    typescript: { onlyRemoveTypeImports: true },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
