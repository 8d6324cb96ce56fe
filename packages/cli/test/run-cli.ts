import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const launcher: string = fileURLToPath(new URL('../bin/ridgeline.mjs', import.meta.url));

/** Milliseconds until a wait is given up. */
const PATIENCE = 25_000;

/** What a command left behind. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Resolves with the first match in what was written so far or will be; rejects when it ends without one. */
  readonly written: (pattern: RegExp, on?: 'stdout' | 'stderr') => Promise<RegExpExecArray>;
}

/** Starts the command as a user does: its launcher, in a process of its own. Needs a build (`npx tsc -b`). */
export function startCli(args: readonly string[], env: Record<string, string> = {}): Running {
  return startProgram([], args, env);
}

/** Starts the command by way of another, e.g. `setpriv`. */
export function startProgram(
  prefix: readonly string[],
  args: readonly string[],
  env: Record<string, string> = {},
): Running {
  if (!existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)))) {
    throw new Error('the command is not built: npx tsc -b packages/cli');
  }
  const [program, ...rest] = [...prefix, process.execPath, launcher, ...args] as [string, ...string[]];
  const child = spawn(program, rest, {
    stdio: 'pipe',
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  const text = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  let isOver = false;
  for (const on of ['stdout', 'stderr'] as const) {
    child[on].setEncoding('utf8').on('data', (chunk: string) => {
      text[on] += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      isOver = true;
      resolve({ code, signal, ...text });
      for (const listener of listeners) listener();
    });
  });
  return {
    child,
    ended,
    written: (pattern, on = 'stdout') =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text[on]);
          if (match !== null) resolve(match);
          else if (isOver) reject(new Error(`ended without ${pattern}:\n${text.stdout}\n${text.stderr}`));
          else return;
          listeners.delete(look);
          clearTimeout(patience);
        };
        // Shorter than a test may take, so that the failure says what was waited for.
        const patience = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`still nothing like ${pattern} in:\n${text[on].slice(-4000)}\n${text.stderr}`));
        }, PATIENCE);
        listeners.add(look);
        look();
      }),
  };
}

/** Runs the command to its end. */
export function runCli(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const { child, ended } = startCli(args, env);
  child.stdin.end();
  return ended;
}

/** A folder of its own for one test. */
export async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ridgeline-cli-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
