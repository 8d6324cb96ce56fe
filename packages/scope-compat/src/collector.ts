import type { Millis, Report, SymbolTable } from '@ridgeline/core';
import { upgradeReport } from './upgrade.ts';
import { completeReport, mergeScopeReports, type ScopeReport } from './wire/scope-report.ts';

interface Arrival {
  readonly at: Millis;
  readonly report: ScopeReport;
}

/** Reports that arrive within this time of each other are merged into one when they are first asked for. */
const QUANTUM: Millis = 3000;

/**
 * Keeps the reports of all probes that arrived in a window of time, as Scope's app does (RULES.md §9): for clients that
 * are to see exactly what Scope would show. The engine keeps a {@link ProbeStream} of each probe instead.
 */
export class ReportCollector {
  readonly #symbols: SymbolTable;
  readonly #window: Millis;
  #arrivals: readonly Arrival[] = [];

  /** @param window - how long a report is kept */
  constructor(symbols: SymbolTable, window: Millis) {
    this.#symbols = symbols;
    this.#window = window;
  }

  /** Takes a report; they come in order of arrival. */
  add(report: ScopeReport, at: Millis): void {
    this.#arrivals = [...this.#arrivals, { at, report }];
  }

  /** Whether there is a report for a time. */
  hasReports(at: Millis): boolean {
    const oldest = this.#arrivals[0];
    const newest = this.#arrivals.at(-1);
    return oldest !== undefined && newest !== undefined && oldest.at <= at && newest.at >= at - this.#window;
  }

  /** The join of what is kept, ready for rendering. Merges runs of reports for good, which keep their first one's time. */
  report(now: Millis): Report {
    this.#arrivals = this.#quantise(this.#arrivals.filter(({ at }) => at > now - this.#window));
    const upgraded = this.#arrivals.map(({ report }) => upgradeReport(report));
    return completeReport(mergeScopeReports(this.#symbols, upgraded));
  }

  #quantise(arrivals: readonly Arrival[]): readonly Arrival[] {
    const runs: { at: Millis; reports: ScopeReport[] }[] = [];
    for (const { at, report } of arrivals) {
      const run = runs.at(-1);
      if (run !== undefined && at - run.at < QUANTUM) run.reports.push(report);
      else runs.push({ at, reports: [report] });
    }
    return runs.map(({ at, reports }) => ({
      at,
      report: reports.length === 1 ? (reports[0] as ScopeReport) : mergeScopeReports(this.#symbols, reports),
    }));
  }
}
