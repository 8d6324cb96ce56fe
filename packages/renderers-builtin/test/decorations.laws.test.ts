import {
  type DecoratePlan,
  Interpreter,
  inputPlans,
  type Plan,
  restrict,
  type Topology,
} from '@ridgeline/core';
import { builtinRenderers } from '@ridgeline/renderers-builtin';
import { commutesWithFilter, law, onlyWrites, remembered, seeded } from '@ridgeline/testkit';
import { describe, it } from 'vitest';
import { environment } from './given-report.ts';
import { knownReports } from './known-reports.ts';

/** All decorations in the plans of the built-in renderers. */
function decorationsIn(plan: Plan, found: Set<DecoratePlan>): Set<DecoratePlan> {
  if (plan.kind === 'decorate') found.add(plan);
  for (const input of inputPlans(plan)) decorationsIn(input, found);
  return found;
}

const decorations = new Set<DecoratePlan>();
for (const { plan } of builtinRenderers) decorationsIn(plan, decorations);

/** Keeps the nodes whose ids are of even length: whatever a decoration writes, this does not read it. */
function keepEven(topology: Topology): Topology {
  const kept = Uint8Array.from({ length: topology.size }, (_, row) =>
    topology.idOf(row).length % 2 === 0 ? 1 : 0,
  );
  return restrict(topology, kept);
}

const options = seeded({ test: it });
const reports = remembered(knownReports());

for (const [index, plan] of [...decorations].entries()) {
  describe(`decoration ${index + 1}: ${plan.name}`, () => {
    law(options, 'E1', 'only what it says it writes changes', [reports], (report) => {
      const interpreter = new Interpreter(environment);
      const input = interpreter.interpret(plan.of, report);
      return onlyWrites(() => interpreter.interpret(plan, report), plan.writes, input);
    });
    law(options, 'E2', 'decorate(filter(t)) ≅ filter(decorate(t))', [reports], (report) => {
      const interpreter = new Interpreter(environment);
      const input = interpreter.interpret(plan.of, report);
      const decorate = (topology: Topology): Topology =>
        interpreter.interpret(plan, report, { instead: new Map([[plan.of, topology]]) });
      return commutesWithFilter(decorate, keepEven, input);
    });
  });
}
