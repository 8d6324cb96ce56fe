import { badDefinition } from '../errors.ts';
import type { Plan } from './plan.ts';

/** A named plan. Its result type cannot carry a count. */
export interface RendererDef {
  readonly kind: 'renderer';
  readonly name: string;
  readonly plan: Plan;
  readonly declares: RendererDeclarations;
}

/** What the law kit may ask of a renderer beyond the laws of all; a declared exception is proven, too. */
export interface RendererDeclarations {
  /** More facts never take anything away (law C9). */
  readonly monotone?: boolean;
  /** Rendering a merge is merging renders (law C10). */
  readonly distributive?: boolean;
  /** Edges from a node to itself may be in the output (law C6). */
  readonly selfLoops?: 'keep' | 'drop';
  /** It reads the texts of ids, so renaming nodes changes the output (law C11). */
  readonly readsIds?: boolean;
}

/**
 * Defines a renderer: a sentence of combinators.
 *
 * @example
 * export const processesByName = defineRenderer({
 *   name: 'processes-by-name',
 *   plan: group(processes.plan, { into: 'group:process:name', by: (node) => node.get(processName) as NodeId }),
 * });
 */
export function defineRenderer(spec: {
  readonly name: string;
  readonly plan: Plan;
  readonly declares?: RendererDeclarations;
}): RendererDef {
  if (spec.name === '') throw badDefinition('renderer', spec.name, 'it has no name');
  return Object.freeze({ kind: 'renderer', name: spec.name, plan: spec.plan, declares: spec.declares ?? {} });
}
