import type { Log } from './log.ts';

/** What is to be undone when the process, or a part of it, ends. */
export class Lifecycle {
  readonly #cleanups: { readonly name: string; readonly run: () => void | Promise<void> }[] = [];
  readonly #abort = new AbortController();
  readonly #log: Log;
  #stopped: Promise<void> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Aborted as soon as the end begins. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Notes something to be undone, last first; at once when the end has begun already. */
  defer(name: string, run: () => void | Promise<void>): void {
    if (this.#stopped === undefined) this.#cleanups.push({ name, run });
    else void this.#undo(name, run);
  }

  /** Ends it once, however often it is asked; one thing that cannot be undone does not keep the others. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#abort.abort();
    for (let last = this.#cleanups.pop(); last !== undefined; last = this.#cleanups.pop()) {
      await this.#undo(last.name, last.run);
    }
  }

  async #undo(name: string, run: () => void | Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#log(
        'error',
        `${name} could not be stopped: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}

/** The part of `process` that signals come from. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Ends a lifecycle at the first signal; at the second `force` is called, since someone is impatient.
 *
 * Nothing listens any more once the lifecycle has ended.
 */
export function stopOnSignals(
  lifecycle: Lifecycle,
  source: SignalSource,
  force: (signal: NodeJS.Signals) => void,
): void {
  const listener = (signal: NodeJS.Signals): void => {
    if (lifecycle.signal.aborted) force(signal);
    else void lifecycle.stop();
  };
  for (const signal of SIGNALS) source.on(signal, listener);
  // Deferred first, so undone last: a second signal is heard while the rest is being undone.
  lifecycle.defer('signals', () => {
    for (const signal of SIGNALS) source.off(signal, listener);
  });
}
