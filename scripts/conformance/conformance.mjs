// `npm run conformance -- DIR [--case NAME] [--view V] [--json FILE] [--self-test]`: compares what the engine makes of
// recorded reports with what the original made of them. The runner is packages/scope-compat/conformance/main.ts.
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../workspace.mjs';

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 0 when every case passed, 1 when one failed, 2 when it could not begin
 */
export async function conformance(args) {
  register('../bench/typescript-hook.mjs', import.meta.url);
  /** @type {{ runConformance: (args: readonly string[]) => number }} */
  const { runConformance } = await import(
    pathToFileURL(join(root, 'packages/scope-compat/conformance/main.ts')).href
  );
  return runConformance(args);
}
