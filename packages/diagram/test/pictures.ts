import type { NodeId, NodeSummary } from '@ridgeline/core/wire';
import * as fc from 'fast-check';

/** A node of a picture, with all that a test does not say left plain. */
export function summary(
  id: string,
  {
    adjacency = [],
    weights,
    ...rest
  }: Partial<Omit<NodeSummary, 'id' | 'adjacency'>> & { readonly adjacency?: readonly string[] } = {},
): NodeSummary {
  return {
    id: id as NodeId,
    topology: 'pod',
    label: id,
    labelMinor: '',
    rank: '',
    shape: 'heptagon',
    metadata: [],
    metrics: [],
    parents: [],
    adjacency: adjacency as readonly NodeId[],
    ...(weights === undefined ? {} : { weights }),
    ...rest,
  };
}

/** A row that says in which namespace a node is. */
export function namespace(value: string): NodeSummary['metadata'][number] {
  return { id: 'kubernetes_namespace', label: 'Namespace', value };
}

const KIN = ['cart', 'user', 'db'] as const;
const NAMESPACES = ['shop', 'data', ''] as const;

/**
 * A picture of up to so many nodes: ids from a small set, so that pictures that follow one another share most of them;
 * few groups, replicas, pseudo nodes, cycles, loops, edges to nodes that are not there.
 */
export function pictures(most = 24): fc.Arbitrary<readonly NodeSummary[]> {
  const number = fc.nat({ max: most });
  const node = fc.record({
    number,
    group: fc.nat({ max: 2 }),
    targets: fc.array(fc.tuple(number, fc.integer({ min: 0, max: 5 })), { maxLength: 3 }),
    pseudo: fc.boolean().map((yes) => yes),
  });
  return fc.uniqueArray(node, { maxLength: most, selector: (drawn) => drawn.number }).map((nodes) =>
    nodes.map(({ number: id, group, targets, pseudo }) => {
      const edges = new Map(targets.map(([to, weight]) => [nameOf(to), weight]));
      return summary(nameOf(id), {
        adjacency: [...edges.keys()],
        weights: [...edges.values()],
        metadata: [namespace(NAMESPACES[group] as string)],
        ...(pseudo && id % 7 === 0 ? { pseudo: true } : {}),
      });
    }),
  );
}

function nameOf(number: number): string {
  return `${KIN[number % KIN.length]}-${number}`;
}
