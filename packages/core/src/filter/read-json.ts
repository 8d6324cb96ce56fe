import { type CompareOp, type FilterArgument, type FilterExpr, filterLimits } from './expression.ts';
import type { FilterJsonError } from './filter-error.ts';
import { isRecord, type JsonContext, type JsonPath, reportAt, reportShape } from './json-context.ts';
import { isArgumentKey, operatorKeys, structuralKeys } from './json-form.ts';
import { readArg, readLiteral, readLiterals } from './json-value.ts';
import { checkLimits, tooDeep, tooLong } from './limits.ts';
import { bindCall, checkField, type KnownNames, withSuggestion } from './names.ts';
import { normalize } from './normalize.ts';
import { parseFilter } from './parse.ts';
import { compilePattern } from './regex.ts';
import { nearestName } from './suggest.ts';
import { checkOrder } from './value.ts';

/** A filter, or every mistake found, each with its path. */
export type FilterFromJson =
  | { readonly ok: true; readonly expr: FilterExpr }
  | { readonly ok: false; readonly errors: readonly FilterJsonError[] };

/**
 * Reads a filter's JSON or YAML form: `true`, a text, `{ and: […] }`, `{ or: […] }`, `{ not: … }`, `{ has: field }`,
 * `{ field: value | [values] | { op: value } }`, `{ filter: args }`. Several entries in one object are an `and`.
 *
 * A name with an object of operators below it is a field; with an object of other keys it is a filter and its
 * arguments; with a plain value or a list it is a filter if `known` has a filter and no field of that name.
 *
 * @param value - parsed JSON or YAML, untrusted; cycles and aliases included
 * @returns the normal form, frozen; or all errors, at least one
 */
export function filterFromJson(value: unknown, known?: KnownNames): FilterFromJson {
  const context: JsonContext = { known, errors: [], budget: filterLimits.textLength };
  const expr = readExpr(context, value, [], 0);
  if (context.budget <= 0) reportAt(context, [], tooLong());
  if (context.errors.length > 0 || expr === undefined) return { ok: false, errors: context.errors };
  const normal = normalize(expr);
  const problem = checkLimits(normal);
  return problem === undefined
    ? { ok: true, expr: normal }
    : { ok: false, errors: [{ ...problem, path: [] }] };
}

function readExpr(
  context: JsonContext,
  value: unknown,
  path: JsonPath,
  depth: number,
): FilterExpr | undefined {
  if (context.budget-- <= 0) return undefined;
  if (depth > filterLimits.nesting) return reportAt(context, path, tooDeep());
  if (typeof value === 'boolean') return { kind: 'constant', value };
  if (typeof value === 'string') return readText(context, value, path);
  if (!isRecord(value)) {
    const hint = Array.isArray(value)
      ? ['{ "and": […] }', '{ "or": […] }']
      : ['an object', 'a filter as text'];
    return reportShape(context, path, value, hint);
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return reportShape(context, path, value, ['true for no restriction']);
  const parts = entries.map(([key, part]) => readEntry(context, key, part, [...path, key], depth));
  return allOf(parts);
}

function readText(context: JsonContext, text: string, path: JsonPath): FilterExpr | undefined {
  const parsed = parseFilter(text, context.known);
  if (parsed.ok) return parsed.expr;
  for (const { offset, length, ...problem } of parsed.errors) {
    context.errors.push({ ...problem, path, inText: { text, offset, length } });
  }
  return undefined;
}

function readEntry(
  context: JsonContext,
  key: string,
  value: unknown,
  path: JsonPath,
  depth: number,
): FilterExpr | undefined {
  switch (key) {
    case 'and':
    case 'or': {
      if (!Array.isArray(value)) return reportShape(context, path, value, ['a list of filters']);
      const parts = value.map((part, i) => readExpr(context, part, [...path, i], depth + 1));
      return isComplete(parts) ? { kind: key, of: parts } : undefined;
    }
    case 'not': {
      const of = readExpr(context, value, path, depth + 1);
      return of && { kind: 'not', of };
    }
    case 'has':
      return readHas(context, value, path);
    case '':
      return reportAt(context, path, { code: 'unexpected', message: 'a name is empty' });
    default:
      return readNamed(context, key, value, path);
  }
}

function readHas(context: JsonContext, field: unknown, path: JsonPath): FilterExpr | undefined {
  if (typeof field !== 'string' || field === '') return reportShape(context, path, field, ['a field']);
  const problem = checkField(field, context.known);
  return problem === undefined ? { kind: 'has', field } : reportAt(context, path, problem);
}

/** Operators of other languages that people write by habit, and ours. */
const operatorHabits: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['=>', '>='],
  ['=<', '<='],
  ['<>', '!='],
  ['=~', '~'],
  ['~=', '~'],
  ['matches', '~'],
]);

