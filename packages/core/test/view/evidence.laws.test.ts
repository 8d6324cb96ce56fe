import { Interpreter, restrict } from '@ridgeline/core';
import {
  countsUncutEdges,
  graphFilters,
  groupingKeepsSums,
  hasExactEvidence,
  law,
  layerEnvironment,
  layers,
  plans,
  reports,
  tieIds,
  topologies,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

const options = { test: it };

describe('the evidence of edges', () => {
  const subjects = topologies().map((topology) => ({ topology, environment: layerEnvironment }));
  law(
    options,
    'D17',
    'cut edges are not counted in edges.shown',
    [subjects, layers(graphFilters())],
    countsUncutEdges,
  );
  law(
    options,
    'D17',
    'of any plan, also restricted: the reported edges behind an edge, each once',
    [plans(), reports({ topologies: ['endpoint', 'process'] }), fc.array(fc.boolean())],
    ({ plan }, report, keeps) => {
      const topology = new Interpreter(layerEnvironment).interpret(plan, report);
      const kept = Uint8Array.from({ length: topology.size }, (_, row) => (keeps[row] === false ? 0 : 1));
      return (
        hasExactEvidence(topology, report) &&
        (keeps.length === 0 || hasExactEvidence(restrict(topology, kept), report))
      );
    },
  );
  law(
    options,
    'D17',
    'grouping keeps the sums of connections and bytes over distinct edges',
    [
      reports({ topologies: ['endpoint'] }),
      fc.array(fc.constantFrom('g', 'h', 'a'), { minLength: 6, maxLength: 6 }),
    ],
    (report, keys) => groupingKeepsSums('endpoint', (id) => keys[tieIds.indexOf(id)] as string, report),
  );
});
