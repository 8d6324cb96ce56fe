import type { FilterArg, FilterArgument } from './expression.ts';
import { bindCall } from './names.ts';
import { type Cursor, expect, fail, isWord, next, peek, report } from './parse-cursor.ts';
import { parseListRest, parseValue } from './parse-value.ts';
import type { WordToken } from './tokens.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Reads the arguments of a call, if there are parentheses, and binds them to the filter's parameters. */
export function parseArguments(cursor: Cursor, name: WordToken): readonly FilterArgument[] | undefined {
  const args: FilterArgument[] = [];
  const places: Place[] = [];
  if (peek(cursor).kind === '(') {
    next(cursor);
    if (peek(cursor).kind === ')') next(cursor);
    else if (!parseArgumentList(cursor, args, places)) return undefined;
  }
  const bound = bindCall(name.text, args, cursor.known);
  for (const { problem, argument } of bound.problems) {
    report(cursor, (argument === undefined ? undefined : places[argument]) ?? name, problem);
  }
  return bound.args;
}

function parseArgumentList(cursor: Cursor, args: FilterArgument[], places: Place[]): boolean {
  for (;;) {
    const { start } = peek(cursor);
    const argument = parseArgument(cursor, args.at(-1)?.name !== undefined);
    if (argument === undefined) return false;
    args.push(argument);
    places.push({ start, end: cursor.tokens[cursor.at - 1]?.end ?? start });
    if (peek(cursor).kind !== ',') return expect(cursor, ')', ['","', '")"']);
    next(cursor);
  }
}

function parseArgument(cursor: Cursor, afterNamed: boolean): FilterArgument | undefined {
  const token = peek(cursor);
  const isNamed = token.kind === 'word' && cursor.tokens[cursor.at + 1]?.kind === '=';
  if (!isNamed) {
    if (afterNamed && token.kind === 'word')
      return fail(cursor, ['a name and "=": named arguments come last']);
    const value = parseArg(cursor);
    return value && { value };
  }
  if (token.text === '' || (token.form === 'bare' && token.text.startsWith('$'))) {
    return fail(cursor, ['the name of an argument']);
  }
  next(cursor);
  next(cursor);
  const value = parseArg(cursor);
  return value && { name: token.text, value };
}

function parseArg(cursor: Cursor): FilterArg | undefined {
  const token = peek(cursor);
  if (isWord(token, 'true') || isWord(token, 'false')) {
    next(cursor);
    return { kind: 'boolean', value: isWord(token, 'true') };
  }
  if (token.kind !== '(') return parseValue(cursor);
  next(cursor);
  if (peek(cursor).kind === ')') {
    next(cursor);
    return { kind: 'list', of: [] };
  }
  const of = parseListRest(cursor);
  return of && { kind: 'list', of };
}
