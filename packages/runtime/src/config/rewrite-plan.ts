import {
  custom,
  decorate,
  type GroupPlan,
  group,
  keying,
  link,
  type Plan,
  reduce,
  when,
  where,
} from '@ridgeline/core';

/**
 * The plan with every grouping in it changed. Stages without one stay the same objects, and a stage that several plans
 * share is shared by what becomes of them: pictures go on being remembered by stage, and a view's site can be found.
 *
 * @param done - what has become of which plan; one map for all plans that may share stages
 */
export function rewriteGroups(
  plan: Plan,
  change: (plan: GroupPlan) => GroupPlan,
  done: Map<Plan, Plan>,
): Plan {
  const known = done.get(plan);
  if (known !== undefined) return known;
  const made = rewrite(plan, (inner) => rewriteGroups(inner, change, done), change);
  done.set(plan, made);
  return made;
}

function rewrite(plan: Plan, inner: (plan: Plan) => Plan, change: (plan: GroupPlan) => GroupPlan): Plan {
  switch (plan.kind) {
    case 'select':
      return plan;
    case 'group': {
      const { by, onto, of, ...rest } = plan;
      const newOnto = onto === undefined ? {} : { onto: inner(onto) };
      return change(group(inner(of), { ...rest, ...newOnto, by: keying(by) }));
    }
    case 'reduce': {
      const of = plan.of.map(inner);
      return isSame(of, plan.of) ? plan : reduce(...of);
    }
    case 'custom': {
      const of = plan.of.map(inner);
      return isSame(of, plan.of) ? plan : custom(plan.name, of, plan.render);
    }
    case 'link': {
      const of = inner(plan.of);
      const to = inner(plan.to);
      return of === plan.of && to === plan.to ? plan : link(of, to, plan);
    }
    default: {
      const of = inner(plan.of);
      if (of === plan.of) return plan;
      if (plan.kind === 'where') return where(of, plan.filter.keep, plan.filter.pseudo);
      return plan.kind === 'decorate' ? decorate(of, plan) : when(plan.name, plan.holds, of);
    }
  }
}

function isSame(a: readonly Plan[], b: readonly Plan[]): boolean {
  return a.every((plan, i) => plan === b[i]);
}
