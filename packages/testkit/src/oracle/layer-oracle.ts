/**
 * The filter layer by brute force: every figure of the ledger is had by showing the graph again, with the clause left
 * out or alone, and counting. Predicates are evaluated on the expression tree, node by node.
 */
import {
  type Clause,
  evaluate,
  type FieldValue,
  type FilterExpr,
  type FilterLayer,
  INCOMING_INTERNET,
  type OrphanPolicy,
  OUTGOING_INTERNET,
  PSEUDO,
} from '@ridgeline/core';
import { edgesOf, type PlainGraph, type PlainGraphNode } from '../plain/plain-graph.ts';

/** The figures of a ledger. */
export interface PlainLedger {
  readonly total: number;
  readonly shown: number;
  readonly filtered: number;
  readonly orphaned: number;
  readonly edges: { readonly total: number; readonly shown: number };
  readonly clauses: readonly { readonly id: string; readonly rejected: number; readonly only: number }[];
}

/** The values of a field on the node of an id; the fields are those of `layerFields`. */
export function fieldValues(graph: PlainGraph, id: string, field: string): readonly FieldValue[] {
  const node = graph.nodes.get(id) as PlainGraphNode;
  const dot = field.indexOf('.');
  const member = field.slice(dot + 1);
  switch (dot < 0 ? field : field.slice(0, dot)) {
    case 'id':
      return [id];
    case 'topology':
      return [node.kind];
    case 'degree':
      return [neighbours(graph, id).size];
    case 'count':
      return [node.counts.get(member) ?? 0];
    case 'parent':
      return node.parents.get(member) ?? [];
    case 'set':
      return node.sets.get(member) ?? [];
    case 'metric': {
      const newest = node.metrics.get(member)?.samples.at(-1);
      return newest === undefined ? [] : [newest[1]];
    }
    default: {
      const latest = node.latest.get(field);
      return latest === undefined ? [] : [latest[0]];
    }
  }
}

/** Whether a filter holds for the node of an id. */
export function holds(expr: FilterExpr, graph: PlainGraph, id: string): boolean {
  return evaluate(expr, (field) => fieldValues(graph, id, field));
}

/** Whether a clause keeps the node of an id. */
export function keeps(clause: Clause, graph: PlainGraph, id: string): boolean {
  const exempt = clause.pseudo === 'exempt' && graph.nodes.get(id)?.kind === PSEUDO;
  return exempt || holds(clause.expr, graph, id);
}

/** The graph of some nodes: edges are cut to them, as is the one from the incoming to the outgoing Internet. */
export function restrictGraph(graph: PlainGraph, kept: (id: string) => boolean): PlainGraph {
  const nodes = new Map<string, PlainGraphNode>();
  for (const [id, node] of graph.nodes) {
    if (!kept(id)) continue;
    const out = node.out.filter((to) => kept(to) && !(id === INCOMING_INTERNET && to === OUTGOING_INTERNET));
    nodes.set(id, { ...node, out });
  }
  return { nodes };
}

/** What a layer shows: the nodes that all clauses keep, less the orphans. */
export function showGraph(graph: PlainGraph, clauses: readonly Clause[], orphans: OrphanPolicy): PlainGraph {
  const passed = restrictGraph(graph, (id) => clauses.every((clause) => keeps(clause, graph, id)));
  return restrictGraph(
    passed,
    (id) =>
      orphans === 'keep' ||
      (orphans === 'drop-pseudo' && passed.nodes.get(id)?.kind !== PSEUDO) ||
      neighbours(passed, id).size > 0,
  );
}

/** What a layer shows, and its whole ledger. */
export function layerOracle(
  graph: PlainGraph,
  layer: FilterLayer,
): { graph: PlainGraph; ledger: PlainLedger } {
  const { clauses, orphans } = layer;
  const whole = showGraph(graph, [], 'keep');
  const result = showGraph(graph, clauses, orphans);
  const total = whole.nodes.size;
  const shown = result.nodes.size;
  return {
    graph: result,
    ledger: {
      total,
      shown,
      filtered: total - shown,
      orphaned: showGraph(graph, clauses, 'keep').nodes.size - shown,
      edges: { total: edgesOf(whole).length, shown: edgesOf(result).length },
      clauses: clauses.map((clause) => ({
        id: clause.id,
        rejected: total - showGraph(graph, [clause], 'keep').nodes.size,
        only:
          showGraph(
            graph,
            clauses.filter((other) => other !== clause),
            orphans,
          ).nodes.size - shown,
      })),
    },
  };
}

/** The other nodes that a node has an edge to or from. */
function neighbours(graph: PlainGraph, id: string): Set<string> {
  const others = new Set((graph.nodes.get(id) as PlainGraphNode).out);
  for (const [from, node] of graph.nodes) if (node.out.includes(id)) others.add(from);
  others.delete(id);
  return others;
}
