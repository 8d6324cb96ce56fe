import { parseCidr } from './cidr.ts';
import type {
  BooleanArg,
  CompareOp,
  Dimension,
  FilterArg,
  FilterArgument,
  FilterExpr,
  FilterValue,
  ListArg,
} from './expression.ts';
import { compilePattern } from './regex.ts';
import { checkOrder, isParameterName } from './value.ts';

/** What TypeScript code may give for a literal: text, a number, or one made by `bytes`, `cidr`, … */
export type ValueInput = string | number | FilterValue;

/** What TypeScript code may give for an argument. */
export type ArgInput = ValueInput | boolean | BooleanArg | ListArg | readonly ValueInput[];

/** True everywhere: no restriction. */
export const always: FilterExpr = Object.freeze({ kind: 'constant', value: true });

/** True nowhere. */
export const never: FilterExpr = Object.freeze({ kind: 'constant', value: false });

/** All of them; of none: `always`. */
export function and(...of: readonly FilterExpr[]): FilterExpr {
  return Object.freeze({ kind: 'and', of: Object.freeze([...of]) });
}

/** Any of them; of none: `never`. */
export function or(...of: readonly FilterExpr[]): FilterExpr {
  return Object.freeze({ kind: 'or', of: Object.freeze([...of]) });
}

/** The opposite; true where a tested field is missing. */
export function not(of: FilterExpr): FilterExpr {
  return Object.freeze({ kind: 'not', of });
}

/**
 * One test of one field, the TypeScript form of `field op value`.
 *
 * @example test('docker.state', '=', 'running'), test('metric.memory', '>', bytes(10 * 1024 ** 2))
 * @throws TypeError for an empty field, a number that is not finite, a network compared by order, a refused pattern
 */
export function test(field: string, op: CompareOp, value: ValueInput): FilterExpr;
export function test(field: string, op: '~' | '!~', pattern: string): FilterExpr;
export function test(field: string, op: CompareOp | '~' | '!~', value: ValueInput): FilterExpr {
  requireName('field', field);
  if (op === '~' || op === '!~') return match(field, value, op === '!~');
  const literal = toValue(value);
  const problem = checkOrder(op, literal);
  if (problem !== undefined) throw new TypeError(`${field} ${op} …: ${problem.message}`);
  return Object.freeze({ kind: 'compare', field, op, value: literal });
}

/** Some value of the field equals, or lies inside, some of the given ones; of none: nowhere true. */
export function oneOf(field: string, values: readonly ValueInput[]): FilterExpr {
  requireName('field', field);
  return Object.freeze({ kind: 'in', field, values: Object.freeze(values.map(toValue)) });
}

/** The field is present. */
export function has(field: string): FilterExpr {
  requireName('field', field);
  return Object.freeze({ kind: 'has', field });
}

/**
 * A registered or configured filter, with positional arguments (an array) or named ones (an object).
 *
 * @example call('team', { name: 'payments' }), call('team', ['payments']), call('system')
 */
export function call(
  name: string,
  args: readonly ArgInput[] | Readonly<Record<string, ArgInput>> = [],
): FilterExpr {
  requireName('filter', name);
  const list: FilterArgument[] = isArray(args)
    ? args.map((value) => Object.freeze({ value: toArg(value) }))
    : Object.entries(args).map(([key, value]) => Object.freeze({ name: key, value: toArg(value) }));
  for (const argument of list) {
    if (argument.name !== undefined) requireName('parameter', argument.name);
  }
  return Object.freeze({ kind: 'call', name, args: Object.freeze(list) });
}

/** A number of bytes, spelt with the largest exact unit. */
export function bytes(value: number): FilterValue {
  return quantity(value, 'bytes');
}

/** A duration in milliseconds, spelt with the largest exact unit. */
export function millis(value: number): FilterValue {
  return quantity(value, 'duration');
}

/** Percent points: 50 is `50%`. */
export function percent(value: number): FilterValue {
  return quantity(value, 'percent');
}

/** An address or network. Throws TypeError for a text that is neither. */
export function cidr(text: string): FilterValue {
  const value = parseCidr(text);
  if (value === undefined) throw new TypeError(`"${text}" is no address and no network`);
  return value;
}

/** A named filter's parameter, inside its definition. */
export function parameter(name: string): FilterValue {
  if (!isParameterName(name)) throw new TypeError(`${JSON.stringify(name)} is no name for a parameter`);
  return Object.freeze({ kind: 'parameter', name });
}

function match(field: string, pattern: ValueInput, negated: boolean): FilterExpr {
  if (typeof pattern !== 'string') throw new TypeError(`${field} ~ …: a pattern is a string`);
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new TypeError(`${field} ~ ${JSON.stringify(pattern)}: ${compiled.message}`);
  return Object.freeze({ kind: 'match', field, pattern, negated });
}

function toArg(input: ArgInput): FilterArg {
  if (typeof input === 'boolean') return Object.freeze({ kind: 'boolean', value: input });
  if (isArray(input)) return Object.freeze({ kind: 'list', of: Object.freeze(input.map(toValue)) });
  return typeof input === 'object' && (input.kind === 'boolean' || input.kind === 'list')
    ? input
    : toValue(input);
}

function toValue(input: ValueInput): FilterValue {
  if (typeof input === 'string') return Object.freeze({ kind: 'string', value: input });
  return typeof input === 'number' ? quantity(input, undefined) : input;
}

function quantity(value: number, dimension: Dimension | undefined): FilterValue {
  if (!Number.isFinite(value)) throw new TypeError(`a filter compares with finite numbers, not ${value}`);
  // -0 and 0 are one number: one spelling, one normal form
  const base = value === 0 ? 0 : value;
  return Object.freeze(
    dimension === undefined ? { kind: 'number', value: base } : { kind: 'number', value: base, dimension },
  );
}

function requireName(what: string, name: string): void {
  if (name === '') throw new TypeError(`the name of a ${what} is empty`);
}

/** `Array.isArray` that also narrows readonly arrays. */
function isArray<T>(value: unknown): value is readonly T[] {
  return Array.isArray(value);
}
