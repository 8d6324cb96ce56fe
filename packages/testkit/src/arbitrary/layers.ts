import {
  attributeField,
  type ClauseInput,
  coreFields,
  type Field,
  FieldCatalogue,
  type FilterEnvironment,
  type FilterExpr,
  type FilterLayer,
  foldLayer,
  metricField,
  type OrphanPolicy,
  setAttribute,
  textAttribute,
} from '@ridgeline/core';
import * as fc from 'fast-check';
import { filterExprs } from '../filter-arbitrary.ts';
import { tieIds, tieValues } from './ties.ts';

/** The fields of generated filters, over what generated reports and graphs know of a node. */
export const layerFields: readonly Field[] = Object.freeze([
  ...coreFields,
  attributeField(textAttribute('k'), 'a generated attribute'),
  attributeField(textAttribute('l'), 'another'),
  attributeField(setAttribute('k', 'set.k'), 'a generated set'),
  metricField('metric.k', 'a generated time series', ['k']),
]);

/** What names in generated filters mean. */
export const layerEnvironment: FilterEnvironment = Object.freeze({
  fields: new FieldCatalogue(layerFields),
  filters: new Map(),
});

/** Filters on generated nodes that read nothing but the node. */
export function nodeFilters(): fc.Arbitrary<FilterExpr> {
  return filters(['k', 'l', 'set.k', 'metric.k', 'id', 'topology', 'parent.host']);
}

/** Filters on generated nodes; some of them read edges. */
export function graphFilters(): fc.Arbitrary<FilterExpr> {
  return filters(['k', 'l', 'set.k', 'metric.k', 'id', 'topology', 'parent.host', 'degree']);
}

/** Filters as options, configs and requests would ask for them, some of them twice. */
export function clauseInputs(expr: fc.Arbitrary<FilterExpr> = nodeFilters()): fc.Arbitrary<ClauseInput> {
  const from = fc.constantFrom<ClauseInput['from']>(
    { kind: 'request' },
    { kind: 'config', path: 'filters[0]' },
    { kind: 'option', group: 'system', value: 'application' },
  );
  return fc
    .record({
      expr,
      from,
      pseudo: fc.constantFrom('exempt', 'test'),
      name: fc.option(fc.constantFrom('mine', 'yours'), { nil: undefined }),
    })
    .map(({ name, ...clause }) => (name === undefined ? clause : { ...clause, name }));
}

/** The three policies. */
export function orphanPolicies(): fc.Arbitrary<OrphanPolicy> {
  return fc.constantFrom('keep', 'drop-pseudo', 'drop');
}

/** Layers of a few clauses, folded. */
export function layers(expr: fc.Arbitrary<FilterExpr> = nodeFilters()): fc.Arbitrary<FilterLayer> {
  return fc
    .tuple(fc.array(clauseInputs(expr), { maxLength: 4 }), orphanPolicies())
    .map(([inputs, orphans]) => foldLayer(inputs, orphans));
}

function filters(fields: readonly string[]): fc.Arbitrary<FilterExpr> {
  const values = fc.oneof(
    fc.constantFrom(...tieValues, ...tieIds, 'pseudo').map((value) => ({ kind: 'string' as const, value })),
    fc.nat(2).map((value) => ({ kind: 'number' as const, value })),
  );
  return filterExprs({ fields: fc.constantFrom(...fields), filters: null, values });
}
