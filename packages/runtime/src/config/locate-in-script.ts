import type { ConfigPath } from './config-path.ts';
import { PositionMap } from './positions.ts';

/**
 * Where the keys of a script's default export are written, as far as it is written as a literal.
 *
 * No TypeScript parser runs here: a scanner that knows strings, comments and brackets follows the object from
 * `export default` (through a call such as `defineConfig(…)`, or the constant it names) and stops at whatever is no
 * literal. A path it did not find has the line of the nearest thing around it.
 */
export function locateInScript(text: string): PositionMap {
  const positions = new PositionMap(text);
  const start = findDefaultExport(text);
  if (start !== undefined) new Scanner(text, positions).value(start, []);
  return positions;
}

/** The offset of the `{` of the exported object. */
function findDefaultExport(text: string): number | undefined {
  const match = /\bexport\s+default\s+|\bmodule\.exports\s*=\s*/.exec(text);
  if (match === null) return undefined;
  const from = match.index + match[0].length;
  const rest = text.slice(from);
  const [, named] = /^([A-Za-z_$][\w$]*)\s*(?:;|\n|$|satisfies\b|as\b)/.exec(rest) ?? [];
  if (named !== undefined) {
    const declared = new RegExp(`\\b(?:const|let|var)\\s+${named.replaceAll('$', '\\$')}\\b[^=]*=\\s*`).exec(
      text,
    );
    return declared === null ? undefined : openingBrace(text, declared.index + declared[0].length);
  }
  return openingBrace(text, from);
}

/** The `{` that stands here, or behind the `(` of a call. */
function openingBrace(text: string, from: number): number | undefined {
  const [before] = /^(?:[A-Za-z_$][\w$.]*(?:<[^>()]*>)?\s*\(\s*)?/.exec(text.slice(from)) ?? [''];
  const at = skipSpace(text, from + before.length);
  return text[at] === '{' ? at : undefined;
}

class Scanner {
  readonly #text: string;
  readonly #positions: PositionMap;

  constructor(text: string, positions: PositionMap) {
    this.#text = text;
    this.#positions = positions;
  }

  /** Follows a value and answers the offset behind it. */
  value(from: number, path: ConfigPath, at: number = from): number {
    const open = this.#text[from];
    const isText = open === '"' || open === "'" || open === '`';
    this.#positions.set(path, at, isText ? this.#verbatimText(from) : undefined);
    if (open === '{') return this.#entries(from + 1, path);
    if (open === '[') return this.#items(from + 1, path);
    return this.#skipValue(from);
  }

  #entries(from: number, path: ConfigPath): number {
    let at = skipSpace(this.#text, from);
    while (!this.#isClosed(at)) {
      const key = /^(?:([A-Za-z_$][\w$]*)|"((?:[^"\\\n])*)"|'((?:[^'\\\n])*)')\s*(:|,|(?=\}))/.exec(
        this.#text.slice(at, at + 300),
      );
      const name = key?.[1] ?? key?.[2] ?? key?.[3];
      if (key === null || name === undefined) at = this.#skipValue(at);
      else if (key[4] === ':') {
        at = this.value(skipSpace(this.#text, at + key[0].length), [...path, name], at);
      } else {
        this.#positions.set([...path, name], at);
        at = this.#skipValue(at);
      }
      at = skipSpace(this.#text, this.#text[at] === ',' ? at + 1 : at);
    }
    return this.#skipValue(at + 1);
  }

  #items(from: number, path: ConfigPath): number {
    let at = skipSpace(this.#text, from);
    for (let i = 0; !this.#isClosed(at); i++) {
      // Behind a spread nobody can count.
      if (this.#text.startsWith('...', at)) {
        while (!this.#isClosed(at)) at = this.#skipValue(this.#text[at] === ',' ? at + 1 : at);
        return this.#skipValue(at + 1);
      }
      at = this.value(at, [...path, i]);
      at = skipSpace(this.#text, this.#text[at] === ',' ? at + 1 : at);
    }
    return this.#skipValue(at + 1);
  }

  /** Whether the text or a bracket ends here; a bracket of another kind ends what was misread, too. */
  #isClosed(at: number): boolean {
    return at >= this.#text.length || /[\])}]/.test(this.#text[at] as string);
  }

  /** The offset of the `,` or closing bracket that ends an expression. */
  #skipValue(from: number): number {
    let depth = 0;
    for (let at = from; at < this.#text.length; at++) {
      const here = this.#text[at] as string;
      const behindSpace = here === '/' ? skipSpace(this.#text, at) : at;
      if (behindSpace > at) at = behindSpace - 1;
      else if (here === '"' || here === "'" || here === '`') at = this.#endOfText(at);
      else if (here === '(' || here === '[' || here === '{') depth++;
      else if (here === ')' || here === ']' || here === '}') {
        if (depth === 0) return at;
        depth--;
      } else if (here === ',' && depth === 0) return at;
    }
    return this.#text.length;
  }

  #endOfText(from: number): number {
    const quote = this.#text[from];
    for (let at = from + 1; at < this.#text.length; at++) {
      if (this.#text[at] === '\\') at++;
      else if (this.#text[at] === quote) return at;
    }
    return this.#text.length;
  }

  /** The first character of a text without escapes, which stand for other characters than they are. */
  #verbatimText(from: number): number | undefined {
    const body = this.#text.slice(from + 1, this.#endOfText(from));
    return /[\\]|\$\{/.test(body) ? undefined : from + 1;
  }
}

/** The offset behind space and comments. */
function skipSpace(text: string, from: number): number {
  const space = /(?:\s+|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y;
  space.lastIndex = from;
  space.exec(text);
  return Math.max(from, space.lastIndex);
}
