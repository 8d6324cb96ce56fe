import type { FilterProblem } from './filter-error.ts';

/** A piece of a filter's text; `start` and `end` are UTF-16 offsets. */
export type Token = WordToken | SignToken | BadToken;

/**
 * A name or value. `bare` words may be keywords, numbers, addresses; `quoted` ones are text; `mixed` ones are names
 * only (`label."any thing"`). `text` is what it stands for, quotes and escapes resolved.
 */
export interface WordToken {
  readonly kind: 'word';
  readonly form: 'bare' | 'quoted' | 'mixed';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface SignToken {
  readonly kind: '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~' | '(' | ')' | ',' | 'end';
  readonly start: number;
  readonly end: number;
}

/** Where reading stopped: always the last token. */
export interface BadToken {
  readonly kind: 'bad';
  readonly problem: FilterProblem;
  readonly start: number;
  readonly end: number;
}

const keywords: readonly string[] = ['and', 'or', 'not', 'in', 'has', 'true', 'false'];

/** Whether a bare word is reserved, in any case of letters; a name or text spelt so must be quoted. */
export function isKeyword(word: string): boolean {
  return word.length < 6 && keywords.includes(word.toLowerCase());
}

/** Signs of other languages that people write by habit, and ours. */
const habits: readonly (readonly [string, string])[] = [
  ['&&', 'and'],
  ['||', 'or'],
  ['==', '='],
  ['=~', '~'],
  ['<>', '!='],
  ['=>', '>='],
  ['=<', '<='],
  ['~=', '~'],
  ['&', 'and'],
  ['|', 'or'],
];

/** Cuts a text into tokens. Ends with `end`, or with `bad` where a character or string cannot be read. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at = skipSpace(text, at);
    const token = readToken(text, at);
    tokens.push(token);
    if (token.kind === 'end' || token.kind === 'bad') return tokens;
    at = token.end;
  }
}

function skipSpace(text: string, from: number): number {
  const space = /\s*/y;
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex;
}

function readToken(text: string, start: number): Token {
  if (start >= text.length) return { kind: 'end', start: text.length, end: text.length };
  const habit = habits.find(([sign]) => text.startsWith(sign, start));
  if (habit !== undefined) {
    const [sign, ours] = habit;
    return unexpected(start, start + sign.length, `"${sign}" is no operator here`, ours);
  }
  const sign = /[!<>]=|!~|[=<>~(),]/y;
  sign.lastIndex = start;
  const found = sign.exec(text)?.[0] as SignToken['kind'] | undefined;
  if (found !== undefined) return { kind: found, start, end: start + found.length };
  if (text[start] === '!') return unexpected(start, start + 1, '"!" is no operator here', 'not');
  return readWord(text, start);
}

function unexpected(start: number, end: number, message: string, suggestion?: string): BadToken {
  const problem: FilterProblem = { code: 'unexpected', message };
  return {
    kind: 'bad',
    problem: suggestion === undefined ? problem : { ...problem, suggestion },
    start,
    end,
  };
}

/** A bare run, or a quoted one, or several of both joined where a dot touches a quote. */
function readWord(text: string, start: number): WordToken | BadToken {
  let part = readPart(text, start);
  let word = part;
  while (part.kind === 'word' && word.kind === 'word') {
    const next = text[part.end];
    const joins = part.form === 'quoted' ? next === '.' : text[part.end - 1] === '.' && isQuote(next);
    if (!joins) return word;
    part = readPart(text, part.end);
    if (part.kind === 'word') {
      word = { kind: 'word', form: 'mixed', text: word.text + part.text, start, end: part.end };
    }
  }
  return part;
}

function isQuote(char: string | undefined): boolean {
  return char === '"' || char === "'";
}

function readPart(text: string, start: number): WordToken | BadToken {
  if (text[start] === '"') return readEscaped(text, start);
  if (text[start] === "'") return readRaw(text, start);
  const bare = /\$?[\p{L}\p{N}\p{M}_.\-/:@+%*#]+/uy;
  bare.lastIndex = start;
  const found = bare.exec(text)?.[0];
  if (found !== undefined) {
    return { kind: 'word', form: 'bare', text: found, start, end: start + found.length };
  }
  const char = String.fromCodePoint(text.codePointAt(start) ?? 0);
  return unexpected(start, start + char.length, `unexpected character ${JSON.stringify(char)}`);
}

/** `'…'`: everything up to the next quote, as it stands; made for patterns. */
function readRaw(text: string, start: number): WordToken | BadToken {
  const close = text.indexOf("'", start + 1);
  if (close < 0) return unterminated(text, start);
  return { kind: 'word', form: 'quoted', text: text.slice(start + 1, close), start, end: close + 1 };
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** `"…"` with escapes; an unknown escape is an error, so that `"\d"` is not silently `d`. */
function readEscaped(text: string, start: number): WordToken | BadToken {
  let value = '';
  let at = start + 1;
  for (;;) {
    const plain = /[^"\\]*/y;
    plain.lastIndex = at;
    value += plain.exec(text)?.[0] ?? '';
    at = plain.lastIndex;
    if (at >= text.length) return unterminated(text, start);
    if (text[at] === '"') return { kind: 'word', form: 'quoted', text: value, start, end: at + 1 };
    const escaped = /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(.))/suy;
    escaped.lastIndex = at;
    const found = escaped.exec(text);
    const code = Number.parseInt(found?.[1] ?? found?.[2] ?? '', 16);
    const char = Number.isNaN(code)
      ? simpleEscapes.get(found?.[3] ?? '')
      : code <= 0x10ffff
        ? String.fromCodePoint(code)
        : undefined;
    if (found === null) return unterminated(text, start);
    if (char === undefined) {
      const message = `unknown escape ${found[0]}`;
      const expected = [
        '\\" \\\\ \\n \\r \\t \\u0000 \\u{0}',
        "single quotes, which know no escapes: '\\d+'",
      ];
      return {
        kind: 'bad',
        problem: { code: 'bad-escape', message, expected },
        start: at,
        end: escaped.lastIndex,
      };
    }
    value += char;
    at = escaped.lastIndex;
  }
}

function unterminated(text: string, start: number): BadToken {
  const problem: FilterProblem = {
    code: 'unterminated-string',
    message: 'the string does not end',
    expected: [`a closing ${text[start]}`],
  };
  return { kind: 'bad', problem, start, end: text.length };
}
