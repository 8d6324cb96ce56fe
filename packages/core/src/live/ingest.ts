import { defer, EMPTY, ignoreElements, type Observable, retry, tap, timer } from 'rxjs';
import type { Engine, Moment } from '../engine/engine.ts';
import { RidgelineError } from '../errors.ts';
import type { Millis } from '../ids/instant.ts';
import type { ReportOrigin } from '../model/report.ts';
import type { SourceUse } from '../plugin/define-plugin.ts';
import type { SourceContext } from '../plugin/define-source.ts';
import { paceReports } from './pace-reports.ts';

/** The clocks of the process. */
export interface Clock {
  now(): Millis;
  monotonic(): Millis;
}

/** What {@link ingestSource} needs. */
export interface IngestOptions {
  readonly engine: Engine;
  readonly host: string;
  readonly clock: Clock;
  /** Told whenever the joined report or a source's state has changed. */
  readonly changed: () => void;
}

/** The wait before a failed source is tried again, and its bound. */
const RETRY_FIRST: Millis = 1000;
const RETRY_MOST: Millis = 60_000;

/**
 * Connects a source to the engine: its reports go into its slot, what it says of itself into its status.
 *
 * A source that throws is named, and tried again after 1 s, 2 s, 4 s … 60 s, but for `UNAVAILABLE`, which no trying
 * would change; one that completes is done. The stream never ends with an error, so that no source can end another (law G2).
 */
export function ingestSource(use: SourceUse, options: IngestOptions): Observable<never> {
  const { engine, host, clock, changed } = options;
  const own: ReportOrigin = { source: use.def.name, host };
  const interval = use.def.interval(use.options);
  let failures = 0;
  /** Its last word, said already: what it has to say of its own end stands. */
  let isEnded = false;
  const context: SourceContext = {
    host,
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    symbols: () => engine.symbols,
    notify: (notice) => {
      isEnded = notice.state === 'stopped';
      engine.notify(own, notice, clock.now());
      changed();
    },
  };
  return defer(() => {
    isEnded = false;
    engine.notify(own, { state: 'starting' }, clock.now());
    return use.def.connect(use.options, context);
  }).pipe(
    tap(() => {
      failures = 0;
    }),
    paceReports(own, interval, clock, (origin, dropped) => {
      engine.notify(
        origin,
        {
          state: 'degraded',
          message: `it reports far more often than every ${interval} ms: ${dropped} reports were overtaken and left out`,
        },
        clock.now(),
      );
    }),
    tap(({ origin, report }) => {
      engine.ingest(origin, report, interval, momentOf(clock));
      changed();
    }),
    retry({
      delay: (error) => {
        if (error instanceof RidgelineError && error.code === 'UNAVAILABLE') {
          const fix = error.fix === undefined ? '' : ` (${error.fix})`;
          engine.notify(
            own,
            { state: 'failed', message: `${error.message}${fix}`, givenUp: true },
            clock.now(),
          );
          changed();
          isEnded = true;
          return EMPTY;
        }
        const wait = Math.min(RETRY_MOST, RETRY_FIRST * 2 ** failures++);
        const message = error instanceof Error ? error.message : String(error);
        engine.notify(
          own,
          { state: 'failed', message: `${message}; tried again in ${wait / 1000} s` },
          clock.now(),
        );
        changed();
        return timer(wait);
      },
    }),
    tap({
      complete: () => {
        if (isEnded) return;
        engine.notify(own, { state: 'stopped', message: 'it has no more to report' }, clock.now());
        changed();
      },
    }),
    ignoreElements(),
  );
}

/** Now, by both clocks. */
export function momentOf(clock: Clock): Moment {
  return { now: clock.now(), monotonic: clock.monotonic() };
}
