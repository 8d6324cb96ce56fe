import type { Millis, Report, SymbolTable } from '@ridgeline/core';
import { upgradeReport } from '../upgrade.ts';
import { completeReport, type ScopeReport } from '../wire/scope-report.ts';
import { defaultReadLimits, type ReadLimits } from './limits.ts';
import { badReport } from './read-error.ts';
import { readJsonReport } from './read-json.ts';
import { readMsgpackReport } from './read-msgpack.ts';
import { ReportAssembly } from './report-assembly.ts';
import { TemplateMemo } from './template-memo.ts';
import { isGzip, unzip } from './unzip.ts';

/** What reading may be told. */
export interface DecodeOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Stands in for the start of a report that does not say when it was begun; default 0. */
  readonly receivedAt?: Millis;
}

/**
 * Reads reports as Scope's probes, plugins and apps write them, as they stand: not upgraded, half-known nodes kept.
 *
 * One decoder reads many reports faster than many do: how topologies are shown is the same in each and read once.
 */
export class ReportDecoder {
  readonly #limits: ReadLimits;
  readonly #memo = new TemplateMemo();

  constructor(limits: Partial<ReadLimits> = {}) {
    this.#limits = { ...defaultReadLimits, ...limits };
  }

  /**
   * @param document - bytes (msgpack or JSON text, gzipped or not: their first bytes tell) or parsed JSON
   * @param symbols - the table in which the report is built
   * @param receivedAt - stands in for the start of a report that does not say when it was begun
   * @throws RidgelineError `BAD_REPORT` with the path of what is wrong
   */
  decode(document: unknown, symbols: SymbolTable, receivedAt: Millis = 0): ScopeReport {
    const assembly = new ReportAssembly(symbols, this.#limits, this.#memo, receivedAt);
    if (document instanceof Uint8Array) readBytes(document, assembly, this.#limits);
    else readJsonReport(document, assembly);
    return assembly.finish();
  }
}

/** Reads one report: see {@link ReportDecoder}. */
export function decodeScopeReport(
  document: unknown,
  symbols: SymbolTable,
  options: DecodeOptions = {},
): ScopeReport {
  return new ReportDecoder(options.limits).decode(document, symbols, options.receivedAt);
}

/** Reads a report ready for rendering: upgraded, without half-known nodes. See {@link ReportDecoder}. */
export function decodeReport(document: unknown, symbols: SymbolTable, options: DecodeOptions = {}): Report {
  return completeReport(upgradeReport(decodeScopeReport(document, symbols, options)));
}

const BRACE = 0x7b;
const SPACES: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

function readBytes(bytes: Uint8Array, assembly: ReportAssembly, limits: ReadLimits): void {
  if (bytes.length > limits.bytes) throw badReport('', `more than ${limits.bytes} bytes`);
  const plain = isGzip(bytes) ? unzip(bytes, limits.bytes) : bytes;
  let first = 0;
  while (SPACES.has(plain[first])) first++;
  if (plain[first] !== BRACE) {
    readMsgpackReport(plain, assembly);
    return;
  }
  readJsonReport(parseJson(plain), assembly);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw badReport('', `no JSON: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}
