/** Laws F1, F2, F7: what is remembered gives what a cold render would. */
import type { Plan, Report, Topology } from '@ridgeline/core';
import { sameTopology, topologyText } from '../plain/same.ts';

/** What follows plans and remembers. */
export interface Remembering {
  interpret(plan: Plan, report: Report): Topology;
}

/** F1: memoised ≅ cold, for every plan on every report, in whatever sequence they are asked for. */
export function remembersRightly(
  warm: Remembering,
  cold: () => Remembering,
  plans: readonly Plan[],
  reports: readonly Report[],
  sequence: readonly (readonly [plan: number, report: number])[],
): boolean {
  return sequence.every(([p, r]) => {
    const plan = plans[p % plans.length] as Plan;
    const report = reports[r % reports.length] as Report;
    return sameTopology(warm.interpret(plan, report), cold().interpret(plan, report));
  });
}

/** F2: same inputs by `===` ⇒ same output by `===`; `alike` has the same topologies, but for one no plan reads. */
export function givesTheSameObject(warm: Remembering, plan: Plan, report: Report, alike: Report): boolean {
  const output = warm.interpret(plan, report);
  return warm.interpret(plan, report) === output && warm.interpret(plan, alike) === output;
}

/** F7: the order in which plans are followed changes nothing. */
export function dependsOnNoRenderOrder(
  open: () => Remembering,
  plans: readonly Plan[],
  report: Report,
  order: readonly number[],
): boolean {
  const inOrder = open();
  const outputs = plans.map((plan) => topologyText(inOrder.interpret(plan, report)));
  const other = open();
  return order.every((p) => topologyText(other.interpret(plans[p] as Plan, report)) === outputs[p]);
}
