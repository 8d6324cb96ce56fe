import { RidgelineError } from '../errors.ts';
import type { Millis } from '../ids/instant.ts';
import { asNodeId, type TopologyName } from '../ids/node-id.ts';
import type { InstantSym, SymbolTable } from '../ids/symbol-table.ts';
import { type EdgeFact, factAt } from './edge-facts.ts';
import type { PairColumns } from './node-columns.ts';
import {
  type DnsNames,
  type ForeignPlugin,
  type Loss,
  makeReport,
  NO_WINDOW,
  type Report,
  type ReportOrigin,
  type Sampling,
} from './report.ts';
import type { Row, Topology } from './topology.ts';
import { TopologyBuilder } from './topology-builder.ts';
import type { TopologyTemplates } from './topology-templates.ts';

/** An instant: milliseconds since 1970 and, where it has any, the nanoseconds within the last of them. */
export type InstantJson = number | readonly [millis: number, nanos: number];

/** The fact of one source about one edge: `[source, firstSeen, lastSeen, connections, bytesOut, bytesIn, guessed]`. */
export type FactJson = readonly [string, number, number, number, number, number, 0 | 1];

/** A node of a reported topology; what is empty is left out. */
export interface NodeJson {
  readonly latest?: Readonly<Record<string, readonly [value: string, at: InstantJson]>>;
  readonly sets?: Readonly<Record<string, readonly string[]>>;
  readonly parents?: Readonly<Record<TopologyName, readonly string[]>>;
  readonly metrics?: Readonly<
    Record<
      string,
      { min: number; max: number; samples: readonly (readonly [at: InstantJson, value: number])[] }
    >
  >;
  /** By the id an edge leads to: what is known of it. */
  readonly edges?: Readonly<Record<string, readonly FactJson[]>>;
}

/** A report as JSON, with all keys ascending: equal reports give equal text (law A3). */
export interface ReportJson {
  readonly version: 1;
  readonly origin?: ReportOrigin;
  /** The ends of the window; null in the empty report, whose window holds no instant. */
  readonly window: { readonly from: Millis | null; readonly to: Millis | null };
  readonly topologies: Readonly<Record<TopologyName, Readonly<Record<string, NodeJson>>>>;
  readonly templates?: Readonly<Record<TopologyName, TopologyTemplates>>;
  readonly dns?: Readonly<Record<string, DnsNames>>;
  readonly sampling?: Readonly<Record<string, Sampling>>;
  readonly lost?: readonly Loss[];
  readonly plugins?: Readonly<Record<string, ForeignPlugin>>;
  readonly issues?: readonly string[];
}

/** The JSON form of a report: for recordings, fixtures and bug reports. */
export function reportToJson(report: Report): ReportJson {
  return {
    version: 1,
    ...(report.origin === undefined ? {} : { origin: report.origin }),
    window: Number.isFinite(report.window.to) ? report.window : { from: null, to: null },
    topologies: record([...report.topologies].map(([name, topology]) => [name, topologyToJson(topology)])),
    ...filled('templates', record(report.templates)),
    ...filled('dns', record(report.dns)),
    ...filled('sampling', record(report.sampling)),
    ...(report.lost.length === 0 ? {} : { lost: report.lost }),
    ...filled('plugins', record(report.plugins)),
    ...(report.issues.length === 0 ? {} : { issues: report.issues }),
  };
}

/**
 * The report of its JSON form.
 *
 * @throws RidgelineError `BAD_REPORT` for another version, or for what is no report at all
 */
export function reportFromJson(json: ReportJson, symbols: SymbolTable): Report {
  if (json?.version !== 1) {
    const found = String((json as { version?: unknown } | undefined)?.version);
    throw new RidgelineError(
      'BAD_REPORT',
      `not a report of version 1: its version is ${found}`,
      { version: found },
      'was it recorded by a newer Ridgeline?',
    );
  }
  try {
    return makeReport({
      symbols,
      origin: json.origin,
      window: { from: json.window.from ?? NO_WINDOW.from, to: json.window.to ?? NO_WINDOW.to },
      topologies: Object.entries(json.topologies).map(([name, nodes]) =>
        topologyFromJson(name, nodes, symbols),
      ),
      templates: new Map(Object.entries(json.templates ?? {})),
      dns: new Map(Object.entries(json.dns ?? {})),
      sampling: new Map(Object.entries(json.sampling ?? {})),
      lost: json.lost ?? [],
      plugins: new Map(Object.entries(json.plugins ?? {})),
      issues: json.issues ?? [],
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new RidgelineError('BAD_REPORT', `not a report: ${error.message}`, {}, undefined, error);
  }
}

function topologyToJson(topology: Topology): Record<string, NodeJson> {
  const { symbols } = topology;
  return record(
    Array.from({ length: topology.size }, (_, row) => [
      symbols.text(topology.ids[row] as number),
      nodeToJson(topology, row),
    ]),
  );
}

function nodeToJson(topology: Topology, row: Row): NodeJson {
  const { symbols, columns } = topology;
  const at = topology.columnRowOf(row);
  if (at < 0) return {};
  const text = (symbol: number | undefined): string => symbols.text(symbol as number);
  const { latest } = columns;
  return {
    ...filled(
      'latest',
      record(
        entries(latest.start, at).map((e) => [
          text(latest.key[e]),
          [text(latest.value[e]), instantToJson(symbols, latest.time[e] as number)] as const,
        ]),
      ),
    ),
    ...filled('sets', valuesToJson(columns.sets, at, text)),
    ...filled('parents', valuesToJson(columns.parents, at, text)),
    ...filled('metrics', metricsToJson(topology, at)),
    ...filled('edges', edgesToJson(topology, row)),
  };
}

function valuesToJson(
  columns: PairColumns,
  at: Row,
  text: (symbol: number | undefined) => string,
): Record<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const e of entries(columns.start, at)) {
    const key = text(columns.key[e]);
    const list = values.get(key);
    if (list === undefined) values.set(key, [text(columns.value[e])]);
    else list.push(text(columns.value[e]));
  }
  return record([...values].map(([key, list]) => [key, list.sort()]));
}

