import {
  type DnsNames,
  type ForeignPlugin,
  NO_TEMPLATES,
  NONE,
  type Row,
  type Sym,
  type SymbolTable,
  type Topology,
} from '@ridgeline/core';
import { printInstant, printInstantSym, ZERO_INSTANT } from '../wire/instant-text.ts';
import type { ScopeReport } from '../wire/scope-report.ts';
import { scopeTopologies } from '../wire/topology-names.ts';
import type { JsonObject } from './json-object.ts';
import { writeTemplates } from './templates-json.ts';

/** A report in Scope's JSON form (WIRE.md §1). A half-known node says neither its id nor its topology. */
export function reportToJson(scope: ScopeReport): JsonObject {
  const { report, startedAt } = scope;
  const json: Record<string, unknown> = {
    TS: startedAt === NONE ? printInstant(ZERO_INSTANT) : printInstantSym(report.symbols, startedAt),
  };
  for (const [key, name] of scopeTopologies) {
    const topology = report.topologies.get(name);
    json[key] = {
      ...writeTemplates(report.templates.get(name) ?? NO_TEMPLATES),
      ...(topology === undefined ? {} : { nodes: writeNodes(topology, scope.halfKnown.get(name)) }),
    };
  }
  if (report.dns.size > 0) json.DNS = writeDns(report.dns);
  const sampling = [...report.sampling.values()];
  return {
    ...json,
    Sampling: {
      Count: sampling.reduce((sum, s) => sum + s.seen, 0),
      Total: sampling.reduce((sum, s) => sum + s.total, 0),
    },
    Window: Math.round(scope.windowNanos),
    Shortcut: scope.kind === 'shortcut',
    Plugins: [...report.plugins.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(writePlugin),
  };
}

function writeDns(dns: ReadonlyMap<string, DnsNames>): JsonObject {
  return Object.fromEntries(
    [...dns]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([address, { forward, reverse }]) => [
        address,
        { ...(forward.length === 0 ? {} : { forward }), ...(reverse.length === 0 ? {} : { reverse }) },
      ]),
  );
}

function writePlugin({ apiVersion, ...plugin }: ForeignPlugin): JsonObject {
  return { ...plugin, ...(apiVersion === undefined ? {} : { api_version: apiVersion }) };
}

function writeNodes(topology: Topology, halfKnown: ReadonlySet<Sym> | undefined): JsonObject {
  const rows: Row[] = Array.from({ length: topology.size }, (_, row) => row);
  const ids = new Map(rows.map((row) => [row, topology.idOf(row)]));
  return Object.fromEntries(
    rows
      .sort((a, b) => ((ids.get(a) as string) < (ids.get(b) as string) ? -1 : 1))
      .map((row) => [
        ids.get(row) as string,
        writeNode(topology, row, halfKnown?.has(topology.ids[row] as Sym) !== true),
      ]),
  );
}

/** One node of a reported topology; sections without entries are left out. */
function writeNode(topology: Topology, row: Row, named: boolean): JsonObject {
  return {
    ...(named ? { id: topology.idOf(row), topology: topology.kindOf(row) } : {}),
    ...writeColumns(topology, row),
  };
}

/** What is known of a node beside its id: adjacency, sets, parents, latest values, metrics. */
function writeColumns(topology: Topology, row: Row): JsonObject {
  const at = topology.columnRowOf(row);
  const adjacency = reportedEdges(topology, row);
  if (at === NONE) return section('adjacency', adjacency);
  const { symbols, columns } = topology;
  return {
    ...section('adjacency', adjacency),
    ...section('latest', writeLatest(topology, at)),
    ...section('sets', writePairs(symbols, columns.sets, at)),
    ...section('parents', writePairs(symbols, columns.parents, at)),
    ...section('metrics', writeMetrics(topology, at)),
  };
}

function section(key: string, value: object): JsonObject {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

/** Edges as they were reported, also those that lead to nodes of another report. */
function reportedEdges({ open, symbols }: Topology, row: Row): readonly string[] {
  if (open === undefined) return [];
  const ids: string[] = [];
  const end = open.start[row + 1] as number;
  for (let e = open.start[row] as number; e < end; e++) ids.push(symbols.text(open.to[e] as Sym));
  return ids.sort();
}

function writeLatest({ symbols, columns: { latest } }: Topology, at: Row): JsonObject {
  const entries: [string, JsonObject][] = [];
  const end = latest.start[at + 1] as number;
  for (let i = latest.start[at] as number; i < end; i++) {
    entries.push([
      symbols.text(latest.key[i] as Sym),
      {
        timestamp: printInstantSym(symbols, latest.time[i] as number),
        value: symbols.text(latest.value[i] as Sym),
      },
    ]);
  }
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function writePairs(
  symbols: SymbolTable,
  columns: { readonly start: Uint32Array; readonly key: Int32Array; readonly value: Int32Array },
  at: Row,
): JsonObject {
  const values = new Map<string, string[]>();
  const end = columns.start[at + 1] as number;
  for (let i = columns.start[at] as number; i < end; i++) {
    const key = symbols.text(columns.key[i] as Sym);
    const known = values.get(key);
    const value = symbols.text(columns.value[i] as Sym);
    if (known === undefined) values.set(key, [value]);
    else known.push(value);
  }
  return Object.fromEntries(
    // The order of symbols is that in which texts were first seen, also those of hidden nodes (law D15).
    [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, list]) => [key, list.sort()]),
  );
}

function writeMetrics({ symbols, columns: { metrics } }: Topology, at: Row): JsonObject {
  const series: [string, JsonObject][] = [];
  const end = metrics.start[at + 1] as number;
  for (let s = metrics.start[at] as number; s < end; s++) {
    const samples: JsonObject[] = [];
    const last = metrics.sampleStart[s + 1] as number;
    for (let i = metrics.sampleStart[s] as number; i < last; i++) {
      samples.push({ date: printInstantSym(symbols, metrics.time[i] as number), value: metrics.value[i] });
    }
    series.push([symbols.text(metrics.key[s] as Sym), { samples, min: metrics.min[s], max: metrics.max[s] }]);
  }
  return Object.fromEntries(series.sort(([a], [b]) => (a < b ? -1 : 1)));
}
