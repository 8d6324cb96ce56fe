import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root = resolve(fileURLToPath(new URL('../../..', import.meta.url)));
const folder = resolve(root, process.env.RIDGELINE_CONFORMANCE ?? '../shared/conformance', 'bench');

/** Whether the recorded cluster is there: 50 hosts, 97,487 endpoints. It lies beside the repository, not in it. */
export const isRecorded: boolean = existsSync(join(folder, 'merged.json.gz'));

/** The bodies that 51 probes posted, as they came: gzipped msgpack. */
export function probeBodies(): readonly Uint8Array[] {
  const probes = join(folder, 'per-probe');
  return readdirSync(probes)
    .filter((name) => name.endsWith('.msgpack.gz'))
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(probes, name))));
}

/** The merged report as JSON text. */
export function mergedJson(): string {
  return gunzipSync(readFileSync(join(folder, 'merged.json.gz'))).toString('utf8');
}

interface Baseline {
  readonly results: readonly { readonly name: string; readonly median_ms: number }[];
}

/** Milliseconds that the original took for a step, on the machine on which it was recorded; for orientation. */
export function originalMillis(name: string): number | undefined {
  const file = join(folder, 'baseline.json');
  if (!existsSync(file)) return undefined;
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as Baseline;
  return results.find((result) => result.name === name)?.median_ms;
}
