import {
  defineSource,
  type Millis,
  makeReport,
  type Report,
  type ReportOrigin,
  reportFromJson,
  type SourceContext,
  type SourceDef,
  type Window,
} from '@ridgeline/core';
import { Observable } from 'rxjs';
import * as z from 'zod';
import { readRecording } from './read-recording.ts';
import type { Ending, RecordedReport } from './recording.ts';
import { Silences } from './silences.ts';

/** What can be set of a replay. */
export interface ReplayOptions {
  /** The recording. */
  readonly file: string;
  /** How many times faster than it was recorded; `max`: without waiting. */
  readonly speed: number | 'max';
  /** Begin again at the end. Windows go on from where the last round ended. */
  readonly loop: boolean;
}

/** Checks and completes the options. */
export const replayOptions: z.ZodType<ReplayOptions> = z.strictObject({
  file: z.string().min(1).describe('the recording'),
  speed: z
    .union([z.number().positive().max(1_000_000), z.literal('max')])
    .default(1)
    .describe('how many times faster than it was recorded; `max`: without waiting'),
  loop: z.boolean().default(false).describe('begin again at the end'),
});

/**
 * Slots of a replay live as long as the recording says, by its own clock: the engine's, which knows nothing of
 * the speed, is not to drop them.
 */
const NEVER_STALE: Millis = 86_400_000;

/** A longer wait would end at once (Node's timers count in 31 bits). */
const MAX_TIMEOUT: Millis = 2 ** 31 - 1;

/**
 * Replays a recording: its reports come under the origins, and with the windows, that they were recorded with.
 *
 * A source that fell silent in the recording vanishes when it did then.
 *
 * @example
 * const reports$ = replay.connect({ file: 'incident.rgl', speed: 10, loop: false }, context);
 */
export const replay: SourceDef<ReplayOptions> = defineSource<ReplayOptions>({
  name: 'replay',
  description: 'reports from a recording, as they came',
  produces: [],
  options: replayOptions,
  interval: () => NEVER_STALE,
  connect: (options, context) =>
    new Observable<Report>((subscriber) => {
      const abort = new AbortController();
      replayRounds(options, context, abort.signal, (report) => subscriber.next(report)).then(
        () => subscriber.complete(),
        (error: unknown) => subscriber.error(error),
      );
      return () => abort.abort();
    }),
});

type Emit = (report: Report) => void;

async function replayRounds(
  options: ReplayOptions,
  context: SourceContext,
  signal: AbortSignal,
  emit: Emit,
): Promise<void> {
  context.notify({ state: 'running', message: `replays ${options.file}` });
  let shift: Millis = 0;
  for (;;) {
    const { ending, span } = await replayOnce(options, context, signal, shift, emit);
    if (signal.aborted) return;
    if (ending?.torn !== undefined) context.notify({ state: 'degraded', message: ending.torn });
    if (!options.loop || span === undefined) return;
    shift += span;
  }
}

async function replayOnce(
  { file, speed }: ReplayOptions,
  context: SourceContext,
  signal: AbortSignal,
  shift: Millis,
  emit: Emit,
): Promise<{ readonly ending: Ending | undefined; readonly span: Millis | undefined }> {
  const start = context.monotonic();
  const until = (at: Millis): Promise<void> =>
    speed === 'max' ? nextTurn() : pause(start + at / speed - context.monotonic(), signal);
  const silences = new Silences();
  const entries = readRecording(file);
  let hull: Window | undefined;
  let interval: Millis = 0;
  try {
    for (;;) {
      const next = await entries.next();
      if (signal.aborted) return { ending: undefined, span: undefined };
      for (const gone of silences.before(next.value.at)) {
        await until(gone.until);
        if (signal.aborted) return { ending: undefined, span: undefined };
        emit(emptied(gone.origin, gone.window, context));
      }
      // Also the end is waited for: a loop keeps its rhythm.
      await until(next.value.at);
      if (signal.aborted) return { ending: undefined, span: undefined };
      if (next.done === true) {
        const span = hull === undefined ? undefined : hull.to - hull.from + interval;
        return { ending: next.value, span };
      }
      const report = shifted(readReport(next.value, context), shift);
      hull = hullOf(hull, report.window);
      interval = Math.max(interval, next.value.interval);
      silences.heard(report.origin as ReportOrigin, next.value, report.window);
      emit(report);
    }
  } finally {
    await entries.return({ reports: 0, at: 0 });
  }
}

/** The report of a line; one that was recorded without an origin comes from this source. */
function readReport({ report }: RecordedReport, context: SourceContext): Report {
  const read = reportFromJson(report, context.symbols());
  return read.origin === undefined
    ? makeReport({
        ...read,
        topologies: read.topologies.values(),
        origin: { source: 'replay', host: context.host },
      })
    : read;
}

function shifted(report: Report, shift: Millis): Report {
  if (shift === 0) return report;
  const { from, to } = report.window;
  return makeReport({
    ...report,
    topologies: report.topologies.values(),
    window: { from: from + shift, to: to + shift },
  });
}

/**
 * What an origin reports that is gone: nothing, just after its last report, so that whoever gets the two the other way
 * round knows which of them stands (law G5).
 */
function emptied(origin: ReportOrigin, { to }: Window, context: SourceContext): Report {
  return makeReport({
    symbols: context.symbols(),
    origin,
    window: { from: to, to: to + 1 },
    topologies: [],
  });
}

function hullOf(hull: Window | undefined, { from, to }: Window): Window {
  return hull === undefined ? { from, to } : { from: Math.min(hull.from, from), to: Math.max(hull.to, to) };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function pause(millis: Millis, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(Math.max(0, millis), MAX_TIMEOUT));
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
