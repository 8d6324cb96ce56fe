import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SnapshotJson } from '@ridgeline/core/wire';
import type { BenchCase } from '../../../scripts/bench/bench-case.ts';

const launcher = fileURLToPath(new URL('../bin/ridgeline.mjs', import.meta.url));

function ridgeline(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(text);
      else reject(new Error(`ridgeline ${args.join(' ')} ended with ${code}`));
    });
  });
}

/** What a recording has to give back byte for byte. */
function comparable(text: string): string {
  const { view, at, ledger, nodes } = JSON.parse(text) as SnapshotJson;
  return JSON.stringify({ view, at, ledger, nodes });
}

const picture = ['--view', 'processes', '--orphans', 'keep', '--format', 'json'];

export const benches: readonly BenchCase[] = [
  {
    name: 'cli/view',
    prepare: () => ({
      sample: async () => {
        const start = performance.now();
        await ridgeline('view', 'processes', '--format', 'json');
        return performance.now() - start;
      },
      note: () => 'from the start of the command to its end, one picture of this machine',
    }),
  },
  {
    // Long on purpose: a minute of this machine, and six seconds of looking at it again.
    name: 'cli/record-minute',
    prepare: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'ridgeline-bench-'));
      const file = join(folder, 'minute.rgl');
      return {
        weigh: async () => {
          const live = await ridgeline('record', file, '--for', '60s', ...picture);
          const again = await ridgeline('replay', file, '--speed', '10', ...picture);
          if (comparable(again) !== comparable(live)) throw new Error('the replay ended in another picture');
          return { amount: (await stat(file)).size, unit: 'bytes' };
        },
        note: () => 'the recording of 60 s; replayed at 10×, its last picture is the same byte for byte',
        dispose: () => rm(folder, { recursive: true }),
      };
    },
  },
];
