import type { Report, SymbolTable } from '@ridgeline/core';
import { upgradeReport } from '../upgrade.ts';
import { completeReport, mergeScopeReports } from '../wire/scope-report.ts';
import { decodeReport, ReportDecoder } from './decode-report.ts';
import { defaultReadLimits } from './limits.ts';
import { badReport } from './read-error.ts';
import { isGzip, unzip } from './unzip.ts';

const BRACE = 0x7b;

/**
 * Reads a file of one report, or of several in order of arrival (`{ "reports": [report, …] }`), joined into one that is
 * ready for rendering.
 *
 * @param bytes - JSON or msgpack, gzipped or not
 * @throws RidgelineError `BAD_REPORT` with the path of what is wrong, also when nothing in it is a topology
 */
export function decodeBundle(bytes: Uint8Array, symbols: SymbolTable): Report {
  const plain = isGzip(bytes) ? unzip(bytes, defaultReadLimits.bytes) : bytes;
  const reports = plain[0] === BRACE ? reportsOf(plain) : undefined;
  const report = reports === undefined ? decodeReport(plain, symbols) : decodeEach(reports, symbols);
  if (report.topologies.size === 0) throw badReport('', 'it holds no topology of a report');
  return report;
}

function reportsOf(bytes: Uint8Array): readonly unknown[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // The reader of a single report says what is wrong and where.
    return undefined;
  }
  const reports = (json as { readonly reports?: unknown }).reports;
  return Array.isArray(reports) ? reports : undefined;
}

function decodeEach(reports: readonly unknown[], symbols: SymbolTable): Report {
  const decoder = new ReportDecoder();
  const upgraded = reports.map((report) => upgradeReport(decoder.decode(report, symbols)));
  return completeReport(mergeScopeReports(symbols, upgraded));
}