/** An entry whose key is the name of a field or of a filter. */
function readNamed(
  context: JsonContext,
  name: string,
  value: unknown,
  path: JsonPath,
): FilterExpr | undefined {
  const { known } = context;
  if (isRecord(value)) {
    const keys = Object.keys(value);
    const isCall = keys.every(isArgumentKey) && !(known?.isField(name) && known.filter(name) === undefined);
    return isCall ? readCall(context, name, value, path) : readTests(context, name, value, path);
  }
  const isFilter = known !== undefined && !known.isField(name) && known.filter(name) !== undefined;
  if (isFilter || value === null) return readCall(context, name, value, path);
  if (known !== undefined && !known.isField(name)) return reportUnknown(context, name, path, known);
  if (Array.isArray(value)) {
    const values = readLiterals(context, value, path, 1);
    return values && { kind: 'in', field: name, values };
  }
  const literal = readLiteral(context, value, path);
  return literal && { kind: 'compare', field: name, op: '=', value: literal.value };
}

function reportUnknown(context: JsonContext, name: string, path: JsonPath, known: KnownNames): undefined {
  const message = `unknown field or filter ${JSON.stringify(name)}`;
  const nearest = nearestName(name, [...known.fields(), ...known.filters(), ...structuralKeys]);
  return reportAt(context, path, withSuggestion({ code: 'unknown-field', message }, nearest));
}

function readTests(
  context: JsonContext,
  field: string,
  tests: Readonly<Record<string, unknown>>,
  path: JsonPath,
): FilterExpr | undefined {
  const problem = checkField(field, context.known);
  if (problem !== undefined) reportAt(context, path, problem);
  const keys = Object.keys(tests);
  if (keys.length === 0) return reportShape(context, path, tests, ['a value', 'an operator']);
  return allOf(keys.map((op) => readTest(context, field, op, tests[op], [...path, op])));
}

function readTest(
  context: JsonContext,
  field: string,
  op: string,
  value: unknown,
  path: JsonPath,
): FilterExpr | undefined {
  switch (op) {
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return readComparison(context, field, op, value, path);
    case '~':
    case 'regex':
    case '!~': {
      if (typeof value !== 'string') return reportShape(context, path, value, ['a pattern']);
      const compiled = compilePattern(value);
      if (compiled.ok) return { kind: 'match', field, pattern: value, negated: op === '!~' };
      const { offset, length, message } = compiled;
      const place =
        offset === undefined || length === undefined ? {} : { inText: { text: value, offset, length } };
      context.errors.push({ code: 'bad-pattern', message, path, ...place });
      return undefined;
    }
    case 'in': {
      // a single value may be a parameter that will be bound to a list
      const values = readLiterals(context, Array.isArray(value) ? value : [value], path, 1);
      return values && { kind: 'in', field, values };
    }
    default: {
      const message = `unknown operator ${JSON.stringify(op)}`;
      const suggestion = operatorHabits.get(op);
      return reportAt(
        context,
        path,
        withSuggestion({ code: 'unexpected', message, expected: operatorKeys }, suggestion),
      );
    }
  }
}

function readComparison(
  context: JsonContext,
  field: string,
  op: CompareOp,
  value: unknown,
  path: JsonPath,
): FilterExpr | undefined {
  const literal = readLiteral(context, value, path);
  if (literal === undefined) return undefined;
  const problem = checkOrder(op, literal.value, literal.word);
  if (problem !== undefined) return reportAt(context, path, problem);
  return { kind: 'compare', field, op, value: literal.value };
}

/** `null` and `true`: no arguments; a list: positional ones; an object: named ones; else one positional. */
function readCall(
  context: JsonContext,
  name: string,
  value: unknown,
  path: JsonPath,
): FilterExpr | undefined {
  const given: readonly (readonly [string | number | undefined, unknown])[] =
    value === null || value === true
      ? []
      : Array.isArray(value)
        ? value.map((item: unknown, i) => [i, item])
        : isRecord(value)
          ? Object.entries(value)
          : [[undefined, value]];
  const pathOf = (step: string | number | undefined): JsonPath =>
    step === undefined ? path : [...path, step];
  const args: (FilterArgument | undefined)[] = given.map(([step, item]) => {
    const arg = readArg(context, item, pathOf(step));
    return arg && (typeof step === 'string' ? { name: step, value: arg } : { value: arg });
  });
  if (!isComplete(args)) return undefined;
  const bound = bindCall(name, args, context.known);
  for (const { problem, argument } of bound.problems) {
    reportAt(context, argument === undefined ? path : pathOf(given[argument]?.[0]), problem);
  }
  return { kind: 'call', name, args: bound.args };
}

function allOf(parts: readonly (FilterExpr | undefined)[]): FilterExpr | undefined {
  return isComplete(parts) ? { kind: 'and', of: parts } : undefined;
}

function isComplete<T>(parts: readonly (T | undefined)[]): parts is readonly T[] {
  return !parts.includes(undefined);
}
