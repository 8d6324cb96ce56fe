import type { FilterError, FilterProblem } from './filter-error.ts';
import type { KnownNames } from './names.ts';
import type { SignToken, Token } from './tokens.ts';

/** Where a parse stands; made and dropped within one call of `parseFilter`. */
export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  at: number;
  readonly errors: FilterError[];
  readonly known: KnownNames | undefined;
}

/** More would help nobody, and each unknown name costs a search for its nearest. */
const MOST_ERRORS = 50;

const END: SignToken = { kind: 'end', start: 0, end: 0 };

/** The token at hand; the last one (`end` or `bad`) stays. */
export function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.at] ?? cursor.tokens.at(-1) ?? END;
}

/** Steps over the token at hand. */
export function next(cursor: Cursor): void {
  if (cursor.at < cursor.tokens.length - 1) cursor.at++;
}

/** Whether a token is this keyword, in any case of letters. */
export function isWord(token: Token, keyword: string): boolean {
  return token.kind === 'word' && token.form === 'bare' && token.text.toLowerCase() === keyword;
}

/** Steps over a sign, or reports what stands in its place. */
export function expect(cursor: Cursor, kind: SignToken['kind'], expected: readonly string[]): boolean {
  if (peek(cursor).kind === kind) {
    next(cursor);
    return true;
  }
  fail(cursor, expected);
  return false;
}

/** Notes a mistake and lets the parse go on. */
export function report(cursor: Cursor, place: { start: number; end: number }, problem: FilterProblem): void {
  if (cursor.errors.length >= MOST_ERRORS) return;
  cursor.errors.push({ ...problem, offset: place.start, length: place.end - place.start });
}

/** Notes that the token at hand does not belong there, and ends the parse. */
export function fail(cursor: Cursor, expected: readonly string[], suggestion?: string): undefined {
  const token = peek(cursor);
  if (token.kind === 'bad') {
    report(cursor, token, token.problem);
  } else {
    const source = cursor.text.slice(token.start, token.end);
    const message =
      token.kind !== 'end'
        ? `unexpected ${source.length > 40 ? 'text' : JSON.stringify(source)}`
        : cursor.text.trim() === ''
          ? 'the filter is empty'
          : 'the filter ends too early';
    const problem: FilterProblem = { code: 'unexpected', message, expected };
    report(cursor, token, suggestion === undefined ? problem : { ...problem, suggestion });
  }
  return undefined;
}
