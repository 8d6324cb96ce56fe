import { Observable, type Subscription, timer } from 'rxjs';
import type { Millis } from '../ids/instant.ts';
import type { Report, ReportOrigin } from '../model/report.ts';
import type { Clock } from './ingest.ts';

/** A report and whose slot it goes into. */
export interface OriginReport {
  readonly origin: ReportOrigin;
  readonly report: Report;
}

/** A source may report so many times within one of its intervals before reports overtake each other. */
const BURST = 20;
/** How many overtaken reports within one interval are worth a word. */
const FLOOD = 100;

interface Lane {
  readonly origin: ReportOrigin;
  /** When the interval that is counted began. */
  since: Millis;
  taken: number;
  overtaken: number;
  waiting: Report | undefined;
  timer: Subscription | undefined;
}

/**
 * Takes at most 20 reports an interval from each origin: of those that come faster only the newest
 * counts, since a report replaces the one before. So a source that emits without end costs a bounded number of
 * joins and renders, and nobody else is held up.
 *
 * @param flooded - told, once an interval, how many reports an origin had left out
 */
export function paceReports(
  own: ReportOrigin,
  interval: Millis,
  clock: Clock,
  flooded: (origin: ReportOrigin, dropped: number) => void,
): (reports: Observable<Report>) => Observable<OriginReport> {
  return (reports) =>
    new Observable<OriginReport>((reader) => {
      const lanes = new Map<string, Lane>();
      const laneOf = (origin: ReportOrigin): Lane => {
        const key = JSON.stringify([origin.source, origin.host]);
        let lane = lanes.get(key);
        if (lane === undefined) {
          lane = {
            origin,
            since: clock.monotonic(),
            taken: 0,
            overtaken: 0,
            waiting: undefined,
            timer: undefined,
          };
          lanes.set(key, lane);
        }
        return lane;
      };
      const beginInterval = (lane: Lane): void => {
        if (lane.overtaken >= FLOOD) flooded(lane.origin, lane.overtaken);
        lane.since = clock.monotonic();
        lane.taken = 0;
        lane.overtaken = 0;
      };
      const take = (lane: Lane, report: Report): void => {
        lane.waiting = undefined;
        lane.taken++;
        reader.next({ origin: lane.origin, report });
      };
      const flush = (lane: Lane): void => {
        lane.timer = undefined;
        beginInterval(lane);
        if (lane.waiting !== undefined) take(lane, lane.waiting);
      };
      const subscription = reports.subscribe({
        next: (report) => {
          const lane = laneOf(report?.origin ?? own);
          const left = lane.since + interval - clock.monotonic();
          if (left <= 0 && lane.timer === undefined) beginInterval(lane);
          if (lane.taken < BURST) {
            take(lane, report);
            return;
          }
          if (lane.waiting !== undefined) lane.overtaken++;
          lane.waiting = report;
          lane.timer ??= timer(Math.max(0, left)).subscribe(() => flush(lane));
        },
        error: (error: unknown) => reader.error(error),
        complete: () => {
          for (const lane of lanes.values()) if (lane.waiting !== undefined) take(lane, lane.waiting);
          reader.complete();
        },
      });
      return () => {
        subscription.unsubscribe();
        for (const lane of lanes.values()) lane.timer?.unsubscribe();
      };
    });
}
