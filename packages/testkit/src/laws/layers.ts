/** Laws D1-D8, D10, D12: the filter layer and its ledger. */
import {
  type ClauseInput,
  type FilterEnvironment,
  type FilterExpr,
  type FilterLayer,
  foldLayer,
  type Ledger,
  type OrphanPolicy,
  PSEUDO,
  pruneOrphans,
  type Topology,
} from '@ridgeline/core';
import { layerOracle, type PlainLedger } from '../oracle/layer-oracle.ts';
import { canonicalText, sameData } from '../plain/canonical-text.ts';
import { describeGraph, edgesOf } from '../plain/plain-graph.ts';
import { sameTopology, topologyText } from '../plain/same.ts';
import { applyTo, idsOf, type LayerSubject, ledgerText, survivors } from './layer-subject.ts';

/** D1: `shown + filtered = total`, `orphaned ≤ filtered`, `total` = the size with an empty layer. */
export function addsUp(subject: LayerSubject, layer: FilterLayer): boolean {
  const { topology, ledger } = applyTo(subject, layer);
  const { total, shown, filtered, orphaned, edges } = ledger;
  const open = applyTo(subject, { clauses: [], orphans: 'keep' });
  return (
    shown + filtered === total &&
    orphaned >= 0 &&
    orphaned <= filtered &&
    total === open.ledger.total &&
    total === open.topology.size &&
    shown === topology.size &&
    edges.shown === topology.out.to.length &&
    edges.total === open.topology.out.to.length
  );
}

/** D2: any permutation of the clauses gives the same topology and the same ledger. */
export function dependsOnNoOrder(
  subject: LayerSubject,
  layer: FilterLayer,
  order: readonly number[],
): boolean {
  const permuted = {
    ...layer,
    clauses: order.map((i) => layer.clauses[i] as FilterLayer['clauses'][number]),
  };
  const a = applyTo(subject, layer);
  const b = applyTo(subject, permuted);
  return sameTopology(a.topology, b.topology) && ledgerText(a.ledger) === ledgerText(b.ledger);
}

/** D3: one layer ≅ its clauses one after the other with orphans kept, then one prune (node-local predicates). */
export function isItsClausesInTurn(subject: LayerSubject, layer: FilterLayer): boolean {
  const inTurn = layer.clauses.reduce(
    (topology, clause) => applyTo({ ...subject, topology }, { clauses: [clause], orphans: 'keep' }).topology,
    subject.topology,
  );
  return sameTopology(applyTo(subject, layer).topology, pruneOrphans(inTurn, layer.orphans).topology);
}

/** D4: `not not e ≡ e`, and `kept(e) + kept(not e) = total`, pseudo nodes tested and orphans kept. */
export function negationPartitions(subject: LayerSubject, expr: FilterExpr): boolean {
  const kept = survivors(subject, expr);
  const lost = survivors(subject, { kind: 'not', of: expr });
  const twice = survivors(subject, { kind: 'not', of: { kind: 'not', of: expr } });
  return kept.length + lost.length === subject.topology.size && sameData(kept, twice);
}

/**
 * D4, as a user asks it: where nothing is said of pseudo nodes, a filter and its `not` are both about them or both not. Each
 * node is kept by exactly one of the two, but for pseudo nodes of which neither is: those both keep.
 */
export function negationSpeaksOfTheSameNodes(subject: LayerSubject, expr: FilterExpr): boolean {
  const { topology, environment } = subject;
  const clauseOf = (of: FilterExpr): FilterLayer =>
    foldLayer([{ expr: of, from: { kind: 'request' } }], 'keep', environment.filters);
  const layers = [clauseOf(expr), clauseOf({ kind: 'not', of: expr })] as const;
  const [kept, lost] = layers.map((layer) => new Set(idsOf(applyTo(subject, layer).topology)));
  const modes = new Set(layers.flatMap(({ clauses }) => clauses.map((clause) => clause.pseudo)));
  return (
    modes.size <= 1 &&
    idsOf(topology).every((id, row) => {
      const isExempt = modes.has('exempt') && topology.kindOf(row) === PSEUDO;
      return isExempt ? kept?.has(id) && lost?.has(id) : kept?.has(id) !== lost?.has(id);
    })
  );
}

/** D4, De Morgan: `not (a and b) ≡ not a or not b`, and the dual. */
export function obeysDeMorgan(subject: LayerSubject, a: FilterExpr, b: FilterExpr): boolean {
  const not = (of: FilterExpr): FilterExpr => ({ kind: 'not', of });
  const both = (kind: 'and' | 'or', x: FilterExpr, y: FilterExpr): FilterExpr => ({ kind, of: [x, y] });
  return (
    sameData(survivors(subject, not(both('and', a, b))), survivors(subject, both('or', not(a), not(b)))) &&
    sameData(survivors(subject, not(both('or', a, b))), survivors(subject, both('and', not(a), not(b))))
  );
}

/** D5: a second pass filters 0 (node-local predicates). */
export function isIdempotentLayer(subject: LayerSubject, layer: FilterLayer): boolean {
  const once = applyTo(subject, layer).topology;
  const twice = applyTo({ ...subject, topology: once }, layer);
  return twice.ledger.filtered === 0 && sameTopology(once, twice.topology);
}

