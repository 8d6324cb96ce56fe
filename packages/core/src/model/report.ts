import type { Millis } from '../ids/instant.ts';
import type { TopologyName } from '../ids/node-id.ts';
import type { SymbolTable } from '../ids/symbol-table.ts';
import type { Topology } from './topology.ts';
import type { TemplatesByTopology } from './topology-templates.ts';

/** The time that a report covers. */
export interface Window {
  readonly from: Millis;
  readonly to: Millis;
}

/** The names of an address: those that were asked for and answered with it, and those it answers to. */
export interface DnsNames {
  /** Ascending, unique. */
  readonly forward: readonly string[];
  /** Ascending, unique. */
  readonly reverse: readonly string[];
}

/** How many of all there were a source looked at. */
export interface Sampling {
  readonly seen: number;
  readonly total: number;
}

/** Facts that a source knows it missed: hidden is not lost (semantics.md §4.7). */
export interface Loss {
  readonly source: string;
  readonly host: string;
  /** What was lost: `events`, `sockets without a process`, … */
  readonly what: string;
  readonly count: number;
}

/** A plugin of a foreign probe, as it describes itself. */
export interface ForeignPlugin {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly interfaces: readonly string[];
  readonly apiVersion?: string;
  readonly status?: string;
}

/** Who made a report: the engine keeps the newest report of each origin. */
export interface ReportOrigin {
  readonly source: string;
  readonly host: string;
}

/** What one source saw on one host in one window, or the join of several such reports. Immutable. */
export interface Report {
  readonly version: 1;
  /** Absent in a join, and in a report whose origin the engine knows from where it came in. */
  readonly origin: ReportOrigin | undefined;
  readonly symbols: SymbolTable;
  readonly window: Window;
  readonly topologies: ReadonlyMap<TopologyName, Topology>;
  readonly templates: TemplatesByTopology;
  /** By address. */
  readonly dns: ReadonlyMap<string, DnsNames>;
  /** By source. */
  readonly sampling: ReadonlyMap<string, Sampling>;
  readonly lost: readonly Loss[];
  readonly plugins: ReadonlyMap<string, ForeignPlugin>;
  /** What did not fit together, in words; ascending, unique. */
  readonly issues: readonly string[];
}

/** What a report is made of; what is left out is empty. */
export type ReportParts = Pick<Report, 'symbols' | 'window'> & {
  readonly topologies: Iterable<Topology>;
} & Partial<Omit<Report, 'version' | 'symbols' | 'window' | 'topologies' | 'origin'>> & {
    readonly origin?: ReportOrigin | undefined;
  };

/** A report of the given parts; topologies are found by their names. */
export function makeReport(parts: ReportParts): Report {
  const topologies = new Map<TopologyName, Topology>();
  for (const topology of parts.topologies) topologies.set(topology.name, topology);
  return Object.freeze({
    version: 1,
    origin: parts.origin,
    symbols: parts.symbols,
    window: parts.window,
    topologies,
    templates: parts.templates ?? new Map(),
    dns: parts.dns ?? new Map(),
    sampling: parts.sampling ?? new Map(),
    lost: parts.lost ?? [],
    plugins: parts.plugins ?? new Map(),
    issues: parts.issues ?? [],
  });
}

/** The window of the empty report: the neutral element of the hull. */
export const NO_WINDOW: Window = Object.freeze({
  from: Number.POSITIVE_INFINITY,
  to: Number.NEGATIVE_INFINITY,
});

/** The neutral element of the merge (law B4). */
export function emptyReport(symbols: SymbolTable): Report {
  return makeReport({ symbols, window: NO_WINDOW, topologies: [] });
}

/** The `now` of filters and tables: the end of the window, 0 for the empty report. */
export function reportTime(report: Report): Millis {
  return Number.isFinite(report.window.to) ? report.window.to : 0;
}
