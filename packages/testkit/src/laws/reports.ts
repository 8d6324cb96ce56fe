/** Laws B: the merge of reports is a join-semilattice, total, and keeps all that it is given. */
import { emptyReport, type Report, type SymbolTable, type Topology } from '@ridgeline/core';
import { mergePlainReports } from '../oracle/merge-oracle.ts';
import { canonicalText } from '../plain/canonical-text.ts';
import { describeReport } from '../plain/describe-report.ts';
import { describeGraph, edgesOf } from '../plain/plain-graph.ts';
import { plainReportText, reportText, sameReport } from '../plain/same.ts';
import { reportWithin } from '../plain/within.ts';

/** The join of any number of reports of one symbol table. */
export type Merge = (symbols: SymbolTable, reports: readonly Report[]) => Report;

/** B1: `a⊔b ≅ b⊔a`, ties included. */
export function isCommutative(merge: Merge, a: Report, b: Report): boolean {
  return sameReport(merge(a.symbols, [a, b]), merge(a.symbols, [b, a]));
}

/** B2: `(a⊔b)⊔c ≅ a⊔(b⊔c)`. */
export function isAssociative(merge: Merge, a: Report, b: Report, c: Report): boolean {
  const { symbols } = a;
  return sameReport(merge(symbols, [merge(symbols, [a, b]), c]), merge(symbols, [a, merge(symbols, [b, c])]));
}

/** B3: `a⊔a ≅ a`; the second a is `twin`, equal but no object of it the same. */
export function isIdempotent(merge: Merge, a: Report, twin: Report): boolean {
  return sameReport(merge(a.symbols, [a, a]), a) && sameReport(merge(a.symbols, [a, twin]), a);
}

/** B4: `a⊔empty ≅ a`. */
export function hasNeutralElement(merge: Merge, a: Report): boolean {
  const empty = emptyReport(a.symbols);
  return sameReport(merge(a.symbols, [a, empty]), a) && sameReport(merge(a.symbols, [empty, a]), a);
}

/** B5: the fold over any permutation, with repetitions, is the join of all at once. `order` has every index at least once. */
export function foldsInAnyOrder(merge: Merge, reports: readonly Report[], order: readonly number[]): boolean {
  const [first] = reports;
  if (first === undefined) return true;
  const { symbols } = first;
  const folded = order.reduce(
    (sum, index) => merge(symbols, [sum, reports[index] as Report]),
    emptyReport(symbols),
  );
  return sameReport(folded, merge(symbols, reports));
}

/** B6: `⊔` is total: whatever two reports disagree on, there is a join, and it names no node twice. */
export function isTotal(merge: Merge, a: Report, b: Report): boolean {
  describeReport(merge(a.symbols, [a, b]));
  return true;
}

/** B7: `a ⊑ a⊔b` and `b ⊑ a⊔b`. */
export function keepsBoth(merge: Merge, a: Report, b: Report): boolean {
  const both = merge(a.symbols, [a, b]);
  return reportWithin(a, both) && reportWithin(b, both);
}

/** B8: `close a ⊔ close b ⊑ close(a⊔b)`: an edge that is closed in one report is closed in the join. */
export function closesLate(merge: Merge, a: Report, b: Report): boolean {
  const closed = closedEdges(merge(a.symbols, [a, b]));
  return [...closedEdges(a), ...closedEdges(b)].every((edge) => closed.has(edge));
}

/** B8, the other half: whether the join closes an edge that neither report closes. Some pair of reports must. */
export function closesMore(merge: Merge, a: Report, b: Report): boolean {
  const apart = new Set([...closedEdges(a), ...closedEdges(b)]);
  return [...closedEdges(merge(a.symbols, [a, b]))].some((edge) => !apart.has(edge));
}

/** What keeps a report for each origin and joins them: a report set for a slot replaces the one before. */
export interface Slots {
  set(slot: string, report: Report): void;
  remove(slot: string): void;
  joined(): Report;
}

/** A change of a slot; without a report, it is emptied. */
export interface SlotChange {
  readonly slot: string;
  readonly report: Report | undefined;
}

/** B9: replacing slot i and joining again ≅ joining from scratch, after each of any sequence of changes. */
export function replacesSlots(
  merge: Merge,
  slots: Slots,
  symbols: SymbolTable,
  changes: readonly SlotChange[],
): boolean {
  const held = new Map<string, Report>();
  return changes.every(({ slot, report }) => {
    if (report === undefined) {
      held.delete(slot);
      slots.remove(slot);
    } else {
      held.set(slot, report);
      slots.set(slot, report);
    }
    return sameReport(slots.joined(), merge(symbols, [...held.values()]));
  });
}

/** B (oracle): `a⊔b` ≅ the join of both as plain data. Templates aside: they are checked by B1-B5 alone. */
export function mergesAsTheOracle(merge: Merge, a: Report, b: Report): boolean {
  const oracle = mergePlainReports(describeReport(a), describeReport(b));
  const merged = describeReport(merge(a.symbols, [a, b]));
  return (
    plainReportText({ ...merged, templates: new Map() }) ===
    plainReportText({ ...oracle, templates: new Map() })
  );
}

/** Whether rendering or merging left a report as it was: its canonical text, before and after (law C3). */
export function leavesAlone(report: Report, work: () => void): boolean {
  const before = reportText(report);
  work();
  return reportText(report) === before;
}

function closedEdges(report: Report): Set<string> {
  const closed = new Set<string>();
  for (const [name, topology] of report.topologies) {
    for (const edge of edgesOf(describeGraph(topology as Topology)))
      closed.add(canonicalText([name, ...edge]));
  }
  return closed;
}
