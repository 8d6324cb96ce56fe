import type { Plan, Report, Topology } from '@ridgeline/core';
import { Interpreter } from '@ridgeline/core';
import {
  abortsCleanly,
  hasProvenance,
  isClosed,
  isDeterministic,
  isPure,
  isTotalRenderer,
  law,
  layerEnvironment,
  plans,
  reports,
  shuffles,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

const options = { test: it };
const render =
  (plan: Plan) =>
  (report: Report): Topology =>
    new Interpreter(layerEnvironment).interpret(plan, report);

describe('plans of random combinators', () => {
  law(options, 'C1', 'edges end at rows, ids are unique', [plans(), reports()], ({ plan }, report) =>
    isClosed(render(plan)(report)),
  );
  law(
    options,
    'C2',
    'permuted rows, other symbols: ≅',
    [plans(), reports(), shuffles()],
    ({ plan }, report, shuffle) => isDeterministic(render(plan), report, shuffle),
  );
  law(options, 'C3', 'the report is left as it was', [plans(), reports()], ({ plan }, report) =>
    isPure(render(plan), report),
  );
  law(options, 'C5', 'members are rows, none twice of one node', [plans(), reports()], ({ plan }, report) =>
    hasProvenance(render(plan)(report)),
  );
  law(
    options,
    'C12',
    'aborted, it throws and stores nothing',
    [plans(), reports(), fc.nat(12)],
    ({ plan }, report, step) =>
      abortsCleanly(new Interpreter(layerEnvironment), render(plan), plan, report, step),
  );
  law(
    options,
    'C13',
    'total on unknown topologies',
    [plans(), reports({ topologies: ['made-up'] })],
    ({ plan }, report) => isTotalRenderer(render(plan), report),
  );
});
