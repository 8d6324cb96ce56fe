import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BenchCase } from '../../../scripts/bench/bench-case.ts';

// Issue 5, "done when" 6: what it costs to look while little happens, each way in a process of its own, by turns.

const HELD = 1000;
const NEW_EACH_SECOND = 100;
const IDLE_SECONDS = Number(process.env.BENCH_IDLE_SECONDS ?? 60);
/** What happens only at the start, compiling above all, is not what it costs to go on. */
const WARM_UP_MILLIS = 10_000;
const ROUNDS = 2;
const TICKS_EACH_SECOND = 100; // USER_HZ, the same on every architecture
const WAYS = ['polling', 'kernel', 'processes'] as const;
type Way = (typeof WAYS)[number];
/** All connections in one process, or among 4 servers and 20 clients. */
const CROWDS = ['hold', 'spread'] as const;
type Crowd = (typeof CROWDS)[number];

/** What a looking process says of its picture. */
interface Picture {
  readonly processes: number;
  /**
   * Those of the crowd of which both processes are known, in the evidence of edges: of many connections from one process to one port
   * an edge stands for several.
   */
  readonly connections: number;
  /** The child that reads kernel events. */
  readonly reader?: number;
  /** What is known of each of the crowd's processes. */
  readonly crowd: readonly string[];
  readonly lost: readonly { readonly source: string; readonly what: string; readonly count: number }[];
}

/** What one way cost, all rounds together. */
interface Cost {
  seconds: number;
  own: number;
  reader: number;
  crowd: number;
  megabytes: number;
  picture: Picture | undefined;
}

function lineOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (): void => reject(new Error('it ended before it was ready'));
    const read = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (!text.includes('\n')) return;
      child.stdout?.off('data', read);
      child.off('exit', end);
      resolve(text.trim());
    };
    child.once('exit', end);
    child.stdout?.on('data', read);
  });
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await ended;
}

/** Seconds of processor time a process has used. */
function cpuSeconds(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_EACH_SECOND;
}

function residentMegabytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const kilobytes = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

async function look(way: Way, crowd: readonly number[], into: Cost): Promise<void> {
  const script = fileURLToPath(new URL('idle-sources.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, way, crowd.join()], { stdio: ['pipe', 'pipe', 'inherit'] });
  const crowdSeconds = (): number => crowd.reduce((sum, member) => sum + cpuSeconds(member), 0);
  try {
    const before = JSON.parse(await lineOf(child)) as Picture;
    await pause(WARM_UP_MILLIS);
    const { pid } = child;
    const at = { own: cpuSeconds(pid), reader: cpuSeconds(before.reader), crowd: crowdSeconds() };
    const start = performance.now();
    await pause((IDLE_SECONDS * 1000) / ROUNDS);
    into.own += cpuSeconds(pid) - at.own;
    into.reader += cpuSeconds(before.reader) - at.reader;
    into.crowd += crowdSeconds() - at.crowd;
    into.seconds += (performance.now() - start) / 1000;
    into.megabytes = Math.max(into.megabytes, residentMegabytes(pid) + residentMegabytes(before.reader));
    const line = lineOf(child);
    child.stdin?.write('tell\n');
    const picture = JSON.parse(await line) as Picture;
    into.picture = picture;
  } finally {
    await end(child);
  }
}

const costs = new Map<Crowd, Promise<Readonly<Record<Way, Cost>>>>();

/** All ways by turns, so that what else the machine does is shared among them; once, for all cases. */
function measure(kind: Crowd): Promise<Readonly<Record<Way, Cost>>> {
  let found = costs.get(kind);
  found ??= measureOnce(kind);
  costs.set(kind, found);
  return found;
}

async function measureOnce(kind: Crowd): Promise<Readonly<Record<Way, Cost>>> {
  const empty = (): Cost => ({ seconds: 0, own: 0, reader: 0, crowd: 0, megabytes: 0, picture: undefined });
  const found: Record<Way, Cost> = { polling: empty(), kernel: empty(), processes: empty() };
  const script = fileURLToPath(new URL('../../source-ebpf/bench/crowd.py', import.meta.url));
  const crowd = spawn('python3', [script, kind, String(HELD), String(NEW_EACH_SECOND)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [, ...pids] = (await lineOf(crowd)).split(' ').map(Number);
    for (let round = 0; round < ROUNDS; round++) for (const way of WAYS) await look(way, pids, found[way]);
    const facts = WAYS.map((way) => found[way].picture?.crowd.join(' ') ?? '');
    if (new Set(facts).size !== 1 || found.polling.picture?.crowd.length !== pids.length)
      throw new Error(`the facts about processes differ: ${facts.join(' | ')}`);
  } finally {
    await end(crowd);
  }
  for (const way of ['polling', 'kernel'] as const) {
    if ((found[way].picture?.connections ?? 0) < HELD)
      throw new Error(`${way} does not see all connections with both of their processes`);
  }
  return found;
}

const shareOf = ({ own, reader, seconds }: Cost): number => ((own + reader) / seconds) * 100;
const percent = (seconds: number, { seconds: all }: Cost): string =>
  `${((seconds / all) * 100).toFixed(2)} %`;

function nameOf(crowd: Crowd, way: Way, what = ''): string {
  return `sources/${crowd === 'hold' ? 'one-process' : 'spread'}/${way}${what}`;
}

function whole(crowd: Crowd, way: 'polling' | 'kernel'): BenchCase {
  let note = '';
  return {
    name: nameOf(crowd, way),
    ...(way === 'kernel' ? { baseline: nameOf(crowd, 'polling') } : {}),
    prepare: () => ({
      async weigh() {
        const cost = (await measure(crowd))[way];
        const { picture } = cost;
        const lost = picture?.lost.filter(({ source }) => source === 'ebpf') ?? [];
        note = [
          `${HELD} open, ${NEW_EACH_SECOND} new a second, ${cost.seconds.toFixed(0)} s: ${cost.megabytes} MB`,
          `itself ${percent(cost.own, cost)}${way === 'kernel' ? `, reader ${percent(cost.reader, cost)}` : ''}`,
          `${picture?.processes} processes, ${picture?.connections} connections at the end, the crowd itself ${percent(cost.crowd, cost)}`,
          ...lost.map(({ what, count }) => `lost: ${count} ${what}`),
        ].join('; ');
        return { amount: Number(shareOf(cost).toFixed(2)), unit: '% of a core' };
      },
      note: () => note,
    }),
  };
}

/** What is left when the price of processes and host facts, which both pay, is taken away. */
function connectionSide(crowd: Crowd, way: 'polling' | 'kernel'): BenchCase {
  let note = '';
  return {
    name: nameOf(crowd, way, '-connections'),
    ...(way === 'kernel' ? { baseline: nameOf(crowd, 'polling', '-connections'), ask: { atLeast: 1 } } : {}),
    prepare: () => ({
      async weigh() {
        const found = await measure(crowd);
        const processes = shareOf(found.processes);
        note = `processes and host alone: ${processes.toFixed(2)} %, ${found.processes.megabytes} MB; the crowd itself ${percent(found.processes.crowd, found.processes)}`;
        return { amount: Number((shareOf(found[way]) - processes).toFixed(2)), unit: '% of a core' };
      },
      note: () => note,
    }),
  };
}

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.error('sources/ needs root and is left out');

export const benches: readonly BenchCase[] = isRoot
  ? CROWDS.flatMap((crowd) => [
      whole(crowd, 'polling'),
      connectionSide(crowd, 'polling'),
      whole(crowd, 'kernel'),
      connectionSide(crowd, 'kernel'),
    ])
  : [];
