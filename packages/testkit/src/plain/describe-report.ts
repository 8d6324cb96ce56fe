import {
  factAt,
  NONE,
  type NodeColumns,
  type PairColumns,
  type Report,
  type SymbolTable,
  type Topology,
} from '@ridgeline/core';
import type {
  PlainFact,
  PlainKnowledge,
  PlainLatest,
  PlainMetric,
  PlainNode,
  PlainReport,
  PlainTopology,
} from './plain-report.ts';

/**
 * A report as plain data. It reads the columns one by one and shares no code with the readers of core, so that a
 * mistake there is not repeated here.
 */
export function describeReport(report: Report): PlainReport {
  return {
    window: report.window,
    topologies: new Map([...report.topologies].map(([name, topology]) => [name, describeReported(topology)])),
    templates: report.templates,
    dns: report.dns,
    sampling: report.sampling,
    lost: report.lost,
    plugins: report.plugins,
    issues: report.issues,
  };
}

/** The nodes of a reported topology, edges to nodes that are not in it included. */
export function describeReported(topology: Topology): PlainTopology {
  const nodes = new Map<string, PlainNode>();
  for (let row = 0; row < topology.size; row++) {
    const id = topology.symbols.text(topology.ids[row] as number);
    if (nodes.has(id)) throw new Error(`${topology.name}: two rows of one id ${JSON.stringify(id)}`);
    nodes.set(id, { ...describeKnowledge(topology, row), edges: describeOpenEdges(topology, row) });
  }
  return nodes;
}

/** What is known of the node of a row, beside its edges. */
export function describeKnowledge(topology: Topology, row: number): PlainKnowledge {
  const at = topology.columnRow === undefined ? row : (topology.columnRow[row] as number);
  if (at === NONE) return { latest: new Map(), sets: new Map(), parents: new Map(), metrics: new Map() };
  const { columns, symbols } = topology;
  return {
    latest: describeLatest(columns, symbols, at),
    sets: describePairs(columns.sets, symbols, at),
    parents: describePairs(columns.parents, symbols, at),
    metrics: describeMetrics(columns, symbols, at),
  };
}

function describeLatest({ latest }: NodeColumns, symbols: SymbolTable, at: number): Map<string, PlainLatest> {
  const described = new Map<string, PlainLatest>();
  for (let e = latest.start[at] as number; e < (latest.start[at + 1] as number); e++) {
    const key = symbols.text(latest.key[e] as number);
    if (described.has(key)) throw new Error(`two latest values of ${JSON.stringify(key)}`);
    described.set(key, [symbols.text(latest.value[e] as number), symbols.timeOf(latest.time[e] as number)]);
  }
  return described;
}

function describePairs(pairs: PairColumns, symbols: SymbolTable, at: number): Map<string, string[]> {
  const described = new Map<string, string[]>();
  for (let e = pairs.start[at] as number; e < (pairs.start[at + 1] as number); e++) {
    const key = symbols.text(pairs.key[e] as number);
    const value = symbols.text(pairs.value[e] as number);
    const values = described.get(key);
    if (values === undefined) described.set(key, [value]);
    else if (values.includes(value)) throw new Error(`${JSON.stringify(value)} twice in one set`);
    else values.push(value);
  }
  for (const values of described.values()) values.sort();
  return described;
}

function describeMetrics(
  { metrics }: NodeColumns,
  symbols: SymbolTable,
  at: number,
): Map<string, PlainMetric> {
  const described = new Map<string, PlainMetric>();
  for (let s = metrics.start[at] as number; s < (metrics.start[at + 1] as number); s++) {
    const samples: [number, number][] = [];
    for (let e = metrics.sampleStart[s] as number; e < (metrics.sampleStart[s + 1] as number); e++) {
      samples.push([symbols.timeOf(metrics.time[e] as number), metrics.value[e] as number]);
    }
    const key = symbols.text(metrics.key[s] as number);
    if (described.has(key)) throw new Error(`two series of ${JSON.stringify(key)}`);
    described.set(key, { min: metrics.min[s] as number, max: metrics.max[s] as number, samples });
  }
  return described;
}

function describeOpenEdges(topology: Topology, row: number): Map<string, Map<string, PlainFact>> {
  const { open, symbols } = topology;
  const edges = new Map<string, Map<string, PlainFact>>();
  if (open === undefined) return edges;
  for (let e = open.start[row] as number; e < (open.start[row + 1] as number); e++) {
    const to = symbols.text(open.to[e] as number);
    if (edges.has(to)) throw new Error(`two edges to ${JSON.stringify(to)}`);
    const facts = new Map<string, PlainFact>();
    if (open.facts !== undefined) {
      for (let f = open.facts.start[e] as number; f < (open.facts.start[e + 1] as number); f++) {
        const { source, ...fact } = factAt(symbols, open.facts, f);
        if (facts.has(source)) throw new Error(`two facts of ${JSON.stringify(source)} on one edge`);
        facts.set(source, fact);
      }
    }
    edges.set(to, facts);
  }
  return edges;
}
