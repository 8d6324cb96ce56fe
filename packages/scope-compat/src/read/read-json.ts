import type { InstantSym, Row, SymbolTable } from '@ridgeline/core';
import { parseInstant } from '../wire/instant-text.ts';
import { topologyOfKey } from '../wire/topology-names.ts';
import { JsonValue } from './json-value.ts';
import { readHeadField } from './read-head.ts';
import { readTemplates } from './read-templates.ts';
import type { ReportAssembly } from './report-assembly.ts';
import type { TopologyAssembly } from './topology-assembly.ts';

/**
 * Reads a report from its parsed JSON form.
 *
 * @throws RidgelineError `BAD_REPORT` with the path of what is wrong
 */
export function readJsonReport(document: unknown, assembly: ReportAssembly): void {
  const root = new JsonValue(document);
  if (root.isNothing) throw root.wrong('a map');
  for (const [key, value] of root.entries()) {
    const name = topologyOfKey(key);
    if (name === undefined) readHeadField(assembly, key, value);
    else if (!value.isNothing) readTopology(assembly, assembly.topology(name), value);
  }
}

function readTopology(report: ReportAssembly, topology: TopologyAssembly, value: JsonValue): void {
  topology.templates = readTemplates(value);
  const nodes = value.get('nodes').entries();
  report.expectNodes(value.path, nodes.length);
  for (const [id, node] of nodes) if (!node.isNothing) readNode(topology, id, node);
}

function readNode(topology: TopologyAssembly, idText: string, node: JsonValue): void {
  const { builder } = topology;
  const { symbols } = builder;
  const id = symbols.intern(idText);
  const row = builder.rowOfSymbol(id);
  for (const [key, { timestamp, value }] of readTimed(node.get('latest'))) {
    topology.latest(
      row,
      symbols.intern(key),
      symbols.intern(value.text() ?? ''),
      readInstant(symbols, timestamp),
    );
  }
  for (const [key, values] of node.get('sets').entries()) {
    for (const value of values.items()) {
      builder.addSymbol(row, symbols.intern(key), symbols.intern(value.text() ?? ''));
    }
  }
  for (const [of, ids] of node.get('parents').entries()) {
    for (const parent of ids.items()) {
      builder.parentSymbol(row, symbols.intern(of), symbols.intern(parent.text() ?? ''));
    }
  }
  for (const to of node.get('adjacency').items()) builder.edgeSymbol(row, symbols.intern(to.text() ?? ''));
  for (const [key, metric] of node.get('metrics').entries()) readMetric(topology, row, key, metric);
  for (const [of, count] of node.get('counters').entries()) topology.count(row, of, count.number() ?? 0);
  topology.latestControls(
    row,
    readTimed(node.get('latestControls')).map(([control, { timestamp, value }]) => ({
      id: control,
      dead: value.get('dead').flag() ?? false,
      time: readInstant(symbols, timestamp),
    })),
  );
  topology.endNode(row, id, (node.get('id').text() ?? '') !== '');
}

function readTimed(
  map: JsonValue,
): readonly (readonly [key: string, entry: { readonly timestamp: JsonValue; readonly value: JsonValue }])[] {
  return map
    .entries()
    .map(([key, entry]) => [key, { timestamp: entry.get('timestamp'), value: entry.get('value') }]);
}

function readMetric(topology: TopologyAssembly, row: Row, key: string, metric: JsonValue): void {
  const { builder } = topology;
  const { symbols } = builder;
  builder.metricSymbol(
    row,
    symbols.intern(key),
    metric.get('min').number() ?? 0,
    metric.get('max').number() ?? 0,
  );
  for (const sample of metric.get('samples').items()) {
    builder.sampleSymbol(readInstant(symbols, sample.get('date')), sample.get('value').number() ?? 0);
  }
}

function readInstant(symbols: SymbolTable, value: JsonValue): InstantSym {
  const text = value.text();
  if (text === undefined) return symbols.instant(0);
  const instant = parseInstant(text);
  if (instant === undefined) throw value.wrong('a time of RFC 3339');
  return symbols.instant(instant.millis, instant.nanos);
}
