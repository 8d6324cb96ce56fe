/**
 * Makes the mutants of one file.
 *
 * @param {string} folder e.g. `packages/core/src`
 * @returns {(path: string, laws: readonly string[]) => (name: string, find: string, replace: string) => import('./mutant.ts').Mutant}
 */
export const mutantsIn = (folder) => (path, laws) => (name, find, replace) => ({
  name,
  file: `${folder}/${path}`,
  find,
  replace,
  laws,
});
