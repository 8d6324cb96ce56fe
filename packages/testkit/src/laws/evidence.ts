/** Law D17: the evidence of edges. */
import {
  type Evidence,
  edgeEvidence,
  type FilterLayer,
  group,
  INCOMING_INTERNET,
  Interpreter,
  type NodeId,
  OUTGOING_INTERNET,
  type Report,
  select,
  type Topology,
  totalEvidence,
} from '@ridgeline/core';
import { layerEnvironment } from '../arbitrary/layers.ts';
import { evidenceOracle } from '../oracle/evidence-oracle.ts';
import { sameData } from '../plain/canonical-text.ts';
import { describeGraph, edgesOf } from '../plain/plain-graph.ts';
import { applyTo, type LayerSubject } from './layer-subject.ts';

/**
 * D17: edges that are cut are not counted in `edges.shown`: neither those that lost an end, nor the one from the incoming
 * to the outgoing Internet.
 */
export function countsUncutEdges(subject: LayerSubject, layer: FilterLayer): boolean {
  const { topology, ledger } = applyTo(subject, layer);
  const survives = (id: string): boolean => topology.rowOf(id) !== undefined;
  const uncut = edgesOf(describeGraph(subject.topology)).filter(
    ([from, to]) =>
      survives(from) && survives(to) && !(from === INCOMING_INTERNET && to === OUTGOING_INTERNET),
  );
  return ledger.edges.shown === uncut.length;
}

/** D17: the evidence of each edge, and of all of them, ≅ the oracle: each reported edge behind them once. */
export function hasExactEvidence(topology: Topology, report: Report): boolean {
  const edges: [from: number, to: number][] = [];
  for (let from = 0; from < topology.size; from++) {
    const end = topology.out.start[from + 1] as number;
    for (let e = topology.out.start[from] as number; e < end; e++) {
      edges.push([from, topology.out.to[e] as number]);
    }
  }
  const same = (evidence: Evidence, of: readonly [from: number, to: number][]): boolean =>
    sameData(plain(evidence), evidenceOracle(topology, report, of));
  return (
    same(totalEvidence(topology, report), edges) &&
    edges.every(([from, to]) => same(edgeEvidence(topology, from, to, report), [[from, to]]))
  );
}

/**
 * D17: grouping keeps the sums of connections and bytes over distinct edges. Every node of a reported topology goes under
 * one group and edges inside groups are kept; then the sums over the edges of the grouping, one by one and together, are
 * those over the reported edges.
 *
 * @param keyOf - the group of a node, by its id
 */
export function groupingKeepsSums(reported: string, keyOf: (id: string) => string, report: Report): boolean {
  const site = select(reported);
  const plan = group(site, {
    into: 'group:any',
    by: (node) => keyOf(node.id) as NodeId,
    pseudo: 'ask',
    selfLoops: 'keep',
  });
  const interpreter = new Interpreter(layerEnvironment);
  const before = totalEvidence(interpreter.interpret(site, report), report);
  const grouped = interpreter.interpret(plan, report);
  const each: Evidence[] = [];
  for (let from = 0; from < grouped.size; from++) {
    const end = grouped.out.start[from + 1] as number;
    for (let e = grouped.out.start[from] as number; e < end; e++) {
      each.push(edgeEvidence(grouped, from, grouped.out.to[e] as number, report));
    }
  }
  return (
    sameData(totalEvidence(grouped, report), before) &&
    sameData(sums(each), sums([before])) &&
    before.edges === (report.topologies.get(reported)?.out.to.length ?? 0)
  );
}

/** By source: connections and bytes both ways. */
function sums(evidence: readonly Evidence[]): ReadonlyMap<string, readonly number[]> {
  const bySource = new Map<string, readonly number[]>();
  for (const { source, connections, bytesOut, bytesIn } of evidence.flatMap(({ facts }) => facts)) {
    const [c = 0, out = 0, back = 0] = bySource.get(source) ?? [];
    bySource.set(source, [c + connections, out + bytesOut, back + bytesIn]);
  }
  return bySource;
}

function plain({ edges, facts }: Evidence): unknown {
  return { edges, facts: new Map(facts.map(({ source, ...fact }) => [source, fact])) };
}
