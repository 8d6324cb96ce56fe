import { readFileSync } from 'node:fs';
import { brotliDecompressSync, constants } from 'node:zlib';
import {
  mergeReports,
  type Report,
  type ReportJson,
  RidgelineError,
  reportFromJson,
  SymbolTable,
} from '@ridgeline/core';
import * as fc from 'fast-check';
import { buildReport } from '../plain/build-report.ts';
import { describeReport } from '../plain/describe-report.ts';
import type { PlainReport } from '../plain/plain-report.ts';
import { showReport } from './reports.ts';

/**
 * Reports of the world as it was: what a recording shows at some instant, with any of its nodes left out. A counterexample shrinks
 * towards the beginning of the recording and to few nodes.
 *
 * @param file - a recording of `ridgeline record`, or a single report as JSON, such as a saved counterexample
 * @throws RidgelineError `BAD_REPORT` for a file that is neither; the file's own errors
 */
export function fromRecording(file: string): fc.Arbitrary<Report> {
  const recorded = readReports(file);
  const pictures = new Map<number, PlainReport>();
  const pictureAt = (instant: number): PlainReport => {
    let picture = pictures.get(instant);
    if (picture === undefined) {
      picture = describeReport(joinNewest(recorded.slice(0, instant + 1)));
      pictures.set(instant, picture);
    }
    return picture;
  };
  return fc
    .nat(recorded.length - 1)
    .chain((instant) => partsOf(pictureAt(instant)))
    .map((plain) => showReport(buildReport(plain, new SymbolTable())));
}

/** The report with any of its nodes left out. */
function partsOf(plain: PlainReport): fc.Arbitrary<PlainReport> {
  const topologies = [...plain.topologies].map(([name, nodes]) =>
    fc.subarray([...nodes]).map((kept) => [name, new Map(kept)] as const),
  );
  return fc.tuple(...topologies).map((kept) => ({ ...plain, topologies: new Map(kept) }));
}

/** As an engine joins them: of each origin the newest. */
function joinNewest(recorded: readonly ReportJson[]): Report {
  const newest = new Map(recorded.map((report) => [JSON.stringify(report.origin), report]));
  const symbols = new SymbolTable();
  return mergeReports(
    symbols,
    [...newest.values()].map((json) => reportFromJson(json, symbols)),
  );
}

function readReports(file: string): readonly ReportJson[] {
  const reports: ReportJson[] = [];
  const text = textOf(readFileSync(file));
  const whole = parse(text);
  for (const value of whole === undefined ? text.split('\n').map(parse) : [whole]) {
    // A recording has a header and an end, and its last line may be torn.
    const report = isReport(value) ? value : (value as { readonly report?: unknown } | undefined)?.report;
    if (isReport(report)) reports.push(report);
  }
  if (reports.length > 0) return reports;
  throw new RidgelineError(
    'BAD_REPORT',
    `${file} holds no report`,
    { file },
    'recordings are made by "ridgeline record FILE"',
  );
}

function textOf(bytes: Buffer): string {
  if (bytes[0] === 0x7b) return bytes.toString('utf8');
  return brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH }).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one document, or a line that was cut off.
    return undefined;
  }
}

function isReport(value: unknown): value is ReportJson {
  const report = value as Partial<ReportJson> | undefined;
  return report?.version === 1 && typeof report.topologies === 'object';
}
