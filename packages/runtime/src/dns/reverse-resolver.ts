import type { Millis } from '@ridgeline/core';

/** The bounds of a {@link ReverseResolver}. */
export interface ResolverLimits {
  /** Questions under way at a time. */
  readonly concurrency: number;
  /** Addresses that wait to be asked for; further ones have to come again. */
  readonly waiting: number;
  /** Answers that are kept; the one that was not asked for the longest goes first. */
  readonly entries: number;
  /** How long an answer holds. */
  readonly keep: Millis;
  /** How long a failure holds. */
  readonly keepFailure: Millis;
}

export const defaultResolverLimits: ResolverLimits = Object.freeze({
  concurrency: 4,
  waiting: 1000,
  entries: 20_000,
  keep: 600_000,
  keepFailure: 60_000,
});

/** What a resolver is made of. */
export interface ResolverOptions {
  /** Asks for the names of an address; a rejection means that there are none for now. */
  readonly ask: (address: string) => Promise<readonly string[]>;
  readonly monotonic: () => Millis;
  readonly limits?: Partial<ResolverLimits>;
}

interface Answer {
  readonly names: readonly string[];
  readonly until: Millis;
}

const NO_NAMES: readonly string[] = Object.freeze([]);

/** Names of addresses: what is known at once, the rest is asked for in the background, within bounds. */
export class ReverseResolver {
  readonly #options: ResolverOptions;
  readonly #limits: ResolverLimits;
  /** In the order of use: the first is the one to drop. */
  readonly #answers = new Map<string, Answer>();
  readonly #waiting = new Set<string>();
  readonly #asked = new Set<string>();
  #isClosed = false;

  constructor(options: ResolverOptions) {
    this.#options = options;
    this.#limits = { ...defaultResolverLimits, ...options.limits };
  }

  /** The names of an address, ascending, as far as they are known; asks for those that are not, or not any more. */
  names(address: string): readonly string[] {
    const answer = this.#answers.get(address);
    if (answer !== undefined) {
      this.#answers.delete(address);
      this.#answers.set(address, answer);
    }
    if (answer === undefined || answer.until <= this.#options.monotonic()) this.#want(address);
    return answer?.names ?? NO_NAMES;
  }

  /** How many answers are kept. */
  get size(): number {
    return this.#answers.size;
  }

  /** How many addresses wait, or are being asked for. */
  get pending(): number {
    return this.#waiting.size + this.#asked.size;
  }

  /** Asks no more. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.clear();
  }

  #want(address: string): void {
    if (this.#isClosed || this.#asked.has(address) || this.#waiting.size >= this.#limits.waiting) return;
    this.#waiting.add(address);
    this.#askNext();
  }

  #askNext(): void {
    for (const address of this.#waiting) {
      if (this.#asked.size >= this.#limits.concurrency) return;
      this.#waiting.delete(address);
      this.#asked.add(address);
      void this.#ask(address);
    }
  }

  async #ask(address: string): Promise<void> {
    const { keep, keepFailure } = this.#limits;
    try {
      const names = await this.#options.ask(address);
      this.#remember(address, [...new Set(names)].sort(), keep);
    } catch {
      // No name, no server, no permission: for a map they are all the same, an address without a name.
      this.#remember(address, this.#answers.get(address)?.names ?? NO_NAMES, keepFailure);
    }
    this.#asked.delete(address);
    this.#askNext();
  }

  #remember(address: string, names: readonly string[], keep: Millis): void {
    this.#answers.delete(address);
    this.#answers.set(address, { names, until: this.#options.monotonic() + keep });
    const oldest = this.#answers.keys().next().value;
    if (this.#answers.size > this.#limits.entries && oldest !== undefined) this.#answers.delete(oldest);
  }
}
