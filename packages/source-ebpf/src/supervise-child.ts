import { type ChildProcess, fork } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ChainChoice } from './attach-chain.ts';
import type { ChildCommand, ChildOptions, ChildReport } from './child-messages.ts';
import { createRestartPolicy, RESTART_TIMES, type RestartTimes } from './restart-policy.ts';

/** Where the child is in its life. */
export type ChildState =
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'running';
      readonly pid: number;
      readonly chains: readonly ChainChoice[];
      readonly inFirstPidNamespace: boolean;
    }
  | { readonly kind: 'restarting'; readonly reason: string; readonly afterMillis: number }
  | { readonly kind: 'fallen-back'; readonly reason: string; readonly forMillis: number }
  /** This machine does not allow it; nothing is tried again. */
  | {
      readonly kind: 'unable';
      readonly reason: string;
      readonly fix?: string;
      readonly chains: readonly ChainChoice[];
    }
  | { readonly kind: 'stopped' };

/** What the supervisor tells its owner. */
export interface SupervisorEvents {
  readonly onState: (state: ChildState) => void;
  /** Everything but `ready` and `unable`, which become states. A throw counts as a fault of the child, which is killed. */
  readonly onReport: (report: Exclude<ChildReport, { type: 'ready' | 'unable' }>) => void;
}

/** How the child is run. */
export interface SupervisorOptions extends Omit<ChildOptions, 'patienceMillis'> {
  /** See `ChildOptions`; default 1000. */
  readonly patienceMillis?: number;
  /** A command that runs the child's command, e.g. to give it privileges; its own arguments come first. It must keep file descriptor 3. */
  readonly wrapper?: readonly string[];
  readonly restartTimes?: RestartTimes;
}

/** A child that is kept alive. */
export interface Supervisor {
  /** Sends a command to a running child; without one it is dropped. */
  readonly send: (command: Exclude<ChildCommand, { type: 'start' | 'stop' }>) => void;
  /** Ends the child and waits until it is gone; after it no event comes. */
  readonly stop: () => Promise<void>;
}

/** For who asks for nothing. */
const PATIENCE_MILLIS = 1000;
/** A child that says nothing for this long hangs: it starts in a fifth of a second, and tells its counters every second. */
const SILENCE_MILLIS = 15_000;
/** What it said may wait to be heard, when this side was busy: so much longer before it is taken for hanging. */
const LAST_CHANCE_MILLIS = 1000;
/** What is kept of the child's last words. */
const LAST_WORDS_BYTES = 2000;

/** Runs the child, starts it again when it dies, and gives it a rest when it dies too often (issue 5). */
export function superviseChild(options: SupervisorOptions, events: SupervisorEvents): Supervisor {
  const decide = createRestartPolicy(options.restartTimes ?? RESTART_TIMES);
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  let isUnable = false;
  let fault: string | undefined;

  const launch = (): void => {
    events.onState({ kind: 'starting' });
    const started = forkChild(options.wrapper);
    child = started;
    fault = undefined;
    const lastWords = collectLastWords(started);
    const watchdog = watchSilence(() => fail(started, 'it did not answer'));
    started.on('message', (report: ChildReport) => {
      watchdog.heard();
      if (!isStopping && child === started) receive(started, report);
    });
    started.on('error', (error) => {
      fault ??= error.message;
    });
    started.on('close', (code, signal) => {
      watchdog.end();
      child = undefined;
      if (isStopping || isUnable) return;
      const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
      bury(`${fault ?? how}${lastWords()}`);
    });
    const { ringBytes, avoid, patienceMillis = PATIENCE_MILLIS } = options;
    command(started, { type: 'start', options: { ringBytes, avoid, patienceMillis } });
  };

  const receive = (from: ChildProcess, report: ChildReport): void => {
    if (report.type === 'ready') {
      const { chains, inFirstPidNamespace } = report;
      events.onState({ kind: 'running', pid: from.pid ?? 0, chains, inFirstPidNamespace });
    } else if (report.type === 'unable') {
      isUnable = true;
      const { reason, fix, chains } = report;
      events.onState({ kind: 'unable', reason, chains, ...(fix === undefined ? {} : { fix }) });
    } else {
      try {
        events.onReport(report);
      } catch (error) {
        fail(from, error instanceof Error ? error.message : String(error));
      }
    }
  };

  const fail = (failed: ChildProcess, reason: string): void => {
    fault ??= reason;
    failed.kill('SIGKILL');
  };

  const bury = (reason: string): void => {
    const decision = decide(monotonicMillis());
    if (decision.kind === 'restart') {
      events.onState({ kind: 'restarting', reason, afterMillis: decision.afterMillis });
      timer = setTimeout(launch, decision.afterMillis);
    } else {
      events.onState({ kind: 'fallen-back', reason, forMillis: decision.forMillis });
      timer = setTimeout(launch, decision.forMillis);
    }
  };

  launch();
  return {
    send: (message) => {
      if (child !== undefined) command(child, message);
    },
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      if (child !== undefined) await endChild(child);
      events.onState({ kind: 'stopped' });
    },
  };
}

function forkChild(wrapper: readonly string[] | undefined): ChildProcess {
  // Sources run in tests; the child is a process of its own and needs the built file there too.
  const file = import.meta.url.endsWith('.ts') ? '../dist/child.js' : './child.js';
  const path = fileURLToPath(new URL(file, import.meta.url));
  const [command, ...before] = [...(wrapper ?? []), process.execPath];
  // No flags and no NODE_OPTIONS of the parent: a debugger's port, say, cannot be had twice.
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  return fork(path, [], {
    ...(command === undefined ? {} : { execPath: command }),
    execArgv: before,
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

/** Calls `onSilence` when nothing was heard for too long. */
function watchSilence(onSilence: () => void): { readonly heard: () => void; readonly end: () => void } {
  let lastChance: NodeJS.Timeout | undefined;
  const silence = setTimeout(() => {
    lastChance = setTimeout(onSilence, LAST_CHANCE_MILLIS);
  }, SILENCE_MILLIS);
  return {
    heard: () => {
      clearTimeout(lastChance);
      silence.refresh();
    },
    end: () => {
      clearTimeout(lastChance);
      clearTimeout(silence);
    },
  };
}

function command(child: ChildProcess, message: ChildCommand): void {
  if (child.connected) child.send(message, () => {}); // a broken channel shows as the child's end
}

/** A stop that is not heeded (the child hangs in a call, the wrapper holds the channel) ends in a kill. */
function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const kill = setTimeout(() => child.kill('SIGKILL'), 2000);
    // Not 'close': that never comes once this side has closed the channel.
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    command(child, { type: 'stop' });
  });
}

function collectLastWords(child: ChildProcess): () => string {
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-LAST_WORDS_BYTES);
  });
  return () => (words.trim() === '' ? '' : `: ${words.trim()}`);
}

function monotonicMillis(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
