import { type FilterArgument, SymbolTable, TopologyBuilder } from '@ridgeline/core';
import { declaredReports, filterLaws } from '@ridgeline/testkit';
import { containerCreated, containerId } from '@ridgeline/vocabulary';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { busy, olderThan } from '../src/index.ts';

/** Containers as they are reported: some old, some new, some of which nobody knows. */
const topologies = declaredReports({
  container: {
    ids: ['a', 'b', 'c', 'd'].map((key) => containerId.encode(key)),
    attributes: [
      {
        attribute: containerCreated,
        values: ['1969-12-31T00:00:00.000Z', '1970-01-01T00:00:00.000Z', 'long ago'],
      },
    ],
  },
}).map(({ topologies: reported }) => reported.get('container') ?? none());

const none = () => new TopologyBuilder('container', new SymbolTable(), 0).build();
const numbers = (...values: readonly number[]): fc.Arbitrary<readonly FilterArgument[]> =>
  fc.constantFrom(...values).map((value) => [{ value: { kind: 'number', value } }]);

describe('older-than', () => {
  filterLaws(olderThan, { test: it, topologies, args: numbers(1, 24, 48) });
});

describe('busy', () => {
  filterLaws(busy, { test: it, topologies, args: numbers(1, 2, 3) });
});
