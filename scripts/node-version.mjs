// Whether the Node that runs this is new enough: said at once, instead of by whatever fails first.
import { readManifest } from './workspace.mjs';

/**
 * @param {string} version e.g. `20.19.0`
 * @returns {string | undefined} what is wrong, and what to do
 */
export function nodeProblem(version) {
  const wanted = readManifest('package.json').engines?.node ?? '';
  const [major = 0, minor = 0] = wanted.replace('>=', '').split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return undefined;
  return `Ridgeline needs Node ${wanted}, and this is ${version}. Node 24 is advised.`;
}
