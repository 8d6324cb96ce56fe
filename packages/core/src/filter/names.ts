import type { FilterArgument } from './expression.ts';
import type { FilterProblem } from './filter-error.ts';
import { nearestName } from './suggest.ts';

/** A filter that can be called: its parameters, in the order of positional arguments. */
export interface FilterSignature {
  readonly parameters: readonly FilterParameter[];
}

export interface FilterParameter {
  readonly name: string;
  readonly required: boolean;
}

/** What the caller knows to exist, so that a mistyped name is an error with the nearest known one. */
export interface KnownNames {
  /** Whether a field may be tested; open families (`label.…`) answer true for all their members. */
  isField(name: string): boolean;
  /** Fields to suggest. */
  fields(): Iterable<string>;
  /** The signature of a registered or configured filter. */
  filter(name: string): FilterSignature | undefined;
  /** Filters to suggest. */
  filters(): Iterable<string>;
  /** Parameters that `$name` may refer to: those of the named filter being defined. None if left out. */
  readonly parameters?: readonly string[];
}

/** What is wrong with a field's name, if anything. */
export function checkField(name: string, known: KnownNames | undefined): FilterProblem | undefined {
  if (known === undefined || known.isField(name)) return undefined;
  if (known.filter(name) !== undefined) {
    return {
      code: 'unknown-field',
      message: `${JSON.stringify(name)} is a filter, not a field: it is not compared`,
    };
  }
  return withSuggestion(
    { code: 'unknown-field', message: `unknown field ${JSON.stringify(name)}` },
    nearestName(name, known.fields()),
  );
}

/** What is wrong with a `$name`, if anything. */
export function checkParameter(name: string, known: KnownNames | undefined): FilterProblem | undefined {
  if (known === undefined || known.parameters?.includes(name)) return undefined;
  if (!known.parameters?.length) {
    return {
      code: 'unknown-parameter',
      message: `$${name} stands for a parameter, but there are none here`,
      expected: [`"$${name}" in quotes for the text itself`],
    };
  }
  const nearest = nearestName(name, known.parameters);
  return withSuggestion(
    { code: 'unknown-parameter', message: `unknown parameter $${name}` },
    nearest === undefined ? undefined : `$${nearest}`,
  );
}

/** What is wrong with a filter's name, if anything. */
export function checkFilter(name: string, known: KnownNames | undefined): FilterProblem | undefined {
  if (known === undefined || known.filter(name) !== undefined) return undefined;
  if (known.isField(name)) {
    const message = `${JSON.stringify(name)} is a field, not a filter`;
    return { code: 'unknown-filter', message, expected: ['a comparison', `has(${name})`] };
  }
  return withSuggestion(
    { code: 'unknown-filter', message: `unknown filter ${JSON.stringify(name)}` },
    nearestName(name, known.filters()),
  );
}

/** Checks a call's name and arguments; without known names, only that no argument is given twice. */
export function bindCall(
  name: string,
  args: readonly FilterArgument[],
  known: KnownNames | undefined,
): BoundArguments {
  const problem = checkFilter(name, known);
  const signature = known?.filter(name);
  if (signature !== undefined) return bindArguments(name, args, signature);
  const problems: { problem: FilterProblem; argument?: number }[] = problem ? [{ problem }] : [];
  const seen = new Set<string>();
  for (const [argument, { name: given }] of args.entries()) {
    if (given === undefined) continue;
    if (seen.has(given)) problems.push({ problem: doubledArgument(given), argument });
    seen.add(given);
  }
  return { args, problems };
}

/** The outcome of matching arguments to a signature; `argument` is the index of the faulty one. */
export interface BoundArguments {
  readonly args: readonly FilterArgument[];
  readonly problems: readonly { readonly problem: FilterProblem; readonly argument?: number }[];
}

/**
 * Gives positional arguments the names of a signature's parameters, and reports unknown, doubled, superfluous and
 * missing ones. Bound twice, nothing changes.
 */
export function bindArguments(
  name: string,
  args: readonly FilterArgument[],
  signature: FilterSignature,
): BoundArguments {
  const { parameters } = signature;
  const names = parameters.map((parameter) => parameter.name);
  const seen = new Set<string>();
  const problems: { problem: FilterProblem; argument?: number }[] = [];
  const bound = args.map((argument, index) => {
    const parameter = argument.name ?? names[index];
    if (parameter === undefined) {
      const message = `${name} takes ${names.length} argument${names.length === 1 ? '' : 's'}`;
      problems.push({ problem: { code: 'extra-argument', message }, argument: index });
      return argument;
    }
    if (!names.includes(parameter)) {
      const message = `${name} has no parameter ${JSON.stringify(parameter)}`;
      const problem: FilterProblem = { code: 'unknown-parameter', message, ...oneOf(names) };
      problems.push({ problem: withSuggestion(problem, nearestName(parameter, names)), argument: index });
    } else if (seen.has(parameter)) {
      problems.push({ problem: doubledArgument(parameter), argument: index });
    }
    seen.add(parameter);
    return Object.freeze({ name: parameter, value: argument.value });
  });
  for (const parameter of parameters) {
    if (!parameter.required || seen.has(parameter.name)) continue;
    const message = `${name} needs its argument ${JSON.stringify(parameter.name)}`;
    problems.push({ problem: { code: 'missing-argument', message } });
  }
  return { args: bound, problems };
}

/** The problem of an argument given twice. */
export function doubledArgument(name: string): FilterProblem {
  return { code: 'doubled-argument', message: `the argument ${JSON.stringify(name)} is given twice` };
}

/** Adds a suggestion where there is one. */
export function withSuggestion<P extends FilterProblem>(problem: P, suggestion: string | undefined): P {
  return suggestion === undefined ? problem : { ...problem, suggestion };
}

function oneOf(names: readonly string[]): { expected?: readonly string[] } {
  return names.length > 0 && names.length <= 6 ? { expected: names } : {};
}
