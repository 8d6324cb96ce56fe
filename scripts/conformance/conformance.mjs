// `npm run conformance -- DIR [--case NAME] [--view V] [--json FILE] [--self-test | --http]`: compares what the engine makes of
// recorded reports with what the original made of them. The runner is packages/scope-compat/conformance/main.ts; with
// `--http` packages/server/conformance/main.ts, which asks a server.
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
  // Over HTTP the cases are those of the API; the others know no request.
  const runner = args.includes('--http') ? 'server' : 'scope-compat';
  /** @type {{ runConformance: (args: readonly string[]) => number | Promise<number> }} */
  const { runConformance } = await import(
    pathToFileURL(join(root, `packages/${runner}/conformance/main.ts`)).href
  );
  return await runConformance(args.filter((arg) => arg !== '--http'));
}
