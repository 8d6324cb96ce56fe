import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where recorded inputs and expectations are. */
export const recordedFolder: string = resolve(
  root,
  process.env.RIDGELINE_CONFORMANCE ?? '../shared/conformance',
);

/** Whether they are there: they lie beside the repository, not in it. */
export const isRecorded: boolean = existsSync(resolve(recordedFolder, 'manifest.json'));

if (!isRecorded) {
  console.warn(`LEFT OUT: there is no recorded data in ${recordedFolder} (RIDGELINE_CONFORMANCE)`);
}
