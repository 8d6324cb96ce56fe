import { BehaviorSubject, interval, map, merge, type Observable, type Subscription } from 'rxjs';
import type { ViewRequest } from '../engine/compile-view.ts';
import { Engine } from '../engine/engine.ts';
import { noSettings, type Settings } from '../engine/settings.ts';
import type { SourceStatus, SourceStatuses } from '../engine/source-status.ts';
import type { Millis } from '../ids/instant.ts';
import type { Report, ReportOrigin } from '../model/report.ts';
import type { Plugin } from '../plugin/define-plugin.ts';
import type { Delta } from '../view/delta.ts';
import type { Snapshot } from '../view/snapshot.ts';
import { type Clock, ingestSource, momentOf } from './ingest.ts';
import { watchView } from './watch.ts';

/** What {@link createRidgeline} takes. */
export interface RidgelineOptions {
  /** Sources, renderers, filters and views: all come from plugins. */
  readonly plugins: readonly Plugin[];
  readonly settings?: Settings;
  /** The name of this host. */
  readonly host: string;
  readonly clock: Clock;
  /** Tells this life of the process from others; readers that were cut off ask for a reset when it differs. */
  readonly epoch: string;
}

/** Ridgeline inside another program. */
export interface Ridgeline {
  readonly engine: Engine;
  /** Emits at once and then whenever a report came in, a source changed its state, or settings changed. */
  readonly changes$: Observable<void>;
  /** The joined report, now and whenever it changes. */
  readonly report$: Observable<Report>;
  readonly sources$: Observable<SourceStatuses>;
  /** Connects all sources. */
  start(): void;
  /** Disconnects all sources; pictures of what was reported can still be rendered. */
  stop(): void;
  render(request: ViewRequest): Snapshot;
  /**
   * Takes a report in that no source of ours made: one that was sent here.
   *
   * @param interval - how often such reports come; after a few intervals of silence it is dropped
   * @returns whether the joined report changed
   */
  ingest(origin: ReportOrigin, report: Report, interval: Millis): boolean;
  /** @param ready$ - emits when the reader can take one more delta; left out: it can always */
  watch(request$: Observable<ViewRequest>, ready$?: Observable<unknown>): Observable<Delta<SourceStatus>>;
  /** Replaces the settings; followers see what they change. */
  configure(settings: Settings): void;
}

/** How often sources that went quiet are looked for. */
const TICK: Millis = 1000;

/**
 * Puts an engine and its sources together.
 *
 * @example
 * const ridgeline = createRidgeline({ plugins: [procfs(), processes()], host: hostname(), clock, epoch });
 * ridgeline.start();
 * ridgeline.watch(of({ view: 'processes' })).subscribe((delta) => draw(delta));
 * @throws RidgelineError `DUPLICATE_NAME` when two plugins define the same name
 */
export function createRidgeline(options: RidgelineOptions): Ridgeline {
  const { plugins, settings = noSettings, host, clock, epoch } = options;
  const engine = new Engine({ plugins, settings });
  const changes$ = new BehaviorSubject<void>(undefined);
  const changed = (): void => changes$.next();
  let running: Subscription | undefined;
  return {
    engine,
    changes$,
    report$: changes$.pipe(map(() => engine.report)),
    sources$: changes$.pipe(map(() => engine.sources)),
    start: () => {
      if (running !== undefined) return;
      running = merge(
        ...engine.registry.sources.map((use) => ingestSource(use, { engine, host, clock, changed })),
      ).subscribe();
      running.add(
        interval(TICK).subscribe(() => {
          if (engine.tick(momentOf(clock))) changed();
        }),
      );
    },
    stop: () => {
      running?.unsubscribe();
      running = undefined;
    },
    render: (request) => engine.render(request),
    ingest: (origin, report, interval) => {
      const accepted = engine.ingest(origin, report, interval, momentOf(clock));
      changed();
      return accepted;
    },
    watch: (request$, ready$) =>
      watchView({ engine, changes$, request$, epoch, ...(ready$ === undefined ? {} : { ready$ }) }),
    configure: (next) => {
      engine.settings = next;
      changed();
    },
  };
}
