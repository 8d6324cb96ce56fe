import * as fc from 'fast-check';
import type { GroupRules, PlainPlacement } from '../oracle/group-oracle.ts';
import { type GraphDraft, graphDrafts } from './graphs.ts';
import { ids, keys, tieIds } from './ties.ts';

/** A grouping before it is built: two graphs, and where each id of the first goes. */
export interface GroupingDraft {
  readonly input: GraphDraft;
  readonly onto: GraphDraft;
  /** An id that is not here goes nowhere. */
  readonly placements: ReadonlyMap<string, readonly PlainPlacement[]>;
  readonly rules: GroupRules;
}

/** A join before it is built: nodes of the first graph look for nodes of the second. */
export interface JoinDraft {
  readonly input: GraphDraft;
  readonly onto: GraphDraft;
  /** The attribute that a node is found by. */
  readonly key: string;
  /** Whether a node is found by a set of the same name too: then it may have one key twice. */
  readonly bySet: boolean;
  /** The attributes whose values are looked for, in order. */
  readonly lookups: readonly string[];
}

/** Groupings with several targets, doubles, and targets that are nodes themselves. */
export function groupings(): fc.Arbitrary<GroupingDraft> {
  const placement = fc.oneof(
    { weight: 3, arbitrary: fc.record({ how: fc.constant('under' as const), id: ids() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        how: fc.constant('under' as const),
        id: ids(),
        kind: fc.constantFrom('pseudo', 'container'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ how: fc.constant('as' as const), id: ids() }) },
  );
  // A node may be put under one node twice, but goes on as one node at most.
  const places = fc
    .array(placement, { maxLength: 4 })
    .map((all) => all.filter((one, i) => one.how === 'under' || all.findIndex((o) => o.how === 'as') === i));
  return fc.record({
    input: graphDrafts(),
    onto: fc.oneof(fc.constant({ nodes: [], edges: [] }), graphDrafts()),
    placements: fc.array(places, { minLength: 8, maxLength: 8 }).map((lists) => {
      const all = [...tieIds, 'in-theinternet', 'out-theinternet'];
      return new Map(lists.map((list, i) => [all[i] as string, list]));
    }),
    rules: fc.record({
      into: fc.constantFrom('container', 'group:k'),
      members: fc.constantFrom('direct', 'deep'),
      counted: fc.boolean(),
      selfLoops: fc.constantFrom('keep', 'drop'),
      edges: fc.constantFrom('follow', 'follow', 'none'),
    }),
  });
}

/** Joins in which keys are missing, shared, and found by several lookups. */
export function joins(): fc.Arbitrary<JoinDraft> {
  return fc.record({
    input: graphDrafts(),
    onto: graphDrafts(),
    key: keys(),
    bySet: fc.boolean(),
    lookups: fc.uniqueArray(keys(), { minLength: 1, maxLength: 2 }),
  });
}
