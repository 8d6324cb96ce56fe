import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SymbolTable } from '@ridgeline/core';
import {
  type ConnectionFeed,
  ConnectionTracker,
  ebpf,
  ebpfOptions,
  startConnectionFeed,
} from '@ridgeline/source-ebpf';
import type { BenchCase } from '../../../scripts/bench/bench-case.ts';

const STORM = 40_000;
/** A storm has five records a connection: connect, incoming, accept and two ends; without an accept program four. */
const HELD = 1000;
const NEW_EACH_SECOND = 100;
const IDLE_SECONDS = Number(process.env.BENCH_IDLE_SECONDS ?? 60);
const TICKS_EACH_SECOND = 100; // USER_HZ, the same on every architecture

interface Running {
  readonly feed: ConnectionFeed;
  readonly pid: number;
  readonly records: () => number;
}

async function startFeed(): Promise<Running> {
  let records = 0;
  const feed = await new Promise<ConnectionFeed>((resolve, reject) => {
    const started: ConnectionFeed = startConnectionFeed({
      ringBytes: 1 << 23,
      avoid: ['udp/sock_send_length'], // as the source does by default
      snapshotEveryMillis: 60_000,
      onState: (state) => {
        if (state.kind === 'unable' || state.kind === 'fallen-back') reject(new Error(state.reason));
      },
      onWhole: () => resolve(started),
      onRecord: () => {
        records++;
      },
    });
  });
  const { state } = feed.status();
  if (state.kind !== 'running') throw new Error('the child is gone');
  return { feed, pid: state.pid, records: () => records };
}

function startCrowd(...args: readonly (string | number)[]): ChildProcess {
  const script = fileURLToPath(new URL('crowd.py', import.meta.url));
  return spawn('python3', [script, ...args.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** The next line; what comes after it in the same breath is not expected. */
function lineOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const read = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (!text.includes('\n')) return;
      child.stdout?.off('data', read);
      resolve(text.trim());
    };
    child.stdout?.on('data', read);
  });
}

async function endCrowd(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await ended;
}

/** Seconds of processor time a process has used. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_EACH_SECOND;
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

async function untilQuiet({ feed, records }: Running): Promise<void> {
  for (;;) {
    const before = feed.status().counters;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const { counters } = feed.status();
    if (counters !== before && counters?.told === records()) return;
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A storm, from the first connection to the last record decoded and tracked. */
function storm(): BenchCase {
  let note = '';
  return {
    name: 'kernel/storm',
    async prepare() {
      const running = await startFeed();
      const crowd = startCrowd('storm', STORM);
      await lineOf(crowd);
      return {
        async weigh() {
          const cpu = { child: cpuSeconds(running.pid), parent: cpuSeconds(process.pid) };
          const start = performance.now();
          const done = lineOf(crowd);
          crowd.stdin?.write('go\n');
          const [, seconds] = (await done).split(' ');
          const spent = (performance.now() - start) / 1000;
          await untilQuiet(running);
          const child = (cpuSeconds(running.pid) - cpu.child) / spent;
          const parent = (cpuSeconds(process.pid) - cpu.parent) / spent;
          const { counters } = running.feed.status();
          if (counters === undefined) throw new Error('no counters');
          const { stateHits, acceptHits, datagrams, told, lost, silent, recursionMisses } = counters;
          if (stateHits + acceptHits + datagrams !== told + lost + silent)
            throw new Error('hits are not accounted for');
          note = `${STORM} connections in ${Number(seconds).toFixed(1)} s; ${told} told, ${lost} lost, ${recursionMisses} dropped runs; child ${percent(child)}, parent ${percent(parent)} of a core`;
          return { amount: Math.round(told / spent), unit: 'events/s' };
        },
        note: () => note,
        async dispose() {
          await endCrowd(crowd);
          await running.feed.stop();
        },
      };
    },
  };
}

