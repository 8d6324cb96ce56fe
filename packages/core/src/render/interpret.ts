import { abortError, foreignSymbols, inHook, pluginFault } from '../errors.ts';
import type { FilterEnvironment } from '../filter/compile.ts';
import { readNode } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import { Topology } from '../model/topology.ts';
import { validateTopology } from '../model/validate.ts';
import { type RenderContext, RenderScope, TrackedContext } from './context.ts';
import { evaluateDecorate } from './decorate.ts';
import { evaluateGroup } from './group.ts';
import { evaluateLink } from './link.ts';
import { Memo } from './memo.ts';
import type { CustomPlan, Plan } from './plan.ts';
import { evaluateReduce } from './reduce.ts';
import { evaluateSelect } from './select.ts';
import { emptyTopology } from './when.ts';
import { evaluateWhere, type SilentFilters } from './where.ts';

/** What an interpretation may be told beside the plan. */
export interface InterpretOptions {
  /** Checked between the steps of a plan (law C12). */
  readonly signal?: { readonly aborted: boolean };
  /** Results to take for plans instead of making them: the filtered site of a view. */
  readonly instead?: ReadonlyMap<Plan, Topology>;
}

/**
 * Follows plans. Each step's result is remembered with what it was made of: while its inputs and what it read of
 * the report are the same objects, the same object is given again (laws F1, F2).
 */
export class Interpreter {
  readonly #environment: FilterEnvironment;
  readonly #scope = new RenderScope();
  readonly #memo = new Memo();
  readonly #silent: SilentFilters = new WeakMap();

  constructor(environment: FilterEnvironment) {
    this.#environment = environment;
  }

  /**
   * The topology that a plan makes of a report.
   *
   * @throws RidgelineError `ABORTED`; then nothing of the unfinished step is kept
   */
  interpret(plan: Plan, report: Report, options: InterpretOptions = {}): Topology {
    const replaced = options.instead?.get(plan);
    if (replaced !== undefined) return replaced;
    throwIfAborted(options);
    const context = new TrackedContext(report, this.#scope);
    if (plan.kind === 'when' && !inHook(`when ${plan.name}`, () => plan.holds(context))) {
      return this.#memo.get(plan, [], report, () => ({
        output: emptyTopology('', context),
        readings: context.readings,
      }));
    }
    const inputs = inputPlans(plan).map((input) => this.interpret(input, report, options));
    throwIfAborted(options);
    return this.#memo.get(plan, inputs, report, () => ({
      output: this.#evaluate(plan, inputs, context),
      readings: context.readings,
    }));
  }

  #evaluate(plan: Plan, inputs: readonly Topology[], context: RenderContext): Topology {
    const first = inputs[0] as Topology;
    switch (plan.kind) {
      case 'select':
        return evaluateSelect(plan, context);
      case 'group':
        return evaluateGroup(plan, first, inputs[1] ?? emptyTopology(plan.into, context), context);
      case 'reduce':
        return evaluateReduce(inputs, context);
      case 'where':
        return evaluateWhere(plan, first, context, this.#environment, this.#silent);
      case 'decorate':
        return evaluateDecorate(plan, first, context, readNode);
      case 'when':
        return first;
      case 'link':
        return evaluateLink(plan, first, inputs[1] as Topology, context);
      case 'custom':
        return renderCustom(plan, inputs, context);
    }
  }
}

/** The plans that a plan is made of, in the order its evaluation takes them. */
export function inputPlans(plan: Plan): readonly Plan[] {
  switch (plan.kind) {
    case 'select':
      return [];
    case 'group':
      return plan.onto === undefined ? [plan.of] : [plan.of, plan.onto];
    case 'reduce':
    case 'custom':
      return plan.of;
    case 'link':
      return [plan.of, plan.to];
    default:
      return [plan.of];
  }
}

function throwIfAborted({ signal }: InterpretOptions): void {
  if (signal?.aborted === true) throw abortError();
}

/** What a plugin's own function makes is checked before others build on it. */
function renderCustom(plan: CustomPlan, inputs: readonly Topology[], context: RenderContext): Topology {
  const hook = `custom ${plan.name}`;
  let made: unknown;
  try {
    made = plan.render(inputs, context);
  } catch (error) {
    // The seam to a plugin's function.
    throw pluginFault(hook, error);
  }
  if (!(made instanceof Topology)) throw pluginFault(hook, new TypeError('it gave no topology'));
  if (made.symbols !== context.symbols) throw foreignSymbols(hook);
  const problems = validateTopology(made);
  if (problems.length > 0) throw pluginFault(hook, new TypeError(problems.join('; ')));
  return made;
}
