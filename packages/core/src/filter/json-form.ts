import { printCidr } from './cidr.ts';
import type { FilterArg, FilterCall, FilterExpr, FilterValue } from './expression.ts';
import { printFilter, printValue } from './print.ts';
import { misspeltUnit, readValue } from './value.ts';

/**
 * A filter as JSON or YAML: a truth value, a text of the filter language, or an object. An object with several
 * entries is their `and`.
 */
export type FilterJson = boolean | string | { readonly [key: string]: unknown };

/** A literal that must not be read as a quantity, network or parameter: `{ "text": "10MB" }`. */
export interface TextJson {
  readonly text: string;
}

/** Keys that are no names of fields or filters. */
export const structuralKeys: readonly string[] = ['and', 'or', 'not', 'has'];

/** Keys of a field's tests. */
export const operatorKeys: readonly string[] = ['=', '!=', '<', '<=', '>', '>=', '~', '!~', 'in', 'regex'];

/** Whether a key can only be the name of an argument, never an operator. */
export function isArgumentKey(key: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(key) && !operatorKeys.includes(key);
}

/**
 * A filter's JSON form, readable without knowing any names. What the object form could not say unambiguously (a field
 * named `and`, positional arguments) stands as text.
 *
 * Law (D11): `filterFromJson(filterToJson(e))` gives `normalize(e)`, within `filterLimits`.
 */
export function filterToJson(expr: FilterExpr): FilterJson {
  switch (expr.kind) {
    case 'constant':
      return expr.value;
    case 'and':
    case 'or':
      return { [expr.kind]: expr.of.map(filterToJson) };
    case 'not':
      return { not: filterToJson(expr.of) };
    case 'has':
      return { has: expr.field };
    case 'call':
      return callToJson(expr);
    case 'compare': {
      if (structuralKeys.includes(expr.field)) return printFilter(expr);
      const value = valueToJson(expr.value);
      return { [expr.field]: expr.op === '=' && typeof value !== 'object' ? value : { [expr.op]: value } };
    }
    case 'match':
      if (structuralKeys.includes(expr.field)) return printFilter(expr);
      return { [expr.field]: { [expr.negated ? '!~' : '~']: expr.pattern } };
    case 'in':
      if (structuralKeys.includes(expr.field) || expr.values.length === 0) return printFilter(expr);
      return { [expr.field]: expr.values.map(valueToJson) };
  }
}

function callToJson(expr: FilterCall): FilterJson {
  const entries: [string, unknown][] = [];
  for (const { name, value } of expr.args) {
    if (name === undefined || !isArgumentKey(name)) return printFilter(expr);
    entries.push([name, argToJson(value)]);
  }
  return structuralKeys.includes(expr.name)
    ? printFilter(expr)
    : { [expr.name]: Object.fromEntries(entries) };
}

function argToJson(arg: FilterArg): unknown {
  if (arg.kind === 'boolean') return arg.value;
  return arg.kind === 'list' ? arg.of.map(valueToJson) : valueToJson(arg);
}

function valueToJson(value: FilterValue): string | number | TextJson {
  switch (value.kind) {
    case 'string':
      return isPlainText(value.value) ? value.value : { text: value.value };
    case 'number':
      return value.dimension === undefined ? value.value : printValue(value);
    case 'cidr':
      return printCidr(value);
    case 'parameter':
      return `$${value.name}`;
  }
}

/** Whether a JSON string stands for itself; a plain number in quotes does, a misspelt unit (`10mb`) is refused. */
function isPlainText(text: string): boolean {
  const read = readValue(text);
  if (!read.ok || misspeltUnit(text) !== undefined) return false;
  const { value } = read;
  return value.kind === 'string' || (value.kind === 'number' && value.dimension === undefined);
}
