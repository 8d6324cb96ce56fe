import { type Row, readNode, type Sym, type Topology } from '@ridgeline/core';
import { nodeToJson } from '@ridgeline/scope-compat';
import type { Session } from './session.ts';

/** What a node is compared by (README of the data, "kind: render"). */
export interface NodeFormOptions {
  /** The session whose definitions make the summary; left out: no summary. */
  readonly session?: Session;
  /** Whether nodes with an edge bear the mark that Scope's coloured views give them. */
  readonly coloured?: boolean;
}

/** The nodes of a topology in the form of the expectations. */
export function topologyForm(topology: Topology, options: NodeFormOptions = {}): Record<string, unknown> {
  const nodes: Record<string, unknown> = {};
  for (let row = 0; row < topology.size; row++) nodes[topology.idOf(row)] = nodeForm(topology, row, options);
  return nodes;
}

/** The ids of the nodes and of those they have edges to. */
export function adjacencyForm(topology: Topology): Record<string, readonly string[]> {
  const nodes: Record<string, readonly string[]> = {};
  for (let row = 0; row < topology.size; row++) nodes[topology.idOf(row)] = adjacencyOf(topology, row);
  return nodes;
}

function adjacencyOf(topology: Topology, row: Row): readonly string[] {
  const { start, to } = topology.out;
  return [...to.subarray(start[row] as number, start[row + 1] as number)]
    .map((target) => topology.idOf(target))
    .sort();
}

const COUNT = 'count_';

function nodeForm(topology: Topology, row: Row, { session, coloured }: NodeFormOptions): unknown {
  const node = readNode(topology, row);
  const counters: Record<string, number> = {};
  const latest: Record<string, string> = {};
  for (const [key, value] of node.entries()) {
    if (key.startsWith(COUNT)) counters[key.slice(COUNT.length)] = node.count(key.slice(COUNT.length));
    else latest[key] = key === 'active_controls' ? value.split(';').sort().join(';') : value;
  }
  for (const kind of topology.counts.keys()) {
    const name = topology.symbols.text(kind);
    if (node.count(name) > 0) counters[name] = node.count(name);
  }
  if (coloured === true && node.degree > 0) latest.is_connected = 'true';
  const { columns } = topology;
  return {
    topology: node.topology,
    adjacency: adjacencyOf(topology, row),
    latest,
    counters,
    sets: pairs(topology, columns.sets, row),
    parents: pairs(topology, columns.parents, row),
    metrics: metricForms(topology, row),
    children: childForms(topology, row),
    ...(session === undefined ? {} : { summary: summaryForm(session, topology, row) }),
  };
}

function summaryForm(session: Session, topology: Topology, row: Row): unknown {
  const json = nodeToJson(topology, row, session.engine.registry.definitions, session.report);
  if (json === undefined) return undefined;
  const { id: _, adjacency: __, ...summary } = json;
  return summary;
}

function pairs(
  topology: Topology,
  columns: { readonly start: Uint32Array; readonly key: Int32Array; readonly value: Int32Array },
  row: Row,
): Record<string, string[]> {
  const at = topology.columnRowOf(row);
  const lists: Record<string, string[]> = {};
  if (at < 0) return lists;
  for (let i = columns.start[at] as number; i < (columns.start[at + 1] as number); i++) {
    const key = topology.symbols.text(columns.key[i] as Sym);
    lists[key] = [...(lists[key] ?? []), topology.symbols.text(columns.value[i] as Sym)].sort();
  }
  return lists;
}

/** By metric: the number of samples, the bounds, the last value. */
function metricForms(topology: Topology, row: Row): Record<string, readonly number[]> {
  const at = topology.columnRowOf(row);
  const forms: Record<string, readonly number[]> = {};
  if (at < 0) return forms;
  const { start, key, min, max, sampleStart, value } = topology.columns.metrics;
  for (let s = start[at] as number; s < (start[at + 1] as number); s++) {
    const from = sampleStart[s] as number;
    const to = sampleStart[s + 1] as number;
    // Without samples Scope's bounds are those of an empty series, too.
    forms[topology.symbols.text(key[s] as Sym)] = [
      to - from,
      min[s] as number,
      max[s] as number,
      to === from ? 0 : (value[to - 1] as number),
    ];
  }
  return forms;
}

function childForms(topology: Topology, row: Row): Record<string, string[]> {
  const { members } = topology;
  const forms: Record<string, string[]> = {};
  for (let m = members.start[row] as number; m < (members.start[row + 1] as number); m++) {
    const from = members.tables[members.table[m] as number] as Topology;
    const at = members.row[m] as Row;
    const kind = from.kindOf(at);
    forms[kind] = [...(forms[kind] ?? []), from.idOf(at)].sort();
  }
  return forms;
}
