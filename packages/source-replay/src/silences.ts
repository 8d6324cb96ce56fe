import type { Millis, ReportOrigin, Window } from '@ridgeline/core';
import type { RecordedReport } from './recording.ts';

/** An origin that has fallen silent, with the window of its last report. */
export interface Silence {
  readonly origin: ReportOrigin;
  readonly window: Window;
  /** When an engine drops it. */
  readonly until: Millis;
}

/** After so many intervals, but not before {@link AT_LEAST}, an engine drops what an origin reported (semantics.md §1). */
const INTERVALS = 5;
const AT_LEAST: Millis = 15_000;

/** Keeps track, by the clock of a recording, of the origins that an engine would have dropped. */
export class Silences {
  readonly #heard = new Map<string, Silence>();

  /** Notes a report. */
  heard(
    origin: ReportOrigin,
    { at, interval }: Pick<RecordedReport, 'at' | 'interval'>,
    window: Window,
  ): void {
    const until = at + Math.max(AT_LEAST, INTERVALS * interval);
    this.#heard.set(JSON.stringify([origin.source, origin.host]), { origin, window, until });
  }

  /** The origins that are gone before a time, in the order in which they went; each is told once. */
  before(at: Millis): readonly Silence[] {
    const gone: Silence[] = [];
    for (const [key, silence] of this.#heard) {
      if (silence.until >= at) continue;
      this.#heard.delete(key);
      gone.push(silence);
    }
    return gone.sort((a, b) => a.until - b.until);
  }
}
