import {
  asNodeId,
  makeReport,
  type Report,
  type SymbolTable,
  setAttribute,
  type Topology,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import type { PlainKnowledge, PlainReport, PlainTopology } from './plain-report.ts';

/** The report that plain data describes, built as a source builds one. */
export function buildReport(plain: PlainReport, symbols: SymbolTable): Report {
  return makeReport({
    ...plain,
    symbols,
    topologies: [...plain.topologies].map(([name, nodes]) => buildTopology(name, nodes, symbols)),
  });
}

/** The reported topology that plain data describes. */
export function buildTopology(name: string, nodes: PlainTopology, symbols: SymbolTable): Topology {
  const builder = new TopologyBuilder(name, symbols, 0);
  for (const [id, node] of nodes) {
    const row = builder.row(asNodeId(id));
    writeKnowledge(builder, row, node);
    for (const [to, facts] of node.edges) {
      builder.edge(row, asNodeId(to));
      for (const [source, fact] of facts) builder.edge(row, asNodeId(to), { source, ...fact });
    }
  }
  return builder.build();
}

/** Writes what is known of a node into a row. */
export function writeKnowledge(builder: TopologyBuilder, row: number, node: PlainKnowledge): void {
  for (const [key, [value, at]] of node.latest) builder.set(row, textAttribute(key), value, at);
  for (const [key, values] of node.sets) {
    for (const value of values) builder.set(row, setAttribute(key), value);
  }
  for (const [topology, ids] of node.parents) {
    for (const id of ids) builder.parent(row, topology, asNodeId(id));
  }
  for (const [key, { min, max, samples }] of node.metrics) {
    builder.metric(row, key, min, max);
    for (const [at, value] of samples) builder.sample(at, value);
  }
}
