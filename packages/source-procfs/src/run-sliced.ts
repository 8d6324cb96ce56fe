/** What sliced work came to. */
export interface SlicedResult<T> {
  readonly value: T;
  /** How long the event loop was held, all slices together. The work is synchronous: this is its share of one core, too. */
  readonly heldMillis: number;
}

/** How {@link runSliced} divides its work. */
export interface SliceOptions {
  /** Held at most this long at a time, but for one step that takes longer; default 5. */
  readonly sliceMillis?: number;
  /** A monotonic clock in milliseconds. */
  readonly monotonic: () => number;
  /** Ends the work between two slices. */
  readonly signal?: AbortSignal;
}

/**
 * Runs work that yields after each small step, and lets the event loop turn after every few milliseconds of it.
 *
 * @param steps - yields often (every 100 µs or so); its `finally` blocks run when the work is aborted
 * @returns `undefined` when aborted
 * @throws whatever a step throws
 */
export async function runSliced<T>(
  steps: Generator<void, T, void>,
  { sliceMillis = 5, monotonic, signal }: SliceOptions,
): Promise<SlicedResult<T> | undefined> {
  let heldMillis = 0;
  for (;;) {
    if (signal?.aborted === true) {
      steps.return(undefined as T);
      return undefined;
    }
    const start = monotonic();
    let now = start;
    do {
      const step = steps.next();
      now = monotonic();
      if (step.done === true) return { value: step.value, heldMillis: heldMillis + now - start };
    } while (now - start < sliceMillis);
    heldMillis += now - start;
    await turn();
  }
}

/** Runs the same work at one go: for tests, benches and callers that have nothing else to do. */
export function runAtOnce<T>(steps: Generator<void, T, void>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