/** D6: one more clause shows a subset, of nodes and of edges. */
export function oneMoreShowsLess(subject: LayerSubject, layer: FilterLayer, more: ClauseInput): boolean {
  const extended = {
    ...layer,
    clauses: mergeClauses(layer, foldLayer([more], 'keep', subject.environment.filters)),
  };
  const before = applyTo(subject, layer).topology;
  const after = applyTo(subject, extended).topology;
  return (
    subset(idsOf(after), idsOf(before)) &&
    subset(
      edgesOf(describeGraph(after)).map(canonicalText),
      edgesOf(describeGraph(before)).map(canonicalText),
    )
  );
}

/**
 * D7: dropping clause c raises `shown` by exactly `only(c)`; `0 ≤ only(c) ≤ filtered`; with orphans kept,
 * `Σ only ≤ filtered ≤ Σ rejected`, and `rejected(c)` is what c alone filters.
 */
export function attributesExactly(subject: LayerSubject, layer: FilterLayer): boolean {
  const { shown, filtered, clauses } = applyTo(subject, layer).ledger;
  const exact = clauses.every(({ rejected, only }, c) => {
    const without = { ...layer, clauses: layer.clauses.filter((_, i) => i !== c) };
    const alone: FilterLayer = { clauses: layer.clauses.filter((_, i) => i === c), orphans: 'keep' };
    return (
      applyTo(subject, without).ledger.shown - shown === only &&
      only >= 0 &&
      only <= filtered &&
      applyTo(subject, alone).ledger.filtered === rejected
    );
  });
  const kept = applyTo(subject, { ...layer, orphans: 'keep' }).ledger;
  const sum = (figure: 'only' | 'rejected'): number =>
    kept.clauses.reduce((s, clause) => s + clause[figure], 0);
  return exact && sum('only') <= kept.filtered && kept.filtered <= sum('rejected');
}

/** D8: survivors keep their id and all that is known of them; adjacency is cut to the survivors, and no further. */
export function keepsSurvivorsWhole(subject: LayerSubject, layer: FilterLayer): boolean {
  const whole = describeGraph(applyTo(subject, { clauses: [], orphans: 'keep' }).topology).nodes;
  const shown = describeGraph(applyTo(subject, layer).topology).nodes;
  return [...shown].every(([id, node]) => {
    const before = whole.get(id);
    return (
      before !== undefined && sameData({ ...before, out: before.out.filter((to) => shown.has(to)) }, node)
    );
  });
}

/** D9, on one topology: no clause and orphans kept is the identity, but for the edge from the incoming to the outgoing Internet. */
export function emptyLayerIsIdentity(subject: LayerSubject): boolean {
  const { topology, ledger } = applyTo(subject, { clauses: [], orphans: 'keep' });
  const internet = (from: string, to: string): boolean =>
    from === 'in-theinternet' && to === 'out-theinternet';
  const before = describeGraph(subject.topology).nodes;
  const expected = new Map(
    [...before].map(([id, node]) => [id, { ...node, out: node.out.filter((to) => !internet(id, to)) }]),
  );
  return ledger.filtered === 0 && sameData(describeGraph(topology).nodes, expected);
}

/** D10: the prune never removes a node with an edge to another, nor one that the policy spares; one pass is a fixpoint. */
export function prunesOrphansOnly(topology: Topology, orphans: OrphanPolicy): boolean {
  const before = describeGraph(pruneOrphans(topology, 'keep').topology);
  const pruned = pruneOrphans(topology, orphans).topology;
  const after = describeGraph(pruned).nodes;
  const connected = new Set(edgesOf(before).flatMap(([from, to]) => (from === to ? [] : [from, to])));
  const stays = (id: string, kind: string): boolean =>
    orphans === 'keep' || connected.has(id) || (orphans === 'drop-pseudo' && kind !== PSEUDO);
  return (
    [...before.nodes].every(([id, node]) => after.has(id) === stays(id, node.kind)) &&
    sameTopology(pruneOrphans(pruned, orphans).topology, pruned)
  );
}

/** D12: a filter on the key, before grouping by it, ≅ the same filter after. */
export function pushesDown(
  environment: FilterEnvironment,
  groupByKey: (topology: Topology) => Topology,
  topology: Topology,
  onKey: FilterExpr,
  onId: FilterExpr,
): boolean {
  const keep = (of: Topology, expr: FilterExpr): Topology =>
    applyTo(
      { topology: of, environment },
      foldLayer([{ expr, pseudo: 'exempt', from: { kind: 'request' } }], 'keep'),
    ).topology;
  return sameTopology(groupByKey(keep(topology, onKey)), keep(groupByKey(topology), onId));
}

/** D (oracle): the shown topology and every figure of the ledger are those of the layer by brute force. */
export function layersAsTheOracle(subject: LayerSubject, layer: FilterLayer): boolean {
  const { topology, ledger } = applyTo(subject, layer);
  const oracle = layerOracle(describeGraph(subject.topology), layer);
  return topologyText(topology) === canonicalText(oracle.graph) && sameData(figuresOf(ledger), oracle.ledger);
}

/** The figures of a ledger, without its words. */
export function figuresOf(ledger: Ledger): PlainLedger {
  const { total, shown, filtered, orphaned, edges, clauses } = ledger;
  return {
    total,
    shown,
    filtered,
    orphaned,
    edges,
    clauses: clauses.map(({ id, rejected, only }) => ({ id, rejected, only })),
  };
}

function mergeClauses(layer: FilterLayer, more: FilterLayer): FilterLayer['clauses'] {
  const known = new Set(layer.clauses.map((clause) => clause.id));
  return [...layer.clauses, ...more.clauses.filter((clause) => !known.has(clause.id))];
}

function subset(a: readonly string[], b: readonly string[]): boolean {
  const all = new Set(b);
  return a.every((text) => all.has(text));
}
