/**
 * The merge of reports over plain data: two maps are walked key by key, nothing is sorted, nothing is interned. It says
 * what semantics.md §1 says, as directly as code can.
 */
import type { DnsNames, ForeignPlugin, Loss, Sampling } from '@ridgeline/core';
import { canonicalText } from '../plain/canonical-text.ts';
import type {
  PlainFact,
  PlainKnowledge,
  PlainLatest,
  PlainMetric,
  PlainNode,
  PlainReport,
} from '../plain/plain-report.ts';

/** What {@link mergePlainReports} leaves to the caller: templates have rules of their own. */
export type MergedPlainReport = Omit<PlainReport, 'templates'>;

/** The join of two reports, without their templates. */
export function mergePlainReports(a: MergedPlainReport, b: MergedPlainReport): MergedPlainReport {
  return {
    window: { from: Math.min(a.window.from, b.window.from), to: Math.max(a.window.to, b.window.to) },
    topologies: union(a.topologies, b.topologies, (nodes, others) => union(nodes, others, mergeNodes)),
    dns: union(a.dns, b.dns, mergeNames),
    sampling: union(a.sampling, b.sampling, mergeSampling),
    lost: mergeLosses([...a.lost, ...b.lost]),
    plugins: union(a.plugins, b.plugins, (x: ForeignPlugin, y: ForeignPlugin) =>
      JSON.stringify(x) <= JSON.stringify(y) ? x : y,
    ),
    issues: unite(a.issues, b.issues),
  };
}

/** The join of two nodes of one id. */
export function mergeNodes(a: PlainNode, b: PlainNode): PlainNode {
  return {
    ...mergeKnowledge(a, b),
    edges: union(a.edges, b.edges, (facts, more) => union(facts, more, mergeFacts)),
  };
}

/** The join of what is known of one node. */
export function mergeKnowledge(a: PlainKnowledge, b: PlainKnowledge): PlainKnowledge {
  return {
    latest: union(a.latest, b.latest, mergeLatest),
    sets: union(a.sets, b.sets, unite),
    parents: union(a.parents, b.parents, unite),
    metrics: union(a.metrics, b.metrics, mergeMetrics),
  };
}

/** The union of two maps; what both have is joined. */
export function union<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  join: (a: V, b: V) => V,
): Map<string, V> {
  const all = new Map(a);
  for (const [key, value] of b) {
    const known = all.get(key);
    all.set(key, known === undefined ? value : join(known, value));
  }
  return all;
}

/** The union of two lists of texts, ascending. */
export function unite(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}

/** Last writer wins; of one time the greater value. */
function mergeLatest(a: PlainLatest, b: PlainLatest): PlainLatest {
  if (a[1] !== b[1]) return a[1] > b[1] ? a : b;
  return a[0] > b[0] ? a : b;
}

function mergeMetrics(a: PlainMetric, b: PlainMetric): PlainMetric {
  if (a.samples.length > 0 && b.samples.length === 0) return a;
  if (b.samples.length > 0 && a.samples.length === 0) return b;
  const samples = new Map<number, number>();
  for (const [at, value] of [...a.samples, ...b.samples]) {
    const known = samples.get(at);
    samples.set(at, known === undefined ? value : Math.max(known, value));
  }
  return {
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    samples: [...samples].sort(([x], [y]) => x - y),
  };
}

function mergeFacts(a: PlainFact, b: PlainFact): PlainFact {
  return {
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: Math.max(a.lastSeen, b.lastSeen),
    connections: Math.max(a.connections, b.connections),
    bytesOut: Math.max(a.bytesOut, b.bytesOut),
    bytesIn: Math.max(a.bytesIn, b.bytesIn),
    guessed: a.guessed && b.guessed,
  };
}

function mergeNames(a: DnsNames, b: DnsNames): DnsNames {
  return { forward: unite(a.forward, b.forward), reverse: unite(a.reverse, b.reverse) };
}

function mergeSampling(a: Sampling, b: Sampling): Sampling {
  return { seen: Math.max(a.seen, b.seen), total: Math.max(a.total, b.total) };
}

function mergeLosses(losses: readonly Loss[]): readonly Loss[] {
  const most = new Map<string, Loss>();
  for (const loss of losses) {
    const key = canonicalText({ ...loss, count: 0 });
    const known = most.get(key);
    if (known === undefined || loss.count > known.count) most.set(key, loss);
  }
  return [...most.values()];
}
