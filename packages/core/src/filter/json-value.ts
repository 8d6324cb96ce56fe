import type { FilterArg, FilterValue } from './expression.ts';
import { isRecord, type JsonContext, type JsonPath, reportAt, reportShape } from './json-context.ts';
import { checkParameter } from './names.ts';
import { readValue } from './value.ts';

/** A literal, and the word it was read from where it was not marked as text. */
export interface JsonLiteral {
  readonly value: FilterValue;
  readonly word?: string;
}

/**
 * Reads a literal. A string is read as a quantity, network or parameter where it looks like one (`"10MB"`,
 * `"10.0.0.0/8"`, `"$name"`), but never as a plain number: JSON has its own. `{ "text": … }` is text always.
 */
export function readLiteral(context: JsonContext, value: unknown, path: JsonPath): JsonLiteral | undefined {
  switch (typeof value) {
    case 'boolean':
      return { value: { kind: 'string', value: String(value) } };
    case 'number':
      if (Number.isFinite(value)) return { value: { kind: 'number', value: value === 0 ? 0 : value } };
      return reportAt(context, path, {
        code: 'bad-number',
        message: `${value} is no number to compare with`,
      });
    case 'string':
      return readWord(context, value, path);
    default:
      if (isRecord(value) && Object.keys(value).length === 1 && typeof value.text === 'string') {
        return { value: { kind: 'string', value: value.text } };
      }
      return reportShape(context, path, value, ['text', 'a number', '{ "text": … }']);
  }
}

/** Reads a list of literals, at least `least` of them. */
export function readLiterals(
  context: JsonContext,
  value: readonly unknown[],
  path: JsonPath,
  least: 0 | 1,
): readonly FilterValue[] | undefined {
  if (value.length < least) return reportShape(context, path, value, ['a list of values']);
  const values: FilterValue[] = [];
  for (const [i, item] of value.entries()) {
    if (context.budget-- <= 0) return undefined;
    const literal = readLiteral(context, item, [...path, i]);
    if (literal !== undefined) values.push(literal.value);
  }
  return values.length === value.length ? values : undefined;
}

/** Reads a call's argument: a literal, a truth value or a list of literals. */
export function readArg(context: JsonContext, value: unknown, path: JsonPath): FilterArg | undefined {
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (!Array.isArray(value)) return readLiteral(context, value, path)?.value;
  const of = readLiterals(context, value, path, 0);
  return of && { kind: 'list', of };
}

function readWord(context: JsonContext, word: string, path: JsonPath): JsonLiteral | undefined {
  const read = readValue(word);
  if (!read.ok) {
    const expected = ['{ "text": … } for the text itself'];
    return reportAt(context, path, { ...read.problem, expected });
  }
  const { value } = read;
  if (value.kind === 'number' && value.dimension === undefined)
    return { value: { kind: 'string', value: word } };
  const problem = value.kind === 'parameter' ? checkParameter(value.name, context.known) : undefined;
  return problem === undefined ? { value, word } : reportAt(context, path, problem);
}
