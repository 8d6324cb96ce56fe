/**
 * Grouping over plain data: a `Map` of nodes by id, a `Set` of edges as pairs of ids. Follows the definition: for each
 * edge x → y, an edge from each node that x went to, to each node that y went to.
 */
import type { PlainGraph, PlainGraphNode } from '../plain/plain-graph.ts';
import type { PlainKnowledge } from '../plain/plain-report.ts';
import { mergeKnowledge, unite } from './merge-oracle.ts';

/** Where one node goes: it becomes a member of a node, or goes on as one. */
export type PlainPlacement =
  | { readonly how: 'under'; readonly id: string; readonly kind?: string }
  | { readonly how: 'as'; readonly id: string };

/** The options of a grouping that change its result. */
export interface GroupRules {
  readonly into: string;
  readonly members: 'direct' | 'deep';
  readonly counted: boolean;
  readonly selfLoops: 'keep' | 'drop';
  readonly edges: 'follow' | 'none';
}

const nothingKnown: PlainKnowledge = {
  latest: new Map(),
  sets: new Map(),
  parents: new Map(),
  metrics: new Map(),
};

/** The grouped graph; `placements` says where the node of an id goes, a node that goes nowhere is dropped. */
export function groupOracle(
  input: PlainGraph,
  onto: PlainGraph,
  placements: (id: string) => readonly PlainPlacement[],
  rules: GroupRules,
): PlainGraph {
  const nodes = new Map<string, PlainGraphNode>();
  const change = (
    id: string,
    kind: string,
    edit: (node: PlainGraphNode) => Partial<PlainGraphNode>,
  ): void => {
    const known = nodes.get(id) ?? { ...nothingKnown, kind, out: [], members: [], counts: new Map() };
    const greater = known.kind > kind ? known.kind : kind;
    nodes.set(id, { ...known, kind: greater, ...edit(known) });
  };
  for (const [id, node] of onto.nodes) change(id, node.kind, () => ({ ...node, out: [] }));

  const destinations = new Map<string, Set<string>>();
  for (const [id, node] of input.nodes) {
    const edgesGoTo = new Set<string>();
    destinations.set(id, edgesGoTo);
    const under = new Set<string>();
    for (const placement of placements(id)) {
      if (placement.how === 'as') {
        change(placement.id, node.kind, (known) => ({
          ...mergeKnowledge(known, node),
          members: unite(known.members, node.members),
          counts: addCounts(known.counts, node.counts),
        }));
        edgesGoTo.add(placement.id);
      } else {
        const deep = rules.members === 'deep' ? node.members : [];
        const counted = rules.counted && !under.has(placement.id);
        under.add(placement.id);
        change(placement.id, placement.kind ?? rules.into, (known) => ({
          members: unite(known.members, [id, ...deep]),
          counts: counted ? addCounts(known.counts, new Map([[node.kind, 1]])) : known.counts,
        }));
        if (rules.edges === 'follow') edgesGoTo.add(placement.id);
      }
    }
  }

  const edges = new Map<string, Set<string>>();
  for (const [x, node] of input.nodes) {
    for (const from of destinations.get(x) ?? []) {
      const targets = edges.get(from) ?? new Set<string>();
      edges.set(from, targets);
      for (const y of node.out) {
        for (const to of destinations.get(y) ?? []) {
          if (from !== to || rules.selfLoops === 'keep') targets.add(to);
        }
      }
    }
  }
  for (const [from, targets] of edges) {
    const node = nodes.get(from) as PlainGraphNode;
    nodes.set(from, { ...node, out: [...targets].sort() });
  }
  return { nodes };
}

function addCounts(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
  const sum = new Map(a);
  for (const [kind, count] of b) sum.set(kind, (sum.get(kind) ?? 0) + count);
  return sum;
}
