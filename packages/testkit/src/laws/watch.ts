/** Law F6: following a view. */
import { applyDelta, type Delta, type Held, type Picture } from '@ridgeline/core';
import type { Scheduler } from 'fast-check';
import type { Observable } from 'rxjs';
import { sameData } from '../plain/canonical-text.ts';

/** A view that is followed while reports, requests and readiness come in any order. */
export interface WatchedView {
  readonly deltas$: Observable<Delta>;
  /** What happens, each at a moment of its own: a report comes in, the request changes, the reader is ready. */
  readonly steps: readonly (() => void)[];
  /** Makes the reader ready, so that what is waiting is delivered. */
  settle(): void;
  /** `render(last report, last request)`. */
  expected(): Picture;
}

/** F6: whatever the interleaving, each delta fits what the reader holds, and the last leaves it with the expected picture. */
export async function endsAtTheLast(scheduler: Scheduler, view: WatchedView): Promise<boolean> {
  let held: Held | undefined;
  let fits = true;
  const subscription = view.deltas$.subscribe((delta) => {
    const applied = applyDelta(held, delta);
    if (applied.ok) held = applied.held;
    else fits = false;
  });
  const done = view.steps.map((step) => scheduler.schedule(Promise.resolve()).then(step));
  await scheduler.waitIdle();
  await Promise.all(done);
  view.settle();
  subscription.unsubscribe();
  return fits && held !== undefined && sameData(held.picture, view.expected());
}
