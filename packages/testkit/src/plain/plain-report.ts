import type {
  DnsNames,
  EdgeFact,
  ForeignPlugin,
  Loss,
  Millis,
  Sampling,
  TopologyTemplates,
  Window,
} from '@ridgeline/core';

/**
 * A report as plain data: maps of texts, no symbols, no rows. Slow, and plain enough to be right: what arbitraries
 * generate, what oracles work on, and the canonical form in which reports are compared.
 */
export interface PlainReport {
  readonly window: Window;
  readonly topologies: ReadonlyMap<string, PlainTopology>;
  readonly templates: ReadonlyMap<string, TopologyTemplates>;
  readonly dns: ReadonlyMap<string, DnsNames>;
  readonly sampling: ReadonlyMap<string, Sampling>;
  readonly lost: readonly Loss[];
  readonly plugins: ReadonlyMap<string, ForeignPlugin>;
  readonly issues: readonly string[];
}

/** The nodes of a reported topology, by id. */
export type PlainTopology = ReadonlyMap<string, PlainNode>;

/** What is known of a node beside its edges. */
export interface PlainKnowledge {
  /** By key: the value and when it was seen. */
  readonly latest: ReadonlyMap<string, PlainLatest>;
  /** By key: ascending, unique. */
  readonly sets: ReadonlyMap<string, readonly string[]>;
  /** By topology: ids, ascending, unique. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly metrics: ReadonlyMap<string, PlainMetric>;
}

/** A value and when it was seen. */
export type PlainLatest = readonly [value: string, at: Millis];

/** A time series. */
export interface PlainMetric {
  readonly min: number;
  readonly max: number;
  /** Ascending by time, one a time. */
  readonly samples: readonly (readonly [at: Millis, value: number])[];
}

/** A reported node. */
export interface PlainNode extends PlainKnowledge {
  /** By the id an edge leads to (which may be no node here): by source, what it saw. */
  readonly edges: ReadonlyMap<string, ReadonlyMap<string, PlainFact>>;
}

/** What one source saw of one edge. */
export type PlainFact = Omit<EdgeFact, 'source'>;

/** The report without anything in it. */
export const emptyPlainReport: PlainReport = Object.freeze({
  window: Object.freeze({ from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }),
  topologies: new Map(),
  templates: new Map(),
  dns: new Map(),
  sampling: new Map(),
  lost: [],
  plugins: new Map(),
  issues: [],
});

/** A node of which nothing is known. */
export const bareNode: PlainNode = Object.freeze({
  latest: new Map(),
  sets: new Map(),
  parents: new Map(),
  metrics: new Map(),
  edges: new Map(),
});
