import type { FilterValue } from './expression.ts';
import { checkParameter } from './names.ts';
import { type Cursor, expect, fail, isWord, next, peek, report } from './parse-cursor.ts';
import { isKeyword } from './tokens.ts';
import { readValue } from './value.ts';

const VALUE = ['a value (text with spaces or signs goes in quotes)'];

/** Reads one literal; reports and returns `undefined` where there is none. */
export function parseValue(cursor: Cursor): FilterValue | undefined {
  const token = peek(cursor);
  if (token.kind !== 'word') return fail(cursor, VALUE);
  if (token.form === 'mixed') return fail(cursor, ['a value that is quoted as a whole']);
  if (token.form === 'quoted') {
    next(cursor);
    return { kind: 'string', value: token.text };
  }
  // `true` and `false` are plain text here; the other keywords are more likely a forgotten value
  if (isKeyword(token.text) && !isWord(token, 'true') && !isWord(token, 'false')) {
    return fail(cursor, ['a value'], `"${token.text}" in quotes`);
  }
  next(cursor);
  const read = readValue(token.text);
  if (!read.ok) {
    report(cursor, token, read.problem);
    return { kind: 'string', value: token.text };
  }
  const problem = read.value.kind === 'parameter' ? checkParameter(read.value.name, cursor.known) : undefined;
  if (problem !== undefined) report(cursor, token, problem);
  return read.value;
}

/** Reads `(value, …)` with at least one value. */
export function parseList(cursor: Cursor): readonly FilterValue[] | undefined {
  return expect(cursor, '(', ['"(" and a list of values']) ? parseListRest(cursor) : undefined;
}

/** Reads what follows the `(` of a list. */
export function parseListRest(cursor: Cursor): readonly FilterValue[] | undefined {
  const values: FilterValue[] = [];
  for (;;) {
    const value = parseValue(cursor);
    if (value === undefined) return undefined;
    values.push(value);
    if (peek(cursor).kind !== ',') break;
    next(cursor);
  }
  return expect(cursor, ')', ['","', '")"']) ? values : undefined;
}
