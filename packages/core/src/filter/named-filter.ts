import type {
  FilterArg,
  FilterArgument,
  FilterCall,
  FilterExpr,
  FilterValue,
  ParameterValue,
} from './expression.ts';
import { filterLimits } from './expression.ts';
import type { FilterProblem } from './filter-error.ts';
import { checkLimits, tooDeep } from './limits.ts';
import { bindArguments, type FilterSignature } from './names.ts';
import { normalize } from './normalize.ts';
import { checkOrder } from './value.ts';

/**
 * A filter that a config defines in the filter language: `payments: label.team = payments and not system`. With
 * parameters its expression refers to them as `$name`.
 */
export interface NamedFilter {
  readonly name: string;
  readonly parameters: readonly NamedFilterParameter[];
  readonly expr: FilterExpr;
}

/** A parameter without a default must be given. */
export interface NamedFilterParameter {
  readonly name: string;
  readonly default?: FilterArg;
}

/** A mistake in expanding; `filter` is the call it happened in, the outermost first. */
export interface ExpandProblem extends FilterProblem {
  readonly inside: readonly string[];
}

/** The expanded filter in normal form, or every mistake. */
export type Expanded =
  | { readonly ok: true; readonly expr: FilterExpr }
  | { readonly ok: false; readonly errors: readonly ExpandProblem[] };

/** The signature by which calls of a named filter are checked. */
export function signatureOf(definition: NamedFilter): FilterSignature {
  return {
    parameters: definition.parameters.map((parameter) => ({
      name: parameter.name,
      required: parameter.default === undefined,
    })),
  };
}

/**
 * Replaces every call of a named filter by its definition, arguments in the place of `$parameters`. Calls of other
 * (registered) filters stay, with their arguments filled in.
 *
 * @param definitions - named filters by name; they may call each other, but not themselves
 * @returns the normal form without calls of named filters and without parameters; or errors: a cycle, arguments that
 *   do not fit, an expansion beyond `filterLimits`
 */
export function expandFilters(expr: FilterExpr, definitions: ReadonlyMap<string, NamedFilter>): Expanded {
  // a small config can stand for an exponential expansion: parts are counted
  const run: Run = { definitions, errors: [], budget: filterLimits.textLength };
  const expanded = expand(run, expr, new Map(), []);
  if (run.budget <= 0)
    report(run, [], { code: 'too-large', message: 'the expanded filter has too many parts' });
  if (run.errors.length > 0) return { ok: false, errors: run.errors };
  const normal = normalize(expanded);
  const problem = checkLimits(normal);
  return problem === undefined
    ? { ok: true, expr: normal }
    : { ok: false, errors: [{ ...problem, inside: [] }] };
}

interface Run {
  readonly definitions: ReadonlyMap<string, NamedFilter>;
  readonly errors: ExpandProblem[];
  budget: number;
}

type Bindings = ReadonlyMap<string, FilterArg>;

const nothing: FilterExpr = Object.freeze({ kind: 'constant', value: false });

function expand(run: Run, expr: FilterExpr, bindings: Bindings, inside: readonly string[]): FilterExpr {
  if (run.budget-- <= 0) return nothing;
  switch (expr.kind) {
    case 'and':
    case 'or':
      return { kind: expr.kind, of: expr.of.map((part) => expand(run, part, bindings, inside)) };
    case 'not':
      return { kind: 'not', of: expand(run, expr.of, bindings, inside) };
    case 'compare': {
      const value = bindScalar(run, expr.value, bindings, inside);
      const problem = checkOrder(expr.op, value);
      if (problem !== undefined) report(run, inside, problem);
      return { ...expr, value };
    }
    case 'in':
      return { ...expr, values: bindList(run, expr.values, bindings, inside) };
    case 'call':
      return expandCall(run, expr, bindings, inside);
    default:
      return expr;
  }
}

function expandCall(run: Run, expr: FilterCall, bindings: Bindings, inside: readonly string[]): FilterExpr {
  const args = expr.args.map((argument) => bindArgument(run, argument, bindings, inside));
  const definition = run.definitions.get(expr.name);
  if (definition === undefined) return { ...expr, args };
  const path = [...inside, expr.name];
  if (inside.includes(expr.name)) {
    const message = `the filter ${expr.name} is defined by itself: ${path.join(' → ')}`;
    report(run, path, { code: 'cyclic-filter', message });
    return nothing;
  }
  if (path.length > filterLimits.nesting) {
    report(run, path, tooDeep());
    return nothing;
  }
  const bound = bindArguments(expr.name, args, signatureOf(definition));
  for (const { problem } of bound.problems) report(run, path, problem);
  if (bound.problems.length > 0) return nothing;
  const inner = new Map<string, FilterArg>();
  for (const parameter of definition.parameters) {
    if (parameter.default !== undefined) inner.set(parameter.name, parameter.default);
  }
  for (const { name, value } of bound.args) {
    if (name !== undefined) inner.set(name, value);
  }
  return expand(run, definition.expr, inner, path);
}

function bindArgument(
  run: Run,
  argument: FilterArgument,
  bindings: Bindings,
  inside: readonly string[],
): FilterArgument {
  const { value } = argument;
  switch (value.kind) {
    case 'parameter':
      return { ...argument, value: resolve(run, value, bindings, inside) };
    case 'list':
      return { ...argument, value: { kind: 'list', of: bindList(run, value.of, bindings, inside) } };
    default:
      return argument;
  }
}

function bindScalar(
  run: Run,
  value: FilterValue,
  bindings: Bindings,
  inside: readonly string[],
): FilterValue {
  if (value.kind !== 'parameter') return value;
  const arg = resolve(run, value, bindings, inside);
  if (arg.kind === 'boolean') return { kind: 'string', value: String(arg.value) };
  if (arg.kind !== 'list') return arg;
  const message = `$${value.name} is given a list where one value is compared`;
  report(run, inside, { code: 'bad-argument', message, expected: [`in ($${value.name}) in the definition`] });
  return { kind: 'string', value: '' };
}

function bindList(
  run: Run,
  values: readonly FilterValue[],
  bindings: Bindings,
  inside: readonly string[],
): readonly FilterValue[] {
  return values.flatMap((value) => {
    if (value.kind !== 'parameter') return [value];
    const arg = resolve(run, value, bindings, inside);
    run.budget -= arg.kind === 'list' ? arg.of.length : 1;
    return arg.kind === 'list' ? arg.of : [bindScalar(run, value, bindings, inside)];
  });
}

function resolve(run: Run, value: ParameterValue, bindings: Bindings, inside: readonly string[]): FilterArg {
  const arg = bindings.get(value.name);
  if (arg !== undefined) return arg;
  report(run, inside, { code: 'unknown-parameter', message: `nothing gives $${value.name} a value here` });
  return { kind: 'string', value: '' };
}

function report(run: Run, inside: readonly string[], problem: FilterProblem): void {
  run.errors.push({ ...problem, inside });
}
