import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import { badDefinition } from '../errors.ts';

/**
 * The version of what plugins are written against: the definitions, the combinators and what their functions are given.
 * While it is 0, a plugin written for one minor version may have to be changed for the next (docs/versions.md).
 */
export const API_VERSION = '0.1.0';

/**
 * Checks the range of API versions that a plugin says it works with.
 *
 * @throws RidgelineError `BAD_DEFINITION` that says what to change
 */
export function checkApiRange(plugin: string, range: string | undefined): void {
  if (range === undefined) return;
  if (validRange(range) === null) {
    throw badDefinition(
      'plugin',
      plugin,
      `its api "${range}" is no range of versions`,
      `write "^${API_VERSION}"`,
    );
  }
  if (satisfies(API_VERSION, range)) return;
  throw badDefinition(
    'plugin',
    plugin,
    `it is written for version ${range} of the plugin API, and this is ${API_VERSION}`,
    `install a version of the plugin for ${API_VERSION}, or the version of Ridgeline that it asks for`,
  );
}
