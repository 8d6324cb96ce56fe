import type { TopologyName } from '../ids/node-id.ts';
import type { Topology } from '../model/topology.ts';
import type { RenderContext } from './context.ts';
import type { SelectPlan } from './plan.ts';

/** The nodes of a topology as they were reported. */
export function select(topology: TopologyName): SelectPlan {
  return Object.freeze({ kind: 'select', topology });
}

export function evaluateSelect(plan: SelectPlan, context: RenderContext): Topology {
  return context.topology(plan.topology);
}
