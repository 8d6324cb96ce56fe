import type { Topology } from '@ridgeline/core';
import { describeKnowledge } from './describe-report.ts';
import type { PlainKnowledge } from './plain-report.ts';

/** A rendered topology as plain data: what a reader of it can see, by id. */
export interface PlainGraph {
  readonly nodes: ReadonlyMap<string, PlainGraphNode>;
}

/** A node of a rendered topology. */
export interface PlainGraphNode extends PlainKnowledge {
  /** The topology it belongs to. */
  readonly kind: string;
  /** The ids that edges lead to, ascending, unique; all of them nodes of the graph. */
  readonly out: readonly string[];
  /** The ids of its members, ascending, unique. */
  readonly members: readonly string[];
  /** Direct members by topology, without zeros. */
  readonly counts: ReadonlyMap<string, number>;
}

/** A rendered topology as plain data. */
export function describeGraph(topology: Topology): PlainGraph {
  const { symbols, out, members } = topology;
  const nodes = new Map<string, PlainGraphNode>();
  for (let row = 0; row < topology.size; row++) {
    const targets: string[] = [];
    for (let e = out.start[row] as number; e < (out.start[row + 1] as number); e++) {
      targets.push(symbols.text(topology.ids[out.to[e] as number] as number));
    }
    const memberIds: string[] = [];
    for (let m = members.start[row] as number; m < (members.start[row + 1] as number); m++) {
      const table = members.tables[members.table[m] as number] as Topology;
      memberIds.push(symbols.text(table.ids[members.row[m] as number] as number));
    }
    const counts = new Map<string, number>();
    for (const [kind, column] of topology.counts) {
      const count = column[row] as number;
      if (count > 0) counts.set(symbols.text(kind), count);
    }
    const id = symbols.text(topology.ids[row] as number);
    if (nodes.has(id)) throw new Error(`${topology.name}: two rows of one id ${JSON.stringify(id)}`);
    nodes.set(id, {
      ...describeKnowledge(topology, row),
      kind: topology.kindOf(row),
      out: ascendingUnique(`edges of ${id}`, targets),
      members: ascendingUnique(`members of ${id}`, memberIds),
      counts,
    });
  }
  return { nodes };
}

/** The edges of a graph as pairs of ids. */
export function edgesOf(graph: PlainGraph): [from: string, to: string][] {
  return [...graph.nodes].flatMap(([from, node]) => node.out.map((to): [string, string] => [from, to]));
}

function ascendingUnique(what: string, texts: string[]): readonly string[] {
  if (new Set(texts).size < texts.length) throw new Error(`${what}: one comes twice`);
  return texts.sort();
}
