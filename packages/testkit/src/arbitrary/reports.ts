import { type Report, SymbolTable, type TopologyTemplates } from '@ridgeline/core';
import * as fc from 'fast-check';
import { buildReport } from '../plain/build-report.ts';
import { canonicalText } from '../plain/canonical-text.ts';
import { describeReport } from '../plain/describe-report.ts';
import type {
  PlainFact,
  PlainKnowledge,
  PlainMetric,
  PlainNode,
  PlainReport,
} from '../plain/plain-report.ts';
import { ids, keys, maps, sets, tieTopologies, times, values } from './ties.ts';

/** What generated reports are made of. */
export interface ReportArbitraryOptions {
  /** Names of topologies; default {@link tieTopologies}. */
  readonly topologies?: readonly string[];
  /** Ids of nodes; default {@link ids}. */
  readonly ids?: fc.Arbitrary<string>;
  /** What is known of a node; default {@link plainKnowledge}. */
  readonly knowledge?: fc.Arbitrary<PlainKnowledge>;
}

/** Reports of few ids, keys, values and times, each in a symbol table of its own. */
export function reports(options: ReportArbitraryOptions = {}): fc.Arbitrary<Report> {
  return plainReports(options).map((plain) => showReport(buildReport(plain, new SymbolTable())));
}

/** Reports as plain data: ties, self-loops and dangling edges are common. */
export function plainReports(options: ReportArbitraryOptions = {}): fc.Arbitrary<PlainReport> {
  const { topologies = tieTopologies } = options;
  return fc.record({
    window: fc.tuple(times(), times()).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
    topologies: maps(fc.constantFrom(...topologies), plainTopologies(options), topologies.length),
    templates: maps(fc.constantFrom('process', 'made-up'), templates(), 2),
    dns: maps(fc.constantFrom('10.0.0.1', '::1'), fc.record({ forward: names(), reverse: names() }), 2),
    sampling: maps(sources(), fc.record({ seen: fc.nat(2), total: fc.nat(2) }), 2),
    lost: fc.uniqueArray(
      fc.record({
        source: sources(),
        host: fc.constantFrom('h', 'i'),
        what: fc.constant('events'),
        count: fc.nat(2),
      }),
      { maxLength: 2, selector: ({ source, host }) => source + host },
    ),
    plugins: maps(
      fc.constant('plug'),
      fc.record({ id: fc.constant('plug'), label: values(), interfaces: fc.constantFrom([], ['reporter']) }),
      1,
    ),
    issues: fc.uniqueArray(fc.constantFrom('clash', 'gap'), { maxLength: 2 }),
  });
}

/** The nodes of a topology, by id. */
export function plainTopologies(options: ReportArbitraryOptions = {}): fc.Arbitrary<Map<string, PlainNode>> {
  const id = options.ids ?? ids();
  const node = fc
    .tuple(options.knowledge ?? plainKnowledge(), maps(id, maps(sources(), plainFacts(), 2), 3))
    .map(([knowledge, edges]): PlainNode => ({ ...knowledge, edges }));
  return maps(id, node, 6);
}

/** What is known of a node. */
export function plainKnowledge(): fc.Arbitrary<PlainKnowledge> {
  return fc.record({
    latest: maps(keys(), fc.tuple(values(), times()), 2),
    sets: maps(keys(), sets(values()), 2),
    parents: maps(fc.constantFrom('host', 'container'), sets(ids()), 2),
    metrics: maps(keys(), plainMetrics(), 1),
  });
}

/** Time series; some without a sample. */
export function plainMetrics(): fc.Arbitrary<PlainMetric> {
  return fc.record({
    min: fc.integer({ min: -1, max: 0 }),
    max: fc.integer({ min: 1, max: 2 }),
    samples: fc
      .uniqueArray(fc.tuple(times(), fc.integer({ min: 0, max: 2 })), {
        maxLength: 3,
        selector: ([at]) => at,
      })
      .map((samples) => samples.sort(([a], [b]) => a - b)),
  });
}

/** What a source saw of an edge. */
export function plainFacts(): fc.Arbitrary<PlainFact> {
  return fc.record({
    firstSeen: times(),
    lastSeen: times(),
    connections: fc.nat(2),
    bytesOut: fc.nat(2),
    bytesIn: fc.nat(2),
    guessed: fc.boolean(),
  });
}

/** Display templates that two reports may disagree on. */
export function templates(): fc.Arbitrary<TopologyTemplates> {
  const id = fc.constantFrom('k', 'l');
  const optional = fc.option(values(), { nil: undefined });
  const unique = <T extends { readonly id: string }>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.uniqueArray(item, { maxLength: 2, selector: (one) => one.id });
  return fc
    .record({
      shape: optional,
      tag: optional,
      label: optional,
      labelPlural: optional,
      metadata: unique(
        fc.record({ id, label: values(), priority: fc.option(fc.nat(1), { nil: undefined }) }),
      ),
      metrics: unique(fc.record({ id, label: values(), priority: fc.nat(1) })),
      tables: unique(
        fc.record({
          id,
          label: values(),
          prefix: values(),
          columns: fc.option(unique(fc.record({ id, label: values() })), { nil: undefined }),
          fixedRows: fc.option(fc.dictionary(keys(), values(), { maxKeys: 2 }), { nil: undefined }),
        }),
      ),
      controls: unique(fc.record({ id, human: values(), icon: values(), rank: fc.nat(1) })),
    })
    .map((made) => withoutUndefined(made) as TopologyTemplates);
}

/** The report, printing itself as plain data where fast-check shows a counterexample. */
export function showReport(report: Report): Report {
  return Object.freeze({ ...report, [fc.toStringMethod]: () => canonicalText(describeReport(report)) });
}

function sources(): fc.Arbitrary<string> {
  return fc.constantFrom('s', 't');
}

function names(): fc.Arbitrary<string[]> {
  return fc
    .uniqueArray(fc.constantFrom('a.example', 'b.example'), { maxLength: 2 })
    .map((list) => list.sort());
}

/** An absent member, and one that is `undefined`, are two things to exact optional types. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, withoutUndefined(member)]),
  );
}
