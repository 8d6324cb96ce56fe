import { RidgelineError } from '../errors.ts';
import type { FilterDef } from './define-filter.ts';
import type { FilterArg, FilterArgument, FilterValue } from './expression.ts';
import { bindArguments } from './names.ts';

/**
 * The options of a called filter: its arguments as plain values, checked by its schema.
 *
 * @throws RidgelineError `BAD_OPTIONS` that names every fault at once
 */
export function readArguments(def: FilterDef, args: readonly FilterArgument[]): unknown {
  const bound = bindArguments(def.name, args, def);
  const faults = bound.problems.map(({ problem }) => problem.message);
  const values: Record<string, unknown> = {};
  for (const { name, value } of bound.args) if (name !== undefined) values[name] = plainArgument(value);
  if (def.options !== undefined && faults.length === 0) {
    const checked = def.options['~standard'].validate(values);
    if (checked instanceof Promise)
      throw new TypeError(`the options of ${def.name} are checked asynchronously`);
    if (checked.issues === undefined) return checked.value;
    faults.push(
      ...checked.issues.map((issue) => `${(issue.path ?? []).map(pathPart).join('.')}: ${issue.message}`),
    );
  }
  if (faults.length === 0) return values;
  throw new RidgelineError(
    'BAD_OPTIONS',
    `filter ${def.name}: ${faults.join('; ')}`,
    { filter: def.name, faults },
    def.parameters.length === 0
      ? 'it takes no arguments'
      : `it takes ${def.parameters.map((p) => (p.required ? p.name : `${p.name}?`)).join(', ')}`,
  );
}

function pathPart(part: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof part === 'object' ? part.key : part);
}

function plainArgument(arg: FilterArg): unknown {
  if (arg.kind === 'list') return arg.of.map(plainValue);
  return arg.kind === 'boolean' ? arg.value : plainValue(arg);
}

function plainValue(value: FilterValue): string | number {
  switch (value.kind) {
    case 'cidr':
      return `${value.network}/${value.bits}`;
    case 'parameter':
      throw new TypeError(`the parameter $${value.name} is not bound: expand named filters first`);
    default:
      return value.value;
  }
}
