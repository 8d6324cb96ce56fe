import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReport, type Report, reportToJson, SymbolTable, Topology } from '@ridgeline/core';
import { buildReport } from '../plain/build-report.ts';
import type { PlainReport } from '../plain/plain-report.ts';

/** A report of a counterexample as a file, and the command that shows it. */
export interface SavedReport {
  /** Absolute, or relative to where the tests run. */
  readonly file: string;
  readonly command: string;
}

/** Where counterexamples are saved, and in which view they are shown. */
export interface CounterexampleOptions {
  /** A folder; default: `LAWS_COUNTEREXAMPLES` of the environment, else `ridgeline-counterexamples` in the folder for temporary files. */
  readonly counterexamples?: string;
  /** The view that the printed command shows it in; default: that of the definition under test, as far as it is known. */
  readonly view?: string;
}

/**
 * A law that does not hold: with the shrunk counterexample, and the reports in it as files that
 * `ridgeline view … --input` shows.
 */
export class BrokenLawError extends Error {
  override readonly name = 'BrokenLawError';
  /** `C2` */
  readonly law: string;
  /** What the law was tried on last, shrunk. */
  readonly counterexample: readonly unknown[];
  readonly saved: readonly SavedReport[];

  constructor(
    law: string,
    message: string,
    found: { readonly counterexample: readonly unknown[]; readonly saved: readonly SavedReport[] },
    cause: unknown,
  ) {
    super([message, ...found.saved.map(describeSaved)].join('\n'), { cause });
    this.law = law;
    this.counterexample = found.counterexample;
    this.saved = found.saved;
  }
}

function describeSaved({ file, command }: SavedReport): string {
  return `\nThe counterexample is saved as ${file}; it is shown by:\n  ${command}`;
}

/**
 * Writes each report of a counterexample to a file of its own, whose name is made of the law and the test.
 *
 * @param values - what a law was tried on: reports, plain reports and topologies are written, others left out
 */
export function saveCounterexample(
  law: string,
  formula: string,
  values: readonly unknown[],
  { counterexamples, view = 'VIEW' }: CounterexampleOptions,
): readonly SavedReport[] {
  const folder =
    counterexamples ??
    (globalThis.process?.env.LAWS_COUNTEREXAMPLES || join(tmpdir(), 'ridgeline-counterexamples'));
  const reports = values.flatMap((value) => reportOf(value) ?? []);
  if (reports.length > 0) mkdirSync(folder, { recursive: true });
  return reports.map((report, i) => {
    const words = `${view} ${law} ${formula}`.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
    const file = join(folder, `${words.slice(0, 60).toLowerCase()}${i === 0 ? '' : `-${i + 1}`}.json`);
    writeFileSync(file, `${JSON.stringify(reportToJson(withOrigin(report)), undefined, 1)}\n`);
    return { file, command: `npx ridgeline view ${view} --input ${quote(file)}` };
  });
}

/** The report in a value that a law was tried on. */
function reportOf(value: unknown): Report | undefined {
  if (value instanceof Topology) {
    return makeReport({ symbols: value.symbols, window: { from: 0, to: 0 }, topologies: [value] });
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if ('topology' in value && value.topology instanceof Topology) return reportOf(value.topology);
  if (!('topologies' in value) || !(value.topologies instanceof Map)) return undefined;
  return 'symbols' in value ? (value as Report) : buildReport(value as PlainReport, new SymbolTable());
}

function withOrigin(report: Report): Report {
  const origin = report.origin ?? { source: 'law', host: 'counterexample' };
  return makeReport({ ...report, origin, topologies: report.topologies.values() });
}

/** For a shell. */
function quote(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
