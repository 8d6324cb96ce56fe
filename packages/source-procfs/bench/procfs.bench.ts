import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchCase } from '../../../scripts/bench/bench-case.ts';

/** What the crowd answers; see crowd.mjs. */
interface Answer {
  readonly millis: number;
  readonly processes?: number;
  readonly sockets?: number;
  readonly maxMillis?: number;
  readonly facts?: Readonly<Record<string, number>>;
}

let crowd: Promise<ChildProcess> | undefined;
let gathered: Answer | undefined;

/** Starts the crowd once for all cases. It ends with this process: its channel closes then. */
function theCrowd(): Promise<ChildProcess> {
  crowd ??= startCrowd();
  return crowd;
}

async function startCrowd(): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('crowd.mjs', import.meta.url));
  const asRoot = process.geteuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const child = spawn(
    'unshare',
    [
      ...asRoot,
      '--net',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      process.execPath,
      script,
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  gathered = await ask(child, 'gather');
  return child;
}

/** Asks the crowd for a measure. The channel keeps this process alive only as long as an answer is due. */
function ask(child: ChildProcess, measure: string): Promise<Answer> {
  child.ref();
  child.channel?.ref();
  return new Promise<Answer>((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the crowd ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message: { value?: Answer; error?: string }) => {
      child.off('exit', ended);
      child.unref();
      child.channel?.unref();
      if (message.value === undefined) reject(new Error(message.error));
      else resolve(message.value);
    });
    child.send(measure);
  });
}

const crowdNote = (): string => `${gathered?.processes} processes, ${gathered?.sockets} sockets`;

export const benches: readonly BenchCase[] = [
  {
    name: 'procfs/ss',
    async prepare() {
      const child = await theCrowd();
      return {
        samples: 9,
        sample: async () => (await ask(child, 'ss')).millis,
        note: () => `CPU time of ss -tunap; ${crowdNote()}`,
      };
    },
  },
  {
    name: 'procfs/scan',
    baseline: 'procfs/ss',
    ask: { atMost: 1.5 },
    async prepare() {
      const child = await theCrowd();
      return {
        samples: 15,
        sample: async () => (await ask(child, 'scan')).millis,
        note: () => 'CPU time of one full scan that knows nothing yet, pacing off',
      };
    },
  },
  {
    name: 'procfs/event-loop',
    async prepare() {
      const child = await theCrowd();
      let worst: Answer = { millis: 0 };
      return {
        samples: 3,
        sample: async () => {
          const answer = await ask(child, 'loop');
          if (answer.millis >= worst.millis) worst = answer;
          return answer.millis;
        },
        note: () => {
          const verdict = worst.millis <= 25 ? 'met' : 'MISSED';
          return (
            `event loop held at p99, scans and reports paced (≤ 25 ms asked: ${verdict}); ` +
            `longest ${worst.maxMillis?.toFixed(1)} ms; ${worst.facts?.sharePercent} % of a core`
          );
        },
      };
    },
  },
];
