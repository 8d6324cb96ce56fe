/** Work in small steps, of well under a millisecond each but for calls into the kernel. */
export type Steps = Generator<void, void, void>;

/** How long the event loop is held at a time, but for one step that takes longer. */
const SLICE_MILLIS = 5;

/**
 * Runs steps in slices and lets the event loop turn after each.
 *
 * @param between - called after each slice: for what must not wait until all is done
 * @returns how long the event loop was held, all slices together, in milliseconds; `undefined` when aborted
 */
export async function runSliced(
  steps: Steps,
  monotonic: () => number,
  signal: AbortSignal,
  between: () => void = () => undefined,
): Promise<number | undefined> {
  let heldMillis = 0;
  for (;;) {
    if (signal.aborted) {
      steps.return();
      return undefined;
    }
    const start = monotonic();
    let now = start;
    do {
      const step = steps.next();
      now = monotonic();
      if (step.done === true) return heldMillis + now - start;
    } while (now - start < SLICE_MILLIS);
    heldMillis += now - start;
    between();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
