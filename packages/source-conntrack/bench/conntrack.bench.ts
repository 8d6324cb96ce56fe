import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { type Report, SymbolTable } from '@ridgeline/core';
import { openLinux } from '@ridgeline/linux';
import { chooseRung, conntrack, conntrackOptions, type FlowReaderOptions } from '@ridgeline/source-conntrack';
import type { BenchCase } from '../../../scripts/bench/bench-case.ts';
import { createFlows, manyFlows } from '../test/create-flows.ts';

const TRANSLATED = 10_000;
/** Most flows of a machine are not translated: the kernel leaves them out. */
const PLAIN = 40_000;
/** Reports that the event loop is watched over. */
const WATCHED_REPORTS = 5;
const RULES = 'table inet t { chain c { type nat hook prerouting priority -100; }; }';

let holder: Promise<ChildProcess> | undefined;

/** The namespace of all cases: one in five of its 50,000 flows is translated. It ends with its holder, and that with this process. */
async function theNamespace(): Promise<string> {
  holder ??= holdNamespace();
  return `/proc/${(await holder).pid}/ns/net`;
}

async function holdNamespace(): Promise<ChildProcess> {
  const child = spawn('unshare', ['--net', 'sh', '-c', 'echo ready && exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  // It must not keep this process alive.
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref: () => void }).unref();
  const path = `/proc/${child.pid}/ns/net`;
  execFileSync('nsenter', [`--net=${path}`, 'nft', '-f', '-'], { input: RULES });
  createFlows(openLinux(), path, [...manyFlows(TRANSLATED, true), ...manyFlows(PLAIN, false)]);
  return child;
}

/** Dumps the table once with a reader that is open already; answers how many entries were taken. */
async function dumping(options: Omit<FlowReaderOptions, 'path'>): Promise<{
  readonly dump: () => Promise<number>;
  readonly close: () => void;
}> {
  const path = await theNamespace();
  const { open } = await chooseRung(['program', 'proc']);
  if (open === undefined) throw new Error('nfnetlink cannot be used here');
  const reader = open({ path, ...options });
  return {
    dump: async () => {
      let count = 0;
      for (const _ of await reader.readAll(() => count++));
      return count;
    },
    close: () => reader.close(),
  };
}

/** A dump as a bench: its time, and a check that it gave what it should. */
function dumpCase(onlyTranslated: boolean, expected: number): Pick<BenchCase, 'prepare'> {
  return {
    async prepare() {
      const { dump, close } = await dumping({ onlyTranslated, events: 'none' });
      const count = await dump();
      if (count !== expected) throw new Error(`${count} flows instead of ${expected}`);
      return {
        samples: 15,
        sample: async () => {
          const start = performance.now();
          await dump();
          return performance.now() - start;
        },
        note: () => `${count} entries taken of ${TRANSLATED + PLAIN}, read and parsed`,
        dispose: close,
      };
    },
  };
}

/** How long the event loop is held while the source runs. */
function loopCase(name: string, flows: 'none' | 'all'): BenchCase {
  return {
    name,
    async prepare() {
      await theNamespace();
      let worst = { p99: 0, max: 0 };
      let rows = 0;
      return {
        samples: 3,
        sample: async () => {
          const seen = await watchLoop(flows);
          if (seen.p99 >= worst.p99) worst = seen;
          rows = seen.rows;
          return seen.p99;
        },
        note: () => {
          const verdict = worst.p99 <= 25 ? 'met' : 'MISSED';
          return (
            `event loop held at p99 while the source reports ${rows} endpoints every 500 ms, the table read anew for each ` +
            `(≤ 25 ms asked: ${verdict}); longest ${worst.max.toFixed(1)} ms`
          );
        },
      };
    },
  };
}

export const benches: readonly BenchCase[] = [
  {
    name: 'conntrack/program',
    async prepare() {
      const path = await theNamespace();
      return {
        samples: 5,
        sample: () => {
          const start = performance.now();
          execFileSync('nsenter', [`--net=${path}`, 'conntrack', '-L', '--any-nat'], {
            stdio: ['ignore', 'pipe', 'ignore'],
            maxBuffer: 1 << 27,
          });
          return performance.now() - start;
        },
        note: () => 'conntrack -L --any-nat, its text not parsed',
      };
    },
  },
  { name: 'conntrack/dump-all', ...dumpCase(false, TRANSLATED + PLAIN) },
  {
    name: 'conntrack/dump-nat',
    baseline: 'conntrack/dump-all',
    ask: { atLeast: 2 },
    ...dumpCase(true, TRANSLATED),
  },
  loopCase('conntrack/event-loop', 'none'),
  loopCase('conntrack/event-loop-flows', 'all'),
];

/** Runs the source over some reports, its tables read anew as often as it can be asked for. */
async function watchLoop(flows: 'none' | 'all'): Promise<{ p99: number; max: number; rows: number }> {
  const options = conntrackOptions.parse({ flows, every: 500, sweepEvery: 500, share: 1 });
  const symbols = new SymbolTable();
  const delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 1 });
  let rows = 0;
  let left = WATCHED_REPORTS;
  await new Promise<void>((resolve, reject) => {
    const subscription = conntrack
      .connect(options, {
        host: hostname(),
        now: () => Date.now(),
        monotonic: () => performance.now(),
        symbols: () => symbols,
        notify: () => undefined,
      })
      .subscribe({
        next: (report: Report) => {
          rows = report.topologies.get('endpoint')?.size ?? 0;
          // The first report is made while everything is opened and compiled.
          if (left === WATCHED_REPORTS) delay.enable();
          if (--left > 0) return;
          subscription.unsubscribe();
          resolve();
        },
        error: reject,
      });
  });
  delay.disable();
  if (rows < TRANSLATED) throw new Error(`${rows} endpoints of ${TRANSLATED} translated flows`);
  // The histogram counts the timer's own interval of 1 ms as well.
  return { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6, rows };
}
