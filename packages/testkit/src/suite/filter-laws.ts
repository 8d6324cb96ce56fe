import {
  type ClauseInput,
  type FilterArgument,
  type FilterDef,
  type FilterEnvironment,
  type FilterExpr,
  foldLayer,
  type Topology,
} from '@ridgeline/core';
import * as fc from 'fast-check';
import { topologies as anyTopologies } from '../arbitrary/graphs.ts';
import { clauseInputs, layerEnvironment, nodeFilters, orphanPolicies } from '../arbitrary/layers.ts';
import { remembered } from '../arbitrary/remembered.ts';
import type { LayerSubject } from '../laws/layer-subject.ts';
import {
  addsUp,
  attributesExactly,
  dependsOnNoOrder,
  isIdempotentLayer,
  isItsClausesInTurn,
  keepsSurvivorsWhole,
  negationPartitions,
  negationSpeaksOfTheSameNodes,
  obeysDeMorgan,
  oneMoreShowsLess,
  prunesOrphansOnly,
} from '../laws/layers.ts';
import { exception, type LawOptions, law, seeded } from './law.ts';

/** What {@link filterLaws} may be told beside how to register tests. */
export interface FilterLawOptions extends LawOptions {
  /** Topologies in which the filter finds something to keep and to drop; any others are tried too. */
  readonly topologies?: fc.Arbitrary<Topology>;
  /** Arguments that the filter takes; default: none. */
  readonly args?: fc.Arbitrary<readonly FilterArgument[]>;
  /** What other names mean: those that the filter's body uses. */
  readonly environment?: FilterEnvironment;
}

/**
 * Laws D1-D8 and D10 of a filter, alone and among other clauses. A filter that says it reads the graph is not asked for
 * D3 and D5, and has to show a counterexample to D5.
 *
 * @example filterLaws(inNetwork, { test: it, args: fc.constant([{ value: { kind: 'string', value: '10.0.0.0/8' } }]) })
 */
export function filterLaws(def: FilterDef, given: FilterLawOptions): void {
  const options = seeded(given);
  const { environment = layerEnvironment, args = fc.constant([]) } = options;
  const names: FilterEnvironment = {
    ...environment,
    filters: new Map([...environment.filters, [def.name, def]]),
  };
  const topologies = remembered(
    options.topologies === undefined
      ? anyTopologies()
      : fc.oneof({ weight: 3, arbitrary: options.topologies }, { weight: 1, arbitrary: anyTopologies() }),
  );
  const subjects = topologies.map((topology): LayerSubject => ({ topology, environment: names }));
  const calls = args.map((given): FilterExpr => ({ kind: 'call', name: def.name, args: given }));
  const clauses = fc.tuple(calls, fc.boolean()).map(
    ([call, negated]): ClauseInput => ({
      expr: negated ? { kind: 'not', of: call } : call,
      from: { kind: 'request' },
    }),
  );
  const layers = fc
    .tuple(clauses, fc.array(clauseInputs(nodeFilters()), { maxLength: 2 }), orphanPolicies())
    .map(([clause, others, orphans]) => foldLayer([clause, ...others], orphans, names.filters));

  law(options, 'D1', 'shown + filtered = total, orphaned ≤ filtered', [subjects, layers], addsUp);
  law(options, 'D2', 'the order of clauses changes nothing', [subjects, layers], (subject, layer) =>
    dependsOnNoOrder(subject, layer, [...layer.clauses.keys()].reverse()),
  );
  law(options, 'D4', 'not not e ≡ e, kept(e) + kept(not e) = total', [subjects, calls], negationPartitions);
  law(
    options,
    'D4',
    'f and not f are about pseudo nodes alike: only what both are not about is kept by both',
    [subjects, calls],
    negationSpeaksOfTheSameNodes,
  );
  law(options, 'D4', 'not (a and b) ≡ not a or not b', [subjects, calls, nodeFilters()], obeysDeMorgan);
  if (def.reads === 'node') {
    law(
      options,
      'D3',
      'one layer ≅ its clauses in turn, then one prune',
      [subjects, layers],
      isItsClausesInTurn,
    );
    law(options, 'D5', 'a second pass filters 0', [subjects, layers], isIdempotentLayer);
  } else {
    exception(options, 'D5', "reads: 'graph'", [subjects, layers], isIdempotentLayer);
  }
  law(options, 'D6', 'one more clause shows a subset', [subjects, layers, clauses], oneMoreShowsLess);
  law(options, 'D7', 'shown(L without c) − shown(L) = only(c)', [subjects, layers], attributesExactly);
  law(options, 'D8', 'survivors stay whole, edges are cut to them', [subjects, layers], keepsSurvivorsWhole);
  law(
    options,
    'D10',
    'only orphans are pruned, in one pass',
    [topologies, orphanPolicies()],
    prunesOrphansOnly,
  );
}
