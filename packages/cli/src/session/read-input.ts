import { readFile } from 'node:fs/promises';
import {
  type Engine,
  makeReport,
  type Report,
  type ReportJson,
  type ReportOrigin,
  RidgelineError,
  reportFromJson,
} from '@ridgeline/core';
import { isRecording, readRecording } from '@ridgeline/runtime';
import { decodeBundle } from '@ridgeline/scope-compat';

/**
 * Reads a file of reports into an engine: a recording (all of it, so that the last picture stands), a report of
 * ours as JSON, or Scope reports (JSON or msgpack, gzipped or not; one, or several as `{ "reports": […] }`).
 *
 * @returns what was odd about the file, in sentences
 * @throws RidgelineError `BAD_REPORT`; the errors of the file
 */
export async function readInput(engine: Engine, path: string): Promise<readonly string[]> {
  if (await isRecording(path)) return await readWholeRecording(engine, path);
  const bytes = await readFile(path);
  const ours = ourReport(bytes);
  const report = ours === undefined ? scopeReport(engine, path, bytes) : reportFromJson(ours, engine.symbols);
  take(engine, report.origin ?? { source: 'file', host: path }, report, 0, path);
  return [];
}

/** As the engine that was live did, by the recording's own clock. */
async function readWholeRecording(engine: Engine, path: string): Promise<readonly string[]> {
  const entries = readRecording(path);
  for (;;) {
    const next = await entries.next();
    engine.tick({ now: next.value.at, monotonic: next.value.at });
    if (next.done === true) return next.value.torn === undefined ? [] : [next.value.torn];
    const report = reportFromJson(next.value.report, engine.symbols);
    const origin = report.origin ?? { source: 'recording', host: path };
    const { at, interval } = next.value;
    engine.ingest(origin, report, interval, { now: report.window.to, monotonic: at });
  }
}

function take(engine: Engine, origin: ReportOrigin, report: Report, interval: number, path: string): void {
  const from: Report =
    report.origin === undefined
      ? makeReport({ ...report, origin, topologies: report.topologies.values() })
      : report;
  if (engine.ingest(origin, from, interval, { now: report.window.to, monotonic: 0 })) return;
  const status = engine.sources.find(
    (source) => source.name === origin.source && source.host === origin.host,
  );
  throw new RidgelineError('BAD_REPORT', `${path}: ${status?.message ?? 'the report was refused'}`, { path });
}

/** A report in our JSON form; `undefined` for anything else. */
function ourReport(bytes: Buffer): ReportJson | undefined {
  if (bytes[0] !== 0x7b) return undefined;
  const json = parseJson(bytes) as Partial<ReportJson> | undefined;
  return json?.version === 1 && json.topologies !== undefined ? (json as ReportJson) : undefined;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Not JSON: whoever reads it next says what is wrong.
    return undefined;
  }
}

function scopeReport(engine: Engine, path: string, bytes: Buffer): Report {
  try {
    return decodeBundle(bytes, engine.symbols);
  } catch (error) {
    if (!(error instanceof RidgelineError)) throw error;
    throw new RidgelineError(
      error.code,
      `${path} is neither a recording nor a report: ${error.message}`,
      { path, ...error.facts },
      'files that can be read: recordings of "ridgeline record", reports of ours as JSON, Scope reports',
      error,
    );
  }
}
