import { foreignSymbols } from '../errors.ts';
import type { TopologyName } from '../ids/node-id.ts';
import { SymbolTable } from '../ids/symbol-table.ts';
import { combineTopologies, mapSymbols } from './combine-topologies.ts';
import type { DnsNames, ForeignPlugin, Loss, Report, Sampling, Window } from './report.ts';
import { makeReport, NO_WINDOW } from './report.ts';
import type { Topology } from './topology.ts';
import { joinTemplates, type TopologyTemplates } from './topology-templates.ts';

/** What the merge must know of topologies: by topology, the keys whose differing values are united. */
export interface MergeRules {
  readonly unites?: ReadonlyMap<TopologyName, readonly string[]>;
}

/**
 * The join (⊔) of reports: commutative, associative, idempotent, total (laws B1-B7).
 *
 * A topology that only one report has is taken over as it is, the same object.
 *
 * @param reports - all of one symbol table
 * @throws RidgelineError `FOREIGN_SYMBOLS`
 */
export function mergeReports(
  symbols: SymbolTable,
  reports: readonly Report[],
  rules: MergeRules = {},
): Report {
  const parts = new Map<TopologyName, Topology[]>();
  for (const report of reports) {
    if (report.symbols !== symbols) throw foreignSymbols('mergeReports');
    for (const [name, topology] of report.topologies) {
      const list = parts.get(name);
      if (list === undefined) parts.set(name, [topology]);
      else if (!list.includes(topology)) list.push(topology);
    }
  }
  const topologies: Topology[] = [];
  for (const [name, list] of parts) topologies.push(mergeTopologies(name, symbols, list, rules));
  return joinRest(symbols, reports, topologies);
}

/** The join of reported topologies of one name; of a single one, that one itself. */
export function mergeTopologies(
  name: TopologyName,
  symbols: SymbolTable,
  topologies: readonly Topology[],
  rules: MergeRules = {},
): Topology {
  if (topologies.length === 1) return topologies[0] as Topology;
  return combineTopologies(
    name,
    symbols,
    topologies.map((topology) => ({ topology })),
    rules.unites?.get(name),
  );
}

/** Joins all of the reports but their topologies, which are given. */
export function joinRest(
  symbols: SymbolTable,
  reports: readonly Report[],
  topologies: readonly Topology[],
): Report {
  return makeReport({
    symbols,
    window: reports.reduce((hull, report) => joinWindows(hull, report.window), NO_WINDOW),
    topologies,
    templates: joinMaps(
      reports.map((r) => r.templates),
      (a: TopologyTemplates, b: TopologyTemplates) => joinTemplates(a, b),
    ),
    dns: joinMaps(
      reports.map((r) => r.dns),
      joinNames,
    ),
    sampling: joinMaps(
      reports.map((r) => r.sampling),
      joinSampling,
    ),
    lost: joinLosses(reports.flatMap((r) => r.lost)),
    plugins: joinMaps(
      reports.map((r) => r.plugins),
      (a: ForeignPlugin, b: ForeignPlugin) => (JSON.stringify(a) <= JSON.stringify(b) ? a : b),
    ),
    issues: unite(reports.flatMap((r) => r.issues)),
  });
}

/** Brings a report into another symbol table; nothing else changes (law A4). */
export function reintern(report: Report, symbols: SymbolTable): Report {
  if (report.symbols === symbols) return report;
  const map = mapSymbols(report.symbols, symbols);
  return makeReport({
    ...report,
    symbols,
    topologies: [...report.topologies.values()].map((topology) =>
      combineTopologies(topology.name, symbols, [{ topology, map }]),
    ),
  });
}

/** Moves reports of one table into a fresh one that holds what they use and nothing else. */
export function compactSymbols(reports: readonly Report[]): readonly Report[] {
  const symbols = new SymbolTable();
  return reports.map((report) => reintern(report, symbols));
}

function joinWindows(a: Window, b: Window): Window {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

function joinNames(a: DnsNames, b: DnsNames): DnsNames {
  return { forward: unite([...a.forward, ...b.forward]), reverse: unite([...a.reverse, ...b.reverse]) };
}

function joinSampling(a: Sampling, b: Sampling): Sampling {
  return { seen: Math.max(a.seen, b.seen), total: Math.max(a.total, b.total) };
}

/** A source counts what it lost since it began, so of two counts of one thing the greater holds. */
function joinLosses(losses: readonly Loss[]): readonly Loss[] {
  const all = new Map<string, Loss>();
  for (const loss of losses) {
    const key = JSON.stringify([loss.source, loss.host, loss.what]);
    const known = all.get(key);
    if (known === undefined || known.count < loss.count) all.set(key, loss);
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, loss]) => loss);
}

function unite(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? [] : [...new Set(texts)].sort();
}

/** The union of maps; values of one key are joined. One non-empty map is taken over as it is. */
function joinMaps<V>(
  maps: readonly ReadonlyMap<string, V>[],
  join: (a: V, b: V) => V,
): ReadonlyMap<string, V> {
  const filled = [...new Set(maps)].filter((map) => map.size > 0);
  if (filled.length < 2) return filled[0] ?? new Map();
  const all = new Map<string, V>();
  for (const map of filled) {
    for (const [key, value] of map) {
      const known = all.get(key);
      all.set(key, known === undefined ? value : join(known, value));
    }
  }
  return all;
}
