import { SymbolTable } from '@ridgeline/core';
import type { SourceWorld } from '@ridgeline/testkit';
import type { Files } from '../src/files.ts';

/** What happens to the file while the source waits: it grows, or is begun anew. */
export type Step = { readonly append: string } | { readonly rewrite: string };

/** A world of one file, to which each wait brings the next step. */
export class FileWorld implements SourceWorld, Files {
  readonly #steps: Step[];
  #content: Uint8Array = new Uint8Array(0);
  #now = 0;
  #work = 0;
  #reading = 0;
  readonly #waiting = new Set<() => void>();
  readonly #symbols = new SymbolTable();
  readonly context = {
    host: 'h',
    now: () => this.#now,
    monotonic: () => this.#now,
    symbols: () => this.#symbols,
    notify: () => {},
  };

  constructor(steps: readonly Step[]) {
    this.#steps = [...steps];
  }

  async readFrom(_path: string, offset: number): Promise<{ bytes: Uint8Array; size: number }> {
    this.#work++;
    this.#reading++;
    await Promise.resolve();
    this.#reading--;
    return { bytes: this.#content.subarray(offset), size: this.#content.length };
  }

  wait(millis: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        this.#now += millis;
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  async run(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const [waiting] = this.#waiting;
      const step = this.#steps[0];
      if (waiting === undefined || step === undefined) return;
      this.#steps.shift();
      const added = new TextEncoder().encode('append' in step ? step.append : step.rewrite);
      const kept = 'append' in step ? this.#content : new Uint8Array(0);
      this.#content = new Uint8Array([...kept, ...added]);
      waiting();
    }
  }

  handles(): number {
    return this.#waiting.size + this.#reading;
  }

  work(): number {
    return this.#work;
  }

  close(): void {}
}
