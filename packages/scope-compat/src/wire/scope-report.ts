import {
  type InstantSym,
  makeReport,
  mergeReports,
  NONE,
  type Report,
  type Sym,
  type SymbolTable,
  type Topology,
  type TopologyName,
} from '@ridgeline/core';
import { withoutRows } from './without-rows.ts';

/**
 * `full`: all that the probe knows. `delta`: what changed since its last full one. `shortcut`: a few nodes, urgently, for
 * the time until its next report (WIRE.md §1.6).
 */
export type ScopeReportKind = 'full' | 'delta' | 'shortcut';

/**
 * A report as a Scope probe sends it: with what only its wire format knows.
 *
 * Nodes of a delta say no id and no topology of their own: they are *half-known* until they are merged with a full
 * report that says them. They are rows of `report` like others, and named in `halfKnown`.
 */
export interface ScopeReport {
  readonly report: Report;
  /** `TS`: when the probe started the report, to the nanosecond; {@link NONE} when it does not say. */
  readonly startedAt: InstantSym;
  /** `Window`: the time covered. */
  readonly windowNanos: number;
  readonly kind: ScopeReportKind;
  /** By topology, the symbols of the ids of half-known nodes. */
  readonly halfKnown: ReadonlyMap<TopologyName, ReadonlySet<Sym>>;
}

/** What a host offers is united, since several probes may run on it (RULES.md §2). */
export const scopeMergeRules: { readonly unites: ReadonlyMap<TopologyName, readonly string[]> } =
  Object.freeze({
    unites: new Map([['host', ['active_controls']]]),
  });

/** The join of reports; a node is half-known when it is so in all that have it. */
export function mergeScopeReports(symbols: SymbolTable, reports: readonly ScopeReport[]): ScopeReport {
  let startedAt: InstantSym = NONE;
  for (const { startedAt: at } of reports) {
    if (at !== NONE && (startedAt === NONE || symbols.compareInstants(at, startedAt) < 0)) startedAt = at;
  }
  const report = mergeReports(
    symbols,
    reports.map((r) => r.report),
    scopeMergeRules,
  );
  return {
    report,
    startedAt,
    windowNanos: Number.isFinite(report.window.to) ? (report.window.to - report.window.from) * 1e6 : 0,
    kind: mergedKind(reports),
    halfKnown: mergeHalfKnown(reports),
  };
}

function mergedKind(reports: readonly ScopeReport[]): ScopeReportKind {
  if (reports.length === 0 || reports.some((r) => r.kind === 'full')) return 'full';
  return reports.some((r) => r.kind === 'delta') ? 'delta' : 'shortcut';
}

function mergeHalfKnown(reports: readonly ScopeReport[]): ReadonlyMap<TopologyName, ReadonlySet<Sym>> {
  const merged = new Map<TopologyName, Set<Sym>>();
  for (const { halfKnown } of reports) {
    for (const [name, ids] of halfKnown) {
      for (const id of ids) {
        if (isFullyKnown(reports, name, id)) continue;
        const known = merged.get(name);
        if (known === undefined) merged.set(name, new Set([id]));
        else known.add(id);
      }
    }
  }
  return merged;
}

function isFullyKnown(reports: readonly ScopeReport[], name: TopologyName, id: Sym): boolean {
  return reports.some(({ report, halfKnown }) => {
    const topology = report.topologies.get(name);
    return (
      topology !== undefined && topology.rowOfSymbol(id) !== NONE && halfKnown.get(name)?.has(id) !== true
    );
  });
}

/** The report without its half-known nodes: what can be rendered. The same object when there are none. */
export function completeReport({ report, halfKnown }: ScopeReport): Report {
  if (halfKnown.size === 0) return report;
  return replaceTopologies(
    report,
    [...halfKnown].flatMap(([name, ids]) => {
      const topology = report.topologies.get(name);
      return topology === undefined ? [] : [withoutRows(topology, ids)];
    }),
  );
}

/** The report with topologies in the place of those of the same names. */
export function replaceTopologies(report: Report, topologies: readonly Topology[]): Report {
  if (topologies.length === 0) return report;
  const all = new Map(report.topologies);
  for (const topology of topologies) all.set(topology.name, topology);
  return makeReport({ ...report, topologies: all.values() });
}
