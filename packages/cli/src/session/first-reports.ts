import type { Millis } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import { filter, firstValueFrom, map, race, timer } from 'rxjs';

/**
 * Waits until every source has reported, or cannot: conditions, not times. The time-out only bounds the wait.
 *
 * @returns the names of the sources that did not report in time
 */
export async function firstReports(
  ridgeline: Ridgeline,
  timeoutMillis: Millis,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = ridgeline.engine.registry.sources.map((use) => use.def.name);
  const missing = (): readonly string[] =>
    names.filter((name) =>
      ridgeline.engine.sources
        .filter((status) => status.name === name)
        .every(({ reports, state }) => reports === 0 && state !== 'failed' && state !== 'stopped'),
    );
  const stopped$ = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await firstValueFrom(
    race(
      ridgeline.changes$.pipe(
        map(missing),
        filter((names) => names.length === 0),
      ),
      timer(timeoutMillis),
      stopped$,
    ),
  );
  return missing();
}
