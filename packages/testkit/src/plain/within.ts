import type { Report, Topology } from '@ridgeline/core';
import { describeReport } from './describe-report.ts';
import { describeGraph } from './plain-graph.ts';
import type { PlainFact, PlainKnowledge, PlainLatest, PlainMetric, PlainReport } from './plain-report.ts';

/** `a ⊑ b` on reports: all that a says, b says too, or something newer. */
export function reportWithin(a: Report, b: Report): boolean {
  return plainReportWithin(describeReport(a), describeReport(b));
}

/** `a ⊑ b` on reports as plain data. */
export function plainReportWithin(a: PlainReport, b: PlainReport): boolean {
  return (
    a.window.from >= b.window.from &&
    a.window.to <= b.window.to &&
    every(a.topologies, b.topologies, (nodes, others) =>
      every(
        nodes,
        others,
        (node, other) =>
          knowledgeWithin(node, other) &&
          every(node.edges, other.edges, (facts, more) => every(facts, more, factWithin)),
      ),
    ) &&
    every(
      a.dns,
      b.dns,
      (names, more) => subset(names.forward, more.forward) && subset(names.reverse, more.reverse),
    ) &&
    every(a.sampling, b.sampling, (some, more) => some.seen <= more.seen && some.total <= more.total) &&
    every(a.templates, b.templates, () => true) &&
    every(a.plugins, b.plugins, () => true) &&
    a.lost.every((loss) =>
      b.lost.some(
        (other) =>
          other.source === loss.source &&
          other.host === loss.host &&
          other.what === loss.what &&
          other.count >= loss.count,
      ),
    ) &&
    subset(a.issues, b.issues)
  );
}

/** `a ⊑ b` on rendered topologies: nodes ⊆, edges ⊆, attributes agree or are newer. */
export function topologyWithin(a: Topology, b: Topology): boolean {
  return every(
    describeGraph(a).nodes,
    describeGraph(b).nodes,
    (node, other) =>
      knowledgeWithin(node, other) && subset(node.out, other.out) && subset(node.members, other.members),
  );
}

function knowledgeWithin(a: PlainKnowledge, b: PlainKnowledge): boolean {
  return (
    every(a.latest, b.latest, latestWithin) &&
    every(a.sets, b.sets, subset) &&
    every(a.parents, b.parents, subset) &&
    every(a.metrics, b.metrics, metricWithin)
  );
}

/** Agrees, is newer, or (of keys whose values are united) has all of the tokens. */
function latestWithin([value, at]: PlainLatest, [other, later]: PlainLatest): boolean {
  if (later !== at) return later > at;
  return other >= value || subset(value.split(';'), ['', ...other.split(';')]);
}

function metricWithin(a: PlainMetric, b: PlainMetric): boolean {
  // The bounds of a series without samples are no one's but its own.
  const bounds = a.samples.length === 0 || (b.min <= a.min && b.max >= a.max);
  return (
    bounds &&
    a.samples.every(([at, value]) => b.samples.some(([other, greater]) => other === at && greater >= value))
  );
}

function factWithin(a: PlainFact, b: PlainFact): boolean {
  return (
    b.firstSeen <= a.firstSeen &&
    b.lastSeen >= a.lastSeen &&
    b.connections >= a.connections &&
    b.bytesOut >= a.bytesOut &&
    b.bytesIn >= a.bytesIn &&
    (a.guessed || !b.guessed)
  );
}

function every<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  within: (a: V, b: V) => boolean,
): boolean {
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !within(value, other)) return false;
  }
  return true;
}

function subset(a: readonly string[], b: readonly string[]): boolean {
  return a.every((text) => b.includes(text));
}
