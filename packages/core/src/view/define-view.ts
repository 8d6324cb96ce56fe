import { badDefinition } from '../errors.ts';
import type { FilterExpr } from '../filter/expression.ts';
import type { OrphanPolicy } from '../filter/layer.ts';
import type { RenderContext } from '../render/context.ts';
import type { RendererDef } from '../render/define-renderer.ts';
import { inputPlans } from '../render/interpret.ts';
import type { Plan } from '../render/plan.ts';

/** What a value of an option group asks of the filter layer. */
export interface OptionValue {
  readonly value: string;
  readonly label: string;
  /** Conditions that all must hold; none: no restriction. */
  readonly clauses?: readonly { readonly expr: FilterExpr; readonly pseudo?: 'exempt' | 'test' }[];
  /** What becomes of unconnected nodes, unless config or request say otherwise. */
  readonly orphans?: OrphanPolicy;
}

/** A choice that a view offers. */
export interface OptionGroup {
  readonly id: string;
  /** The value that holds when none is chosen; in a `union` group empty for no restriction. */
  readonly default: string;
  /** `union`: several values may be chosen, and a node that meets any of them stays. */
  readonly selectType: 'one' | 'union';
  /** What a `union` group without a chosen value is called. */
  readonly noneLabel?: string;
  /** The values, or how they are found in the report; a group without values is not offered. */
  readonly values: readonly OptionValue[] | ((context: RenderContext) => readonly OptionValue[]);
}

/** A view: what a user can look at. */
export interface ViewDef {
  readonly kind: 'view';
  readonly name: string;
  readonly label: string;
  /** Views are listed by ascending rank, then by name. */
  readonly rank: number;
  /** The view under which this one is listed. */
  readonly parent: string | undefined;
  readonly renderer: RendererDef;
  /** The stage of the renderer's plan on whose nodes the filters act; left out: the view's own nodes. */
  readonly site: Plan | undefined;
  readonly options: readonly OptionGroup[];
  readonly hideIfEmpty: boolean;
}

/** What {@link defineView} takes. */
export interface ViewSpec {
  readonly name: string;
  readonly label: string;
  readonly rank?: number;
  readonly parent?: string;
  readonly renderer: RendererDef;
  readonly site?: Plan;
  readonly options?: readonly OptionGroup[];
  readonly hideIfEmpty?: boolean;
}

/**
 * Defines a view of a renderer.
 *
 * @throws RidgelineError `BAD_DEFINITION` for a bad name, a default that is no value, a site the plan lacks,
 *   a union whose values do not agree on pseudo nodes
 */
export function defineView(spec: ViewSpec): ViewDef {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(spec.name)) {
    throw badDefinition('view', spec.name, 'not a name', 'use lower-case words joined by dashes');
  }
  for (const group of spec.options ?? []) {
    const values = typeof group.values === 'function' ? undefined : group.values.map((value) => value.value);
    if (values !== undefined && group.selectType === 'one' && !values.includes(group.default)) {
      throw badDefinition(
        'view',
        spec.name,
        `option group "${group.id}": its default "${group.default}" is none of its values`,
        `use one of ${values.join(', ')}`,
      );
    }
    if (
      group.selectType === 'union' &&
      typeof group.values !== 'function' &&
      pseudoOf(group.values).length > 1
    ) {
      throw badDefinition(
        'view',
        spec.name,
        `option group "${group.id}": of its values some test pseudo nodes, others exempt them`,
        'give the clauses of all values of a union one `pseudo`: several chosen values are one clause',
      );
    }
  }
  if (spec.site !== undefined && !contains(spec.renderer.plan, spec.site)) {
    throw badDefinition(
      'view',
      spec.name,
      'its site is no stage of its renderer',
      'name a plan object that the renderer is made of',
    );
  }
  return Object.freeze({
    kind: 'view',
    name: spec.name,
    label: spec.label,
    rank: spec.rank ?? 0,
    parent: spec.parent,
    renderer: spec.renderer,
    site: spec.site,
    options: spec.options ?? [],
    hideIfEmpty: spec.hideIfEmpty ?? false,
  });
}

/** What the clauses of some values say of pseudo nodes, each once; left out is `exempt`. */
export function pseudoOf(values: readonly OptionValue[]): readonly ('exempt' | 'test')[] {
  const said = values.flatMap(({ clauses = [] }) => clauses.map(({ pseudo }) => pseudo ?? 'exempt'));
  return [...new Set(said)];
}

function contains(plan: Plan, stage: Plan): boolean {
  return plan === stage || inputPlans(plan).some((input) => contains(input, stage));
}
