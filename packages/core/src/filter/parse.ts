import { type CompareOp, type FilterExpr, type FilterValue, filterLimits } from './expression.ts';
import type { FilterError, FilterProblem } from './filter-error.ts';
import { checkLimits, tooDeep, tooLong } from './limits.ts';
import { checkField, type KnownNames } from './names.ts';
import { normalize } from './normalize.ts';
import { parseArguments } from './parse-arguments.ts';
import { type Cursor, expect, fail, isWord, next, peek, report } from './parse-cursor.ts';
import { parseList, parseValue } from './parse-value.ts';
import { compilePattern } from './regex.ts';
import { isKeyword, tokenize, type WordToken } from './tokens.ts';
import { checkOrder } from './value.ts';

/** A filter, or every mistake found: all unknown names and refused patterns up to the first fault of grammar. */
export type FilterParse =
  | { readonly ok: true; readonly expr: FilterExpr }
  | { readonly ok: false; readonly errors: readonly FilterError[] };

/**
 * Reads a filter's text (grammar: docs/filter-language.md).
 *
 * @param text - up to `filterLimits.textLength` UTF-16 units
 * @param known - fields, filters and parameters that exist; without it any name is taken, and positional arguments
 *   stay positional
 * @returns the normal form, frozen; or errors in the order of the text, at least one
 * @throws never, for any text; takes time about linear in its length
 *
 * @example parseFilter('label.team = payments and not docker.state = exited')
 */
export function parseFilter(text: string, known?: KnownNames): FilterParse {
  if (text.length > filterLimits.textLength) {
    return { ok: false, errors: [{ ...tooLong(), offset: filterLimits.textLength, length: 0 }] };
  }
  const cursor: Cursor = { text, tokens: tokenize(text), at: 0, errors: [], known };
  const expr = parseWhole(cursor);
  if (cursor.errors.length > 0 || expr === undefined) return { ok: false, errors: cursor.errors };
  const normal = normalize(expr);
  const problem = checkLimits(normal);
  if (problem !== undefined) return { ok: false, errors: [{ ...problem, offset: 0, length: text.length }] };
  return { ok: true, expr: normal };
}

const TEST_START = ['a field', 'a filter', '"not"', '"("'];

function parseWhole(cursor: Cursor): FilterExpr | undefined {
  const expr = parseOr(cursor, 0);
  if (expr === undefined) return undefined;
  return peek(cursor).kind === 'end' ? expr : fail(cursor, ['"and"', '"or"', 'the end']);
}

function parseOr(cursor: Cursor, depth: number): FilterExpr | undefined {
  return parseChain(cursor, 'or', () => parseChain(cursor, 'and', () => parseFactor(cursor, depth)));
}

function parseChain(
  cursor: Cursor,
  kind: 'and' | 'or',
  parsePart: () => FilterExpr | undefined,
): FilterExpr | undefined {
  const parts: FilterExpr[] = [];
  do {
    const part = parsePart();
    if (part === undefined) return undefined;
    parts.push(part);
  } while (takeKeyword(cursor, kind));
  const [only, second] = parts;
  return second === undefined ? only : { kind, of: parts };
}

function parseFactor(cursor: Cursor, depth: number): FilterExpr | undefined {
  const token = peek(cursor);
  if (depth > filterLimits.nesting) {
    report(cursor, token, tooDeep());
    return undefined;
  }
  if (takeKeyword(cursor, 'not')) {
    const of = parseFactor(cursor, depth + 1);
    return of && { kind: 'not', of };
  }
  if (token.kind !== '(') return parseTest(cursor);
  next(cursor);
  const inner = parseOr(cursor, depth + 1);
  return inner && expect(cursor, ')', ['"and"', '"or"', '")"']) ? inner : undefined;
}

function parseTest(cursor: Cursor): FilterExpr | undefined {
  const token = peek(cursor);
  if (token.kind !== 'word') return fail(cursor, TEST_START);
  const keyword = keywordOf(token);
  if (keyword === 'true' || keyword === 'false') {
    next(cursor);
    return { kind: 'constant', value: keyword === 'true' };
  }
  if (keyword === 'has') return parseHas(cursor);
  if (!isName(cursor, token, TEST_START)) return undefined;
  next(cursor);
  const after = peek(cursor);
  switch (after.kind) {
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      next(cursor);
      return parseComparison(cursor, token, after.kind);
    case '~':
    case '!~':
      next(cursor);
      return parseMatch(cursor, token, after.kind === '!~');
    case 'word':
      if (takeKeyword(cursor, 'in')) return parseIn(cursor, token);
      if (keywordOf(after) === undefined || keywordOf(after) === 'not') return failOperator(cursor, after);
      return parseCall(cursor, token);
    default:
      return parseCall(cursor, token);
  }
}

