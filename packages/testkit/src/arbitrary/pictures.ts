import { asNodeId, type Held, type NodeId, type NodeSummary, type Picture } from '@ridgeline/core';
import * as fc from 'fast-check';
import { ids, maps, sets, times, values } from './ties.ts';

/** Pictures of a view as readers hold them: few nodes, few labels, so that many stay the same. */
export function pictures(): fc.Arbitrary<Picture> {
  const summary = fc.record({
    label: values(),
    stack: fc.boolean(),
    metadata: fc.array(values(), { maxLength: 1 }),
    adjacency: fc.oneof(fc.constant<string[]>([]), sets(ids())),
  });
  return fc
    .tuple(
      maps(ids(), summary, 6),
      fc.record({ at: times(), total: fc.integer({ min: 6, max: 8 }) }),
      fc.array(values(), { maxLength: 1 }),
    )
    .map(([nodes, { at, total }, sources]) => ({
      view: 'processes',
      at,
      ledger: {
        total,
        shown: nodes.size,
        filtered: total - nodes.size,
        orphaned: 0,
        edges: { total: 0, shown: 0 },
        clauses: [],
        lost: [],
      },
      nodes: new Map(
        [...nodes]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([id, made]): [NodeId, NodeSummary] => [
            asNodeId(id),
            {
              id: asNodeId(id),
              topology: 'process',
              label: made.label,
              labelMinor: '',
              rank: '',
              shape: 'square',
              ...(made.stack ? { stack: true } : {}),
              metadata: made.metadata.map((value) => ({ id: 'k', label: 'K', value })),
              metrics: [],
              parents: [],
              adjacency: made.adjacency.map(asNodeId),
            },
          ]),
      ),
      sources,
    }));
}

/** A picture and its place in a sequence. */
export function heldPictures(): fc.Arbitrary<Held> {
  return fc.record({
    epoch: fc.constantFrom('e', 'f'),
    seq: fc.integer({ min: 1, max: 3 }),
    picture: pictures(),
  });
}
