import { Engine, SymbolTable, type ViewRequest } from '@ridgeline/core';
import { clauseInputs, detailsChangeNoCount, law, orphanPolicies } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { type ContainerFacts, containersPlugin, containersReport } from './containers-model.ts';

const options = { test: it };

/** Containers that are alike, so that filters hide some and keep others of one image. */
const containers = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    state: fc.constantFrom('running', 'exited'),
    image: fc.constantFrom('image:1', 'image:2'),
    to: fc.subarray(['a', 'b', 'c', 'd']),
  }),
  { maxLength: 4, selector: ({ id }: ContainerFacts) => id },
);
const states = fc
  .constantFrom('running', 'exited')
  .map(
    (value) =>
      ({ kind: 'compare', field: 'docker.state', op: '=', value: { kind: 'string', value } }) as const,
  );
const requests: fc.Arbitrary<ViewRequest> = fc.record({
  view: fc.constantFrom('containers', 'by-image'),
  filters: fc.array(clauseInputs(states), { maxLength: 2 }),
  orphans: orphanPolicies(),
});

describe('the details of a node', () => {
  law(
    options,
    'D14',
    'details of hidden nodes change no count, and every node has some',
    [containers, requests],
    (facts, request) =>
      detailsChangeNoCount(() => {
        const engine = new Engine({ plugins: [containersPlugin] });
        const report = containersReport(new SymbolTable(), facts);
        engine.ingest({ source: 'law', host: 'h' }, report, 1000, { now: 1000, monotonic: 0 });
        return engine;
      }, request),
  );
});
