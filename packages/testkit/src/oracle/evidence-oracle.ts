import type { Report, Topology } from '@ridgeline/core';
import { describeReported } from '../plain/describe-report.ts';
import type { PlainFact, PlainTopology } from '../plain/plain-report.ts';

/** What stands behind an edge, as plain data. */
export interface PlainEvidence {
  readonly edges: number;
  /** By source: the sums. */
  readonly facts: ReadonlyMap<string, PlainFact>;
}

/**
 * The evidence of some edges of a rendered topology, by its definition: of each pair of reported nodes, each once, that
 * have an edge, one among the leaves of a tail and the other among those of its head.
 */
export function evidenceOracle(
  topology: Topology,
  report: Report,
  edges: readonly (readonly [from: number, to: number])[],
): PlainEvidence {
  const found: (readonly PlainFactBySource[])[] = [];
  for (const [name, reported] of report.topologies) {
    const nodes = describeReported(reported);
    const leaves = Array.from({ length: topology.size }, (_, row) => leavesOf(topology, row, name, nodes));
    for (const [tail, node] of nodes) {
      for (const [head, facts] of node.edges) {
        if (!nodes.has(head)) continue;
        const stands = edges.some(([from, to]) => leaves[from]?.has(tail) && leaves[to]?.has(head));
        if (stands) found.push([...facts]);
      }
    }
  }
  const sums = new Map<string, PlainFact>();
  for (const [source, fact] of found.flat()) {
    const known = sums.get(source);
    sums.set(source, known === undefined ? fact : add(known, fact));
  }
  return { edges: found.length, facts: sums };
}

type PlainFactBySource = readonly [source: string, fact: PlainFact];

function leavesOf(topology: Topology, row: number, name: string, nodes: PlainTopology): Set<string> {
  const leaves = new Set<string>();
  const take = (from: Topology, at: number): void => {
    const id = from.symbols.text(from.ids[at] as number);
    if (from.kindOf(at) === name && nodes.has(id)) leaves.add(id);
  };
  take(topology, row);
  const { start, table, row: rows, tables } = topology.members;
  for (let m = start[row] as number; m < (start[row + 1] as number); m++) {
    take(tables[table[m] as number] as Topology, rows[m] as number);
  }
  return leaves;
}

function add(a: PlainFact, b: PlainFact): PlainFact {
  return {
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: Math.max(a.lastSeen, b.lastSeen),
    connections: a.connections + b.connections,
    bytesOut: a.bytesOut + b.bytesOut,
    bytesIn: a.bytesIn + b.bytesIn,
    guessed: a.guessed && b.guessed,
  };
}
