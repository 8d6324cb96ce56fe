import {
  addsUp,
  attributesExactly,
  clauseInputs,
  dependsOnNoOrder,
  emptyLayerIsIdentity,
  foldKeepsMeaning,
  foldsToOneLayer,
  graphFilters,
  isIdempotentLayer,
  isItsClausesInTurn,
  keepsSurvivorsWhole,
  law,
  layerEnvironment,
  layers,
  layersAsTheOracle,
  negationPartitions,
  nodeFilters,
  obeysDeMorgan,
  oneMoreShowsLess,
  orphanPolicies,
  prunesOrphansOnly,
  topologies,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

const options = { test: it };
const subjects = topologies().map((topology) => ({ topology, environment: layerEnvironment }));
const anyFilters = graphFilters();
const anyLayers = layers(anyFilters);

describe('the filter layer', () => {
  law(options, 'D1', 'shown + filtered = total, orphaned ≤ filtered', [subjects, anyLayers], addsUp);
  law(
    options,
    'D1',
    'the shown and the whole ledger are the oracle’s',
    [subjects, anyLayers],
    layersAsTheOracle,
  );
  law(
    options,
    'D2',
    'any permutation of clauses: same topology, same ledger',
    [subjects, anyLayers, fc.nat(3)],
    (subject, layer, by) => {
      const order = [...layer.clauses.keys()];
      return dependsOnNoOrder(subject, layer, [...order.slice(by), ...order.slice(0, by)].reverse());
    },
  );
  law(
    options,
    'D3',
    'one layer ≅ its clauses in turn, then one prune',
    [subjects, layers()],
    isItsClausesInTurn,
  );
  law(
    options,
    'D4',
    'not not e ≡ e, kept(e) + kept(not e) = total',
    [subjects, anyFilters],
    negationPartitions,
  );
  law(options, 'D4', 'De Morgan', [subjects, anyFilters, anyFilters], obeysDeMorgan);
  law(options, 'D5', 'a second pass filters 0', [subjects, layers()], isIdempotentLayer);
  law(
    options,
    'D6',
    'one more clause shows a subset',
    [subjects, anyLayers, clauseInputs(anyFilters)],
    oneMoreShowsLess,
  );
  law(options, 'D7', 'shown(L without c) − shown(L) = only(c)', [subjects, anyLayers], attributesExactly);
  law(
    options,
    'D8',
    'survivors stay whole, edges are cut to them',
    [subjects, anyLayers],
    keepsSurvivorsWhole,
  );
  law(
    options,
    'D9',
    'no clause and orphans kept: the identity, but for in → out Internet',
    [subjects],
    emptyLayerIsIdentity,
  );
  law(
    options,
    'D10',
    'only orphans are pruned, in one pass',
    [topologies(), orphanPolicies()],
    prunesOrphansOnly,
  );
});

describe('the fold', () => {
  const inputs = fc.array(clauseInputs(nodeFilters()), { maxLength: 4 });
  law(
    options,
    'D16',
    'the layer depends on no order, a double changes no count',
    [subjects, inputs, fc.nat(3), orphanPolicies()],
    (subject, clauses, by, orphans) => {
      const order = [...clauses.keys()];
      return foldsToOneLayer(
        subject,
        clauses,
        [...order.slice(by), ...order.slice(0, by)].reverse(),
        orphans,
      );
    },
  );
  law(options, 'D16', 'a node is shown iff every input keeps it', [subjects, inputs], foldKeepsMeaning);
});
