import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SymbolTable } from '@ridgeline/core';
import { type SourceHarness, sourceLaws } from '@ridgeline/testkit';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { openRecorder, type ReplayOptions, replay } from '../src/index.ts';
import { handClock, processReport } from './reports.ts';

/** A line of a recording: how long after the one before, of which source, and of how many processes. */
interface Line {
  readonly pause: number;
  readonly source: string;
  readonly count: number;
}

/** Two sources that come by turns, with pauses after which an engine would have dropped the other. */
const recordings: fc.Arbitrary<readonly Line[]> = fc.array(
  fc.record({
    pause: fc.constantFrom(1, 1000, 8000, 16_000),
    source: fc.constantFrom('a', 'b'),
    count: fc.nat(3),
  }),
  { minLength: 1, maxLength: 8 },
);

async function record(file: string, lines: readonly Line[]): Promise<void> {
  const clock = handClock();
  const symbols = new SymbolTable();
  const recorder = await openRecorder(file, { host: 'h', ...clock });
  for (const { pause, source, count } of lines) {
    clock.at += pause;
    await recorder.write({ source, host: 'h' }, processReport(symbols, { to: clock.now(), count }), 1000);
  }
  await recorder.close();
}

/** How many reports a replay gives: a silence of more than 15 s that something follows is one too. */
function reportsOf(lines: readonly Line[]): number {
  let at = 0;
  let silences = 0;
  const heard = new Map<string, number>();
  for (const { pause, source } of lines) {
    at += pause;
    for (const [name, last] of heard) {
      if (last + 15_000 < at) {
        heard.delete(name);
        silences++;
      }
    }
    heard.set(source, at);
  }
  return lines.length + silences;
}

/** The file descriptors of this process that lead into a folder. */
async function openIn(folder: string): Promise<number> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((link) => link.startsWith(folder)).length;
}

describe('replay', () => {
  let file = '';
  const harness: SourceHarness<ReplayOptions, readonly Line[]> = {
    get options() {
      return { file, speed: 'max' as const, loop: false };
    },
    open: async (lines) => {
      const folder = await mkdtemp(join(tmpdir(), 'ridgeline-replay-'));
      file = join(folder, 'recording.rgl');
      await record(file, lines);
      const symbols = new SymbolTable();
      let isConnected = false;
      let given = 0;
      let open = 0;
      const count = async (): Promise<void> => {
        open = await openIn(folder);
      };
      return {
        context: {
          host: 'h',
          now: () => 0,
          monotonic: () => 0,
          symbols: () => {
            given++;
            return symbols;
          },
          notify: () => {
            isConnected = true;
          },
        },
        run: async () => {
          await count();
          // The table is asked for once a report; after the last one the file is closed.
          while (isConnected && (given < reportsOf(lines) || open > 0)) {
            await new Promise((resolve) => setImmediate(resolve));
            await count();
          }
        },
        handles: () => open,
        work: () => given,
        close: () => rm(folder, { recursive: true }),
      };
    },
  };
  // Each try writes and reads files: fewer than of laws that only compute, unless more are asked for.
  sourceLaws(replay, harness, { test: it, runs: Number(process.env.LAWS_RUNS ?? 40), recordings });
});
