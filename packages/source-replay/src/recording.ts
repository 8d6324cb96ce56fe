import type { Millis, ReportJson } from '@ridgeline/core';

/** The first line of a recording. */
export interface RecordingHeader {
  readonly ridgeline: 'recording';
  readonly version: 1;
  /** When it was begun, by the wall clock. */
  readonly started: Millis;
  /** The host that recorded it. */
  readonly host: string;
}

/** A line for each report that came in. */
export interface RecordedReport {
  /** When it came in: milliseconds since the beginning, by a clock that never runs backwards. */
  readonly at: Millis;
  /** How often its source was to report. */
  readonly interval: Millis;
  /** With its origin, also where the source had left it out. */
  readonly report: ReportJson;
}

/** The last line: a recording without it was cut off. */
export interface RecordingEnd {
  readonly end: true;
  readonly at: Millis;
}

/** How a recording ended. */
export interface Ending {
  readonly reports: number;
  /** When the recording ended, as {@link RecordedReport.at}; the last report's where it was cut off. */
  readonly at: Millis;
  /** What is missing at its end, in a sentence; absent for a recording that was closed. */
  readonly torn?: string;
}

/** What the first line of every recording begins with, so that a file tells what it is. */
export const RECORDING_MARK = '{"ridgeline":"recording"';
