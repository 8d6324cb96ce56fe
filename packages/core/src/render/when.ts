import { Topology } from '../model/topology.ts';
import type { RenderContext } from './context.ts';
import type { Plan, WhenPlan } from './plan.ts';

/** Follows a plan only when a condition on the report holds; else the result is empty. */
export function when(name: string, holds: (context: RenderContext) => boolean, of: Plan): WhenPlan {
  return Object.freeze({ kind: 'when', name, holds, of });
}

/** Follows a plan only when a source reports a node of one of the topologies. */
export function whenReported(topologies: readonly string[], of: Plan): WhenPlan {
  return when(
    `any ${topologies.join(', ')}`,
    (context) => topologies.some((name) => context.topology(name).size > 0),
    of,
  );
}

/** A topology without nodes. */
export function emptyTopology(name: string, context: RenderContext): Topology {
  return new Topology({ name, symbols: context.symbols, ids: new Int32Array(0) });
}