function metricsToJson(topology: Topology, at: Row): NonNullable<NodeJson['metrics']> {
  const { metrics } = topology.columns;
  return record(
    entries(metrics.start, at).map((series) => [
      topology.symbols.text(metrics.key[series] as number),
      {
        min: metrics.min[series] as number,
        max: metrics.max[series] as number,
        samples: entries(metrics.sampleStart, series).map(
          (s) =>
            [instantToJson(topology.symbols, metrics.time[s] as number), metrics.value[s] as number] as const,
        ),
      },
    ]),
  );
}

function edgesToJson(topology: Topology, row: Row): NonNullable<NodeJson['edges']> {
  const { open, out, symbols } = topology;
  if (open === undefined) {
    return record(entries(out.start, row).map((e) => [topology.idOf(out.to[e] as number), []]));
  }
  return record(
    entries(open.start, row).map((e) => {
      const { facts } = open;
      const list =
        facts === undefined ? [] : entries(facts.start, e).map((f) => factToJson(factAt(symbols, facts, f)));
      return [symbols.text(open.to[e] as number), list.sort((a, b) => (a[0] < b[0] ? -1 : 1))];
    }),
  );
}

function factToJson(fact: EdgeFact): FactJson {
  const { source, firstSeen, lastSeen, connections, bytesOut, bytesIn, guessed } = fact;
  return [source, firstSeen, lastSeen, connections, bytesOut, bytesIn, guessed ? 1 : 0];
}

function topologyFromJson(
  name: TopologyName,
  nodes: Readonly<Record<string, NodeJson>>,
  symbols: SymbolTable,
): Topology {
  const builder = new TopologyBuilder(name, symbols, 0);
  for (const [id, node] of Object.entries(nodes)) {
    const row = builder.row(asNodeId(id));
    for (const [key, [value, at]] of Object.entries(node.latest ?? {})) {
      builder.setSymbol(row, symbols.intern(key), symbols.intern(value), instantFromJson(symbols, at));
    }
    for (const [key, values] of Object.entries(node.sets ?? {})) {
      for (const value of values) builder.addSymbol(row, symbols.intern(key), symbols.intern(value));
    }
    for (const [topology, ids] of Object.entries(node.parents ?? {})) {
      for (const parent of ids) builder.parent(row, topology, asNodeId(parent));
    }
    for (const [key, { min, max, samples }] of Object.entries(node.metrics ?? {})) {
      builder.metric(row, key, min, max);
      for (const [at, value] of samples) builder.sampleSymbol(instantFromJson(symbols, at), value);
    }
    for (const [to, facts] of Object.entries(node.edges ?? {})) {
      if (facts.length === 0) builder.edge(row, asNodeId(to));
      for (const fact of facts) builder.edge(row, asNodeId(to), factFromJson(fact));
    }
  }
  return builder.build();
}

function factFromJson(fact: FactJson): EdgeFact {
  const [source, firstSeen, lastSeen, connections, bytesOut, bytesIn, guessed] = fact;
  return { source, firstSeen, lastSeen, connections, bytesOut, bytesIn, guessed: guessed === 1 };
}

function instantToJson(symbols: SymbolTable, instant: InstantSym): InstantJson {
  const millis: Millis = symbols.millisOf(instant);
  const nanos = symbols.nanosOf(instant);
  return nanos === 0 ? millis : [millis, nanos];
}

function instantFromJson(symbols: SymbolTable, instant: InstantJson): InstantSym {
  return typeof instant === 'number' ? symbols.instant(instant) : symbols.instant(instant[0], instant[1]);
}

/** The entries of a row of sparse rows. */
function entries(start: Uint32Array, row: Row): readonly number[] {
  const first = start[row] as number;
  return Array.from({ length: (start[row + 1] as number) - first }, (_, i) => first + i);
}

/** An object with ascending keys; a key like `__proto__` is a key like others. */
function record<V>(members: Iterable<readonly [string, V]>): Record<string, V> {
  const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(sorted);
}

function filled<K extends string, V extends object>(key: K, value: V): { [P in K]?: V } {
  return (Object.keys(value).length === 0 ? {} : { [key]: value }) as { [P in K]?: V };
}
