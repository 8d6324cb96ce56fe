import { combineLatest, distinctUntilChanged, map, Observable } from 'rxjs';
import type { ViewRequest } from '../engine/compile-view.ts';
import type { Engine } from '../engine/engine.ts';
import type { SourceStatus } from '../engine/source-status.ts';
import { type Delta, diffPictures, type Held, type Picture } from '../view/delta.ts';
import type { Snapshot } from '../view/snapshot.ts';
import { conflate } from './conflate.ts';

/** What {@link watchView} needs. */
export interface WatchOptions {
  readonly engine: Engine;
  /** Emits when the engine may give other pictures than before; emits at once when subscribed. */
  readonly changes$: Observable<unknown>;
  readonly request$: Observable<ViewRequest>;
  readonly epoch: string;
  /** What a slow reader is given: one delta each time this emits. Left out: every delta at once. */
  readonly ready$?: Observable<unknown>;
}

/** The picture of a snapshot, as readers hold it. */
export function pictureOf(snapshot: Snapshot, sources: readonly SourceStatus[]): Picture<SourceStatus> {
  return {
    view: snapshot.view,
    at: snapshot.at,
    ledger: snapshot.ledger,
    nodes: snapshot.nodes,
    sources,
    ...(snapshot.stale === undefined ? {} : { stale: snapshot.stale }),
  };
}

/**
 * Follows a view: first a reset, then patches, each from the picture that was sent last to the newest. Another
 * view begins with a reset again; another filter on the same view does not.
 *
 * Ends equal to `render(last report, last request)` whatever the interleaving (law F6).
 */
export function watchView(options: WatchOptions): Observable<Delta<SourceStatus>> {
  const { engine, changes$, request$, epoch, ready$ } = options;
  const pictures$ = combineLatest([changes$, request$]).pipe(
    map(([, request]) => ({ snapshot: engine.render(request), sources: engine.sources })),
    distinctUntilChanged((a, b) => a.snapshot === b.snapshot && a.sources === b.sources),
  );
  const paced$ = ready$ === undefined ? pictures$ : pictures$.pipe(conflate(ready$));
  return new Observable((reader) => {
    let held: Held<SourceStatus> | undefined;
    return paced$.subscribe({
      next: ({ snapshot, sources }) => {
        const picture = pictureOf(snapshot, sources);
        const seq = (held?.seq ?? 0) + 1;
        const delta: Delta<SourceStatus> =
          held === undefined || held.picture.view !== picture.view
            ? { kind: 'reset', epoch, seq, snapshot: picture }
            : diffPictures(held, picture, seq);
        held = { epoch, seq, picture };
        reader.next(delta);
      },
      error: (error: unknown) => reader.error(error),
      complete: () => reader.complete(),
    });
  });
}
