import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchCase } from '../../../scripts/bench/bench-case.ts';

// Issue 6, "done when" 3: many readers of a cluster that changes every second, each side in a process of its own.

const READERS = Number(process.env.BENCH_READERS ?? 500);
/** They ask for a view and read nothing of it. */
const STALLED = 5;
/** Pictures are kept for readers that come back: memory is full when there are as many as are kept, and arenas have grown. */
const WARM_UP_SECONDS = Number(process.env.BENCH_WARM_UP_SECONDS ?? 60);
const SECONDS = Number(process.env.BENCH_SERVER_SECONDS ?? 60);
const P99_MILLIS = 500;
const SLOPE_MEGABYTES_A_MINUTE = 1;

const VIEWS = ['processes', 'processes-by-name', 'containers', 'containers-by-image', 'hosts'];
const LAYERS = [
  '',
  '?filter=not+name+~+nginx',
  '?filter=degree+>+1&filter=not+name+~+redis',
  '?filter=not+id+~+"1%3B"&orphans=drop',
];

interface Tick {
  readonly at: number;
  readonly reported: number;
  readonly rss: number;
  /** Processor time of the server so far, without the making of reports, in milliseconds. */
  readonly cpu: number;
}

interface Reader {
  readonly path: string;
  readonly at: readonly number[];
  readonly arrived: readonly number[];
  readonly bytes: number;
  readonly isClosed: boolean;
}

type Word =
  | ({ readonly kind: 'tick' } & Tick)
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'following' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'told'; readonly readers: readonly Reader[] };

function start(script: string, execArgv: readonly string[] = []): ChildProcess {
  return fork(fileURLToPath(new URL(script, import.meta.url)), [], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  await ended;
}

function wordOf<Kind extends Word['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<Word, { readonly kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const hear = (word: Word): void => {
      if (word.kind === 'failed') reject(new Error(word.reason));
      if (word.kind !== kind) return;
      child.off('message', hear);
      resolve(word as Extract<Word, { readonly kind: Kind }>);
    };
    child.on('message', hear);
    child.once('exit', () => reject(new Error(`the process ended before it said "${kind}"`)));
  });
}

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** From the report to the last byte at each reader; a reader that was given two ticks at once has both with the second. */
function delaysOf(ticks: readonly Tick[], readers: readonly Reader[]): readonly number[] {
  const delays: number[] = [];
  for (const { at, arrived } of readers) {
    let next = 0;
    for (const tick of ticks) {
      while (next < at.length && (at[next] as number) < tick.at) next++;
      // What never came has been on its way since.
      const came = arrived[next] ?? Number.POSITIVE_INFINITY;
      delays.push(came - tick.reported);
    }
  }
  return delays.sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The slope of a line through all samples, by least squares, in megabytes a minute. */
function slopeOf(samples: readonly { readonly seconds: number; readonly bytes: number }[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const x = mean(samples.map(({ seconds }) => seconds));
  const y = mean(samples.map(({ bytes }) => bytes));
  const over = samples.reduce((sum, s) => sum + (s.seconds - x) * (s.bytes - y), 0);
  const under = samples.reduce((sum, s) => sum + (s.seconds - x) ** 2, 0);
  return ((over / under) * 60) / 1e6;
}

interface Outcome {
  readonly delays: readonly number[];
  readonly slope: number;
  readonly megabytes: number;
  readonly rate: number;
  /** Milliseconds of processor time a tick: unlike delays, it does not depend on who else is at work on the machine. */
  readonly cpu: number;
  readonly lost: number;
}

async function load(): Promise<Outcome> {
  const profile = process.env.BENCH_PROFILE;
  const server = start(
    'loaded-server.mjs',
    profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
  );
  const crowd = start('reader-crowd.mjs');
  try {
    const ticks: Tick[] = [];
    server.on('message', (word: Word) => {
      if (word.kind === 'tick') ticks.push(word);
    });
    const { url } = await wordOf(server, 'listening');
    const paths = VIEWS.flatMap((view) => LAYERS.map((layer) => `/api/v1/views/${view}/live${layer}`));
    const pathOf = (n: number): string => paths[n % paths.length] as string;
    crowd.send({
      url,
      paths: Array.from({ length: READERS }, (_, n) => pathOf(n)),
      stalled: Array.from({ length: STALLED }, (_, n) => pathOf(n * LAYERS.length)),
    });
    await wordOf(crowd, 'following');
    await pause(WARM_UP_SECONDS);
    const from = ticks.length;
    await pause(SECONDS);
    const measured = ticks.slice(from);
    // The last tick has a while to arrive: late is another thing than never.
    await pause(3);
    const told = wordOf(crowd, 'told');
    crowd.send('tell');
    const { readers } = await told;
    const delays = delaysOf(measured, readers);
    const first = measured[0] as Tick;
    return {
      delays,
      slope: slopeOf(
        measured.map(({ reported, rss }) => ({ seconds: (reported - first.reported) / 1000, bytes: rss })),
      ),
      megabytes: (measured.at(-1) as Tick).rss / 1e6,
      cpu: ((measured.at(-1) as Tick).cpu - first.cpu) / (measured.length - 1),
      rate: readers.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6 / (WARM_UP_SECONDS + SECONDS),
      lost: readers.filter(({ isClosed }) => isClosed).length,
    };
  } finally {
    await Promise.all([server, crowd].map(end));
  }
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED';
}

export const benches: readonly BenchCase[] = [
  {
    // Long on purpose: memory that grows shows over minutes only.
    name: 'server/500-readers',
    prepare: () => {
      let outcome: Outcome | undefined;
      return {
        weigh: async () => {
          outcome = await load();
          return { amount: Math.round(quantile(outcome.delays, 0.99)), unit: 'ms at p99' };
        },
        note: () => {
          if (outcome === undefined) return '';
          const { delays, slope, megabytes, rate, cpu, lost } = outcome;
          const [p50, p99] = [quantile(delays, 0.5), quantile(delays, 0.99)];
          return [
            `from a report to the last byte at ${READERS} readers of ${VIEWS.length} views × ${LAYERS.length} layers: p50 ${p50.toFixed(0)} ms`,
            `p99 ${p99.toFixed(0)} ms (≤ ${P99_MILLIS} ms asked: ${verdict(p99 <= P99_MILLIS)})`,
            `most ${delays.at(-1)?.toFixed(0)} ms, ${rate.toFixed(0)} MB/s, ${cpu.toFixed(0)} ms of processor time a tick`,
            `RSS ${megabytes.toFixed(0)} MB, ${slope.toFixed(2)} MB/min (< ${SLOPE_MEGABYTES_A_MINUTE} asked: ${verdict(slope < SLOPE_MEGABYTES_A_MINUTE)})`,
            `${STALLED} readers that read nothing; ${lost} of the others lost`,
          ].join('; ');
        },
      };
    },
  },
];