/** The source with its defaults: reports every second into nothing. */
function startSource(): Promise<{ pid: number; reports: () => number; stop: () => void }> {
  let reports = 0;
  let readerPid: number | undefined;
  const symbols = new SymbolTable();
  return new Promise((resolve, reject) => {
    const subscription = ebpf
      .connect(ebpfOptions.parse({ mode: 'require' }), {
        host: 'bench',
        now: () => Date.now(),
        monotonic: () => performance.now(),
        symbols: () => symbols,
        notify: ({ facts }) => {
          if (typeof facts?.readerPid === 'number') readerPid = facts.readerPid;
        },
      })
      .subscribe({
        error: reject,
        next: () => {
          reports++;
          if (reports !== 1 || readerPid === undefined) return;
          resolve({ pid: readerPid, reports: () => reports, stop: () => subscription.unsubscribe() });
        },
      });
  });
}

/** What it costs while little happens. */
function idle(): BenchCase {
  let note = '';
  return {
    name: 'kernel/idle',
    async prepare() {
      const crowd = startCrowd('hold', HELD, NEW_EACH_SECOND);
      await lineOf(crowd);
      const source = await startSource();
      return {
        async weigh() {
          const cpu = { child: cpuSeconds(source.pid), parent: cpuSeconds(process.pid) };
          const start = performance.now();
          const before = source.reports();
          await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));
          const seconds = (performance.now() - start) / 1000;
          const child = (cpuSeconds(source.pid) - cpu.child) / seconds;
          const parent = (cpuSeconds(process.pid) - cpu.parent) / seconds;
          note = `${HELD} open, ${NEW_EACH_SECOND} new a second, ${source.reports() - before} reports in ${seconds.toFixed(0)} s: child ${percent(child)} and ${residentMegabytes(source.pid)} MB, parent ${percent(parent)}`;
          return { amount: Number(((child + parent) * 100).toFixed(2)), unit: '% of a core' };
        },
        note: () => note,
        async dispose() {
          source.stop();
          await endCrowd(crowd);
        },
      };
    },
  };
}

/** A snapshot, from asking for it to the tracker having it. */
function snapshot(): BenchCase {
  return {
    name: 'kernel/snapshot',
    async prepare() {
      const crowd = startCrowd('hold', 5000, 0);
      await lineOf(crowd);
      const running = await startFeed();
      return {
        async sample() {
          const before = running.feed.status().snapshots;
          const start = performance.now();
          running.feed.refresh();
          while (running.feed.status().snapshots === before)
            await new Promise((resolve) => setImmediate(resolve));
          return performance.now() - start;
        },
        note: () => `${running.feed.report().open.length} connections open`,
        async dispose() {
          await endCrowd(crowd);
          await running.feed.stop();
        },
      };
    },
  };
}

/** The tracker alone: connections that come and go. */
function tracker(): BenchCase {
  return {
    name: 'kernel/tracker',
    prepare() {
      const record = {
        protocol: 'tcp',
        direction: 'out',
        localAddress: '10.0.0.1',
        remoteAddress: '10.0.0.2',
        remotePort: 80,
        networkNamespace: 1,
        pid: 7,
        command: 'bench',
        cgroup: 1,
        sentBytes: 1,
        receivedBytes: 1,
        errno: 0,
        state: 1,
      } as const;
      return {
        run() {
          const each = new ConnectionTracker();
          for (let index = 1; index <= 10_000; index++) {
            const life = { ...record, socket: index % 1000, bornMillis: index, localPort: index };
            each.apply({ ...life, kind: 'connect', timeMillis: index });
            each.apply({ ...life, kind: 'close', timeMillis: index + 0.5 });
          }
          return each.report().closed.length;
        },
        note: () => '20,000 events',
      };
    },
  };
}

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.error('kernel/storm, kernel/idle and kernel/snapshot need root and are left out');

export const benches: readonly BenchCase[] = [tracker(), ...(isRoot ? [snapshot(), storm(), idle()] : [])];
