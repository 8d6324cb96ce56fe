// Finds the files of laws.
import { filesBelow, membersIn } from '../workspace.mjs';

/**
 * The files of laws of all packages and examples, by path.
 *
 * @returns {string[]} relative to the root
 */
export function lawFiles() {
  return [...membersIn('packages'), ...membersIn('examples')].flatMap(({ folder }) =>
    filesBelow(`${folder}/test`, ['.laws.test.ts']),
  );
}
