import type { Topology } from '../model/topology.ts';
import type { RenderContext } from './context.ts';
import type { CustomPlan, Plan } from './plan.ts';

/** A topology made by any pure function of others: for what no combinator says. */
export function custom(
  name: string,
  of: readonly Plan[],
  render: (inputs: readonly Topology[], context: RenderContext) => Topology,
): CustomPlan {
  return Object.freeze({ kind: 'custom', name, of: Object.freeze([...of]), render });
}
