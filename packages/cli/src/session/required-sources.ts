import { RidgelineError } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import type { Lifecycle } from '@ridgeline/runtime';
import { filter, firstValueFrom } from 'rxjs';

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

/**
 * Waits until each source that is required (`mode: 'require'`) has reported, or the lifecycle ends: without it there is to be no
 * picture, not even a first one.
 */
export async function requiredReports(ridgeline: Ridgeline, lifecycle: Lifecycle): Promise<void> {
  const required = ridgeline.engine.registry.sources
    .filter(({ options }) => (options as { readonly mode?: unknown } | undefined)?.mode === 'require')
    .map(({ def }) => def.name);
  const isThere = (): boolean =>
    required.every((name) =>
      ridgeline.engine.sources.some((status) => status.name === name && status.reports > 0),
    );
  if (isThere() || lifecycle.signal.aborted) return;
  const aborted = new Promise<void>((resolve) =>
    lifecycle.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await Promise.race([
    aborted,
    firstValueFrom(ridgeline.changes$.pipe(filter(isThere)), { defaultValue: undefined }),
  ]);
}