function parseHas(cursor: Cursor): FilterExpr | undefined {
  next(cursor);
  if (!expect(cursor, '(', ['"(" and a field after "has"'])) return undefined;
  const token = peek(cursor);
  if (token.kind !== 'word') return fail(cursor, ['a field']);
  if (!isName(cursor, token, ['a field'])) return undefined;
  next(cursor);
  checkFieldToken(cursor, token);
  return expect(cursor, ')', ['")"']) ? { kind: 'has', field: token.text } : undefined;
}

function parseComparison(cursor: Cursor, field: WordToken, op: CompareOp): FilterExpr | undefined {
  checkFieldToken(cursor, field);
  const token = peek(cursor);
  const value: FilterValue | undefined = parseValue(cursor);
  if (value === undefined || token.kind !== 'word') return undefined;
  const problem = checkOrder(op, value, token.form === 'bare' ? token.text : undefined);
  if (problem !== undefined) report(cursor, token, problem);
  return { kind: 'compare', field: field.text, op, value };
}

function parseIn(cursor: Cursor, field: WordToken): FilterExpr | undefined {
  checkFieldToken(cursor, field);
  const values = parseList(cursor);
  if (values === undefined) return undefined;
  return { kind: 'in', field: field.text, values };
}

function parseMatch(cursor: Cursor, field: WordToken, negated: boolean): FilterExpr | undefined {
  checkFieldToken(cursor, field);
  const token = peek(cursor);
  if (token.kind !== 'word' || token.form === 'mixed') return fail(cursor, ['a pattern in quotes']);
  next(cursor);
  const pattern = token.text;
  if (token.form === 'bare' && pattern.startsWith('$')) {
    const message = 'a pattern cannot be a parameter: patterns are checked where they are written';
    report(cursor, token, { code: 'bad-pattern', message });
  } else {
    checkPattern(cursor, token);
  }
  return { kind: 'match', field: field.text, pattern, negated };
}

function checkPattern(cursor: Cursor, token: WordToken): void {
  const compiled = compilePattern(token.text);
  if (compiled.ok) return;
  const problem: FilterProblem = { code: 'bad-pattern', message: compiled.message };
  const start = token.start + (token.form === 'quoted' ? 1 : 0);
  // escapes shift the text against the pattern: then the whole string is marked
  const isVerbatim = cursor.text.startsWith(token.text, start);
  const { offset, length } = compiled;
  const at = isVerbatim && offset !== undefined && length !== undefined;
  report(cursor, at ? { start: start + offset, end: start + offset + length } : token, problem);
}

function parseCall(cursor: Cursor, name: WordToken): FilterExpr | undefined {
  const args = parseArguments(cursor, name);
  return args && { kind: 'call', name: name.text, args };
}

function checkFieldToken(cursor: Cursor, token: WordToken): void {
  const problem = checkField(token.text, cursor.known);
  if (problem !== undefined) report(cursor, token, problem);
}

/** Refuses what cannot name anything: a keyword, a `$parameter`, an empty string. */
function isName(cursor: Cursor, token: WordToken, expected: readonly string[]): boolean {
  if (keywordOf(token) !== undefined || (token.form === 'bare' && token.text.startsWith('$'))) {
    fail(cursor, expected);
    return false;
  }
  if (token.text !== '') return true;
  report(cursor, token, { code: 'unexpected', message: 'a name is empty', expected });
  return false;
}

/** Words that people write where an operator belongs. */
const operatorHabits: ReadonlyMap<string, string> = new Map([
  ['is', '='],
  ['equals', '='],
  ['contains', '~'],
  ['matches', '~'],
  ['like', '~'],
  ['not', 'not … in (…)'],
]);

function failOperator(cursor: Cursor, token: WordToken): undefined {
  const suggestion = operatorHabits.get(token.text.toLowerCase());
  return fail(cursor, ['an operator (= != < <= > >= ~ !~ in)', '"and"', '"or"'], suggestion);
}

function keywordOf(token: WordToken): string | undefined {
  return token.form === 'bare' && isKeyword(token.text) ? token.text.toLowerCase() : undefined;
}

function takeKeyword(cursor: Cursor, keyword: string): boolean {
  if (!isWord(peek(cursor), keyword)) return false;
  next(cursor);
  return true;
}
