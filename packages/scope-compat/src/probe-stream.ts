import type { Report, SymbolTable } from '@ridgeline/core';
import { upgradeReport } from './upgrade.ts';
import { completeReport, mergeScopeReports, type ScopeReport } from './wire/scope-report.ts';

/**
 * What one probe has said: its last full report, the delta since then, and shortcuts until its next report.
 *
 * Scope's app merges whatever arrived in a window of time, so what has gone stays for the length of it; here a report
 * replaces what it is newer than (semantics.md §1, slots). All reports are of one symbol table.
 */
export class ProbeStream {
  #full: ScopeReport | undefined;
  #delta: ScopeReport | undefined;
  #shortcuts: readonly ScopeReport[] = [];

  /** Takes the next report of the probe. */
  push(report: ScopeReport): void {
    if (report.kind === 'shortcut') {
      this.#shortcuts = [...this.#shortcuts, report];
      return;
    }
    this.#shortcuts = [];
    if (report.kind === 'delta') this.#delta = report;
    else {
      this.#full = report;
      this.#delta = undefined;
    }
  }

  /** Whether a full report has come: before it, nodes of deltas are half-known and not shown. */
  get hasFull(): boolean {
    return this.#full !== undefined;
  }

  /** What the probe knows now, ready for rendering. */
  report(symbols: SymbolTable): Report {
    const parts = [this.#full, this.#delta, ...this.#shortcuts].filter((part) => part !== undefined);
    return completeReport(upgradeReport(mergeScopeReports(symbols, parts)));
  }
}
