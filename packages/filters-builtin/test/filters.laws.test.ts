import { FieldCatalogue, type FilterArgument, type FilterEnvironment } from '@ridgeline/core';
import { builtinFilters } from '@ridgeline/filters-builtin';
import { filterLaws, layerFields, remembered, seeded } from '@ridgeline/testkit';
import { vocabularyFields } from '@ridgeline/vocabulary';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { environment } from './environment.ts';
import { knownTopologies } from './known-topologies.ts';

/** Laws put other clauses beside each filter, over fields of their own. */
const withOthers: FilterEnvironment = {
  ...environment,
  fields: new FieldCatalogue([...layerFields, ...vocabularyFields]),
};

const text = (value: string): FilterArgument => ({ value: { kind: 'string', value } });
const number = (value: number): FilterArgument => ({ value: { kind: 'number', value } });

/** Arguments for the filters that need some. */
const args: Readonly<Record<string, fc.Arbitrary<readonly FilterArgument[]>>> = {
  'in-namespace': fc.constantFrom([text('prod')], [text('No stack')]),
  'in-network': fc.constantFrom([text('10.0.0.0/8')], [text('fd00::/8')]),
  labelled: fc.constantFrom([text('app')], [text('app'), text('web')]),
  'members-at-least': fc.nat(2).map((count) => [text('container'), number(count)]),
  'metric-at-least': fc.nat(2).map((value) => [text('cpu'), number(value)]),
  named: fc.constantFrom([text('we')], [text('^h;')]),
  'of-topology': fc.constantFrom([text('pod')], [text('pseudo')]),
};

const options = seeded({ test: it });
const topologies = remembered(knownTopologies());

for (const def of builtinFilters) {
  describe(def.name, () => {
    filterLaws(def, {
      ...options,
      environment: withOthers,
      topologies,
      args: args[def.name] ?? fc.constant([]),
    });
  });
}
