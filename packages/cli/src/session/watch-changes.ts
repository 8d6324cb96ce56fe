import type { Millis } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';

/**
 * Calls `draw` soon after something changed, but not more often than every `least` milliseconds; the last change is never
 * missed.
 *
 * @returns what ends it
 */
export function watchChanges(ridgeline: Ridgeline, least: Millis, draw: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  const subscription = ridgeline.changes$.subscribe(() => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        drawn = performance.now();
        draw();
      },
      Math.max(0, drawn + least - performance.now()),
    );
  });
  return () => {
    subscription.unsubscribe();
    clearTimeout(timer);
  };
}
