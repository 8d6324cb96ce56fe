import type { Millis } from '@ridgeline/core';

/** How much of something one caller may do. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** More callers than this are not kept apart: the ones that were quiet longest are forgotten. */
const MOST_CALLERS = 4096;

/** A bucket of tokens for each caller. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { left: number; at: Millis }>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /**
   * Takes one.
   *
   * @param now - by a clock that never runs backwards
   * @returns how long to wait for the next, 0 when it may go on
   */
  take(caller: string, now: Millis): Millis {
    const { perSecond, burst } = this.#rate;
    const before = this.#buckets.get(caller) ?? { left: burst, at: now };
    const left = Math.min(burst, before.left + ((now - before.at) * perSecond) / 1000);
    const taken = left >= 1;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { left: taken ? left - 1 : left, at: now });
    const oldest = this.#buckets.keys().next().value;
    if (this.#buckets.size > MOST_CALLERS && oldest !== undefined) this.#buckets.delete(oldest);
    return taken ? 0 : Math.ceil(((1 - left) / perSecond) * 1000);
  }
}
