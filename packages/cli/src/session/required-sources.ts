import { RidgelineError } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import type { Lifecycle } from '@ridgeline/runtime';

/**
 * Ends the lifecycle as soon as a source that is required has been given up.
 *
 * @returns to be called at the end: throws RidgelineError `UNAVAILABLE` with what is missing if that is how it came
 */
export function endWithoutRequired(ridgeline: Ridgeline, lifecycle: Lifecycle): () => void {
  let missing: string | undefined;
  const subscription = ridgeline.sources$.subscribe((statuses) => {
    const givenUp = statuses.find((status) => status.givenUp === true);
    if (givenUp === undefined || missing !== undefined) return;
    missing = givenUp.message ?? `source ${givenUp.name} cannot work here`;
    void lifecycle.stop();
  });
  lifecycle.defer('required sources', () => subscription.unsubscribe());
  return () => {
    if (missing !== undefined) throw new RidgelineError('UNAVAILABLE', missing);
  };
}
