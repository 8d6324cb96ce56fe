import {
  definePlugin,
  defineTopology,
  edgeWeights,
  Interpreter,
  isEqual,
  Registry,
  type Report,
  restrict,
  Snapshot,
  summarize,
  type Topology,
} from '@ridgeline/core';
import { law, layerEnvironment, plans, reports } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

/** One topology is called by the number of its edges, which a cut changes. */
const counted = definePlugin({
  name: 'counted',
  contribute: () => ({
    topologies: [
      defineTopology({
        name: 'process',
        appearance: (node) => ({ label: `${node.degree} edges`, labelMinor: node.id, rank: '' }),
      }),
    ],
  }),
});
const { definitions } = new Registry([counted()]);

function agree(topology: Topology, report: Report): boolean {
  const { nodes } = new Snapshot('v', report, topology, {} as never, definitions);
  const weights = edgeWeights(topology, report);
  const rows = Array.from({ length: topology.size }, (_, row) => row);
  const alone = rows
    .map((row) => summarize(topology, row, definitions, report, weights))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return isEqual([...nodes.values()], alone);
}

describe('summaries', () => {
  law(
    { test: it },
    'D8',
    'the summaries of a topology, and of what is cut from it twice: each as it is made alone',
    [
      plans(),
      reports({ topologies: ['endpoint', 'process'] }),
      fc.array(fc.boolean()),
      fc.array(fc.boolean()),
    ],
    ({ plan }, report, first, second) => {
      const whole = new Interpreter(layerEnvironment).interpret(plan, report);
      const cut = (topology: Topology, keeps: readonly boolean[]): Topology =>
        restrict(
          topology,
          Uint8Array.from({ length: topology.size }, (_, row) => (keeps[row] === false ? 0 : 1)),
        );
      const once = cut(whole, first);
      return [whole, once, cut(once, second), cut(whole, second)].every((topology) =>
        agree(topology, report),
      );
    },
  );
});
