// `npm run shots`: pictures of the page in a browser, for people to look at.
import { mkdir } from 'node:fs/promises';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { environment } from './run-command.mjs';
import { root } from './workspace.mjs';

/**
 * Writes PNG files to shots/.
 *
 * @param {readonly string[]} names of the shots; none: all
 */
export async function shots(names) {
  register('./bench/typescript-hook.mjs', import.meta.url);
  process.env.PATH = environment.PATH;
  const folder = join(root, 'shots');
  await mkdir(folder, { recursive: true });
  const file = pathToFileURL(join(root, 'packages/web/test/page/take-shots.ts')).href;
  /** @type {{ takeShots: (folder: string, names: readonly string[], told: (line: string) => void) => Promise<void> }} */
  const { takeShots } = await import(file);
  await takeShots(folder, names, (line) => console.log(line));
}
