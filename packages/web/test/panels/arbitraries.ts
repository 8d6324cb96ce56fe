import type { Ledger, NodeId, NodeSummary } from '@ridgeline/core/wire';
import * as fc from 'fast-check';

export type Clause = Ledger['clauses'][number];

/** A node of a picture, with all that a test does not say left plain. */
export function summary(id: string, rest: Partial<Omit<NodeSummary, 'id'>> = {}): NodeSummary {
  return {
    id: id as NodeId,
    topology: 'container',
    label: id,
    labelMinor: '',
    rank: id,
    shape: 'hexagon',
    metadata: [],
    metrics: [],
    parents: [],
    adjacency: [],
    ...rest,
  };
}

/** A metric's row. */
export function metric(id: string, value: number, format = 'percent'): NodeSummary['metrics'][number] {
  return { id, label: id, value, min: 0, max: 100, format };
}

/** A row of metadata. */
export function row(id: string, value: string, dataType?: string): NodeSummary['metadata'][number] {
  return { id, label: id, value, ...(dataType === undefined ? {} : { dataType }) };
}

/** A clause that the request asked for, unless it is said otherwise. */
export function clause(text: string, rest: Partial<Clause> = {}): Clause {
  return { id: `id of ${text}`, text, from: [{ kind: 'request' }], rejected: 3, only: 2, ...rest };
}

/** The books of a layer of these clauses. */
export function ledger(clauses: readonly Clause[], rest: Partial<Ledger> = {}): Ledger {
  return {
    total: 10,
    shown: 4,
    filtered: 6,
    orphaned: 1,
    edges: { total: 9, shown: 5 },
    clauses,
    lost: [],
    ...rest,
  };
}

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** Pictures of few nodes with metrics, namespaces, and edges also to nodes that are not there and to themselves. */
export function pictures(): fc.Arbitrary<ReadonlyMap<string, NodeSummary>> {
  const node = (id: string): fc.Arbitrary<NodeSummary> =>
    fc
      .record({
        label: fc.constantFrom('web', 'web-2', 'web-10', 'DB', 'db', ''),
        cpu: fc.option(fc.integer({ min: 0, max: 3 })),
        namespace: fc.option(fc.constantFrom('shop', 'data')),
        count: fc.option(fc.constantFrom('2', '10', 'x')),
        adjacency: fc.subarray([...IDS, 'gone']),
        isWeighted: fc.boolean(),
      })
      .map(({ label, cpu, namespace, count, adjacency, isWeighted }) =>
        summary(id, {
          label,
          metrics: cpu === null ? [] : [metric('cpu', cpu)],
          metadata: [
            ...(namespace === null ? [] : [row('kubernetes_namespace', namespace)]),
            ...(count === null ? [] : [row('count', count)]),
          ],
          adjacency: adjacency as unknown as readonly NodeId[],
          ...(isWeighted ? { weights: adjacency.map((_, index) => index + 1) } : {}),
        }),
      );
  return fc
    .subarray([...IDS])
    .chain((ids) => fc.tuple(...ids.map(node)))
    .map((nodes) => new Map(nodes.map((each) => [each.id as string, each])));
}

/** Clauses of any origins, with different texts. */
export function clauses(): fc.Arbitrary<readonly Clause[]> {
  const origin: fc.Arbitrary<Clause['from'][number]> = fc.oneof(
    fc.constant({ kind: 'request' as const }),
    fc.constantFrom('state', 'system').map((group) => ({ kind: 'option' as const, group, value: 'x' })),
    fc.constant({ kind: 'config' as const, path: 'filters[0]' }),
  );
  return fc.uniqueArray(
    fc
      .record({
        text: fc.constantFrom('a = b', 'system', 'not system', 'name ~ "x"', 'cpu > 5'),
        from: fc.uniqueArray(origin, { minLength: 1, maxLength: 3, selector: ({ kind }) => kind }),
      })
      .map(({ text, from }) => clause(text, { from })),
    { selector: ({ text }) => text },
  );
}
