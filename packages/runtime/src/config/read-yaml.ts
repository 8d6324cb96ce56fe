import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import type { ConfigPath } from './config-path.ts';
import { PositionMap } from './positions.ts';

/** What is wrong with the text of a file. */
export interface TextFault {
  readonly offset: number;
  readonly message: string;
  readonly kind: 'syntax' | 'not-json';
}

/** A file as data with the place of everything in it. */
export interface ReadText {
  readonly value: unknown;
  readonly positions: PositionMap;
  readonly faults: readonly TextFault[];
}

/** Anchors and aliases can make a small file stand for an endless tree: its parts are counted. */
const MOST_PARTS = 50_000;

/** As much of a doubled key as is told. */
const LONGEST_KEY = 80;

/**
 * Reads YAML 1.2, or JSON, which the same parser understands and gives places to.
 *
 * @param dialect - `json` refuses what only YAML has: words without quotes, block style
 */
export function readYaml(text: string, dialect: 'yaml' | 'json'): ReadText {
  const document = parseDocument(text, {
    lineCounter: new LineCounter(),
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: 'error',
  });
  const reader = new Reader(text, dialect);
  for (const { message, pos } of [...document.errors, ...document.warnings]) {
    reader.fault(pos[0], tidy(message, text.slice(pos[0], pos[0] + LONGEST_KEY)));
  }
  const value = reader.read(document.contents, []);
  return { value, positions: reader.positions, faults: reader.faults };
}

class Reader {
  readonly positions: PositionMap;
  readonly faults: TextFault[] = [];
  readonly #text: string;
  readonly #isJson: boolean;
  readonly #anchors = new Map<string, Node>();
  /** Aliases that are being read: one of them again is a tree without end. */
  readonly #open = new Set<string>();
  #parts = MOST_PARTS;

  constructor(text: string, dialect: 'yaml' | 'json') {
    this.#text = text;
    this.#isJson = dialect === 'json';
    this.positions = new PositionMap(text);
  }

  fault(offset: number, message: string, kind: TextFault['kind'] = 'syntax'): undefined {
    this.faults.push({ offset, message, kind });
  }

  /** @param at - the offset that stands for the path: its key's, else its own */
  read(node: unknown, path: ConfigPath, at?: number): unknown {
    if (this.#parts-- <= 0) {
      if (this.#parts === -1) this.fault(at ?? 0, `more than ${MOST_PARTS} parts, aliases counted anew`);
      return undefined;
    }
    const offset = at ?? offsetOf(node);
    if (isScalar(node)) return this.#readScalar(node, path, offset);
    this.positions.set(path, offset);
    if (isAlias(node)) return this.#readAlias(node.source, path, offset);
    if (isMap(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
      if (this.#isJson && node.flow !== true) this.#notJson(offset, 'an object stands in { }');
      return this.#readEntries(node.items, path);
    }
    if (isSeq(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
      if (this.#isJson && node.flow !== true) this.#notJson(offset, 'a list stands in [ ]');
      return node.items.map((item, i) => this.read(item, [...path, i]));
    }
    return null;
  }

  #readEntries(
    items: readonly { readonly key: unknown; readonly value: unknown }[],
    path: ConfigPath,
  ): unknown {
    const entries: Record<string, unknown> = {};
    for (const { key, value } of items) {
      if (!isScalar(key) || (typeof key.value === 'object' && key.value !== null)) {
        this.fault(offsetOf(key), 'a key must be a text');
        continue;
      }
      const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
      const offset = offsetOf(key);
      if (this.#isJson && key.type !== 'QUOTE_DOUBLE') {
        this.#notJson(
          offset,
          name.startsWith('//') ? 'JSON has no comments' : 'a key stands in double quotes',
        );
        continue;
      }
      if (name === '__proto__') {
        this.fault(offset, 'a key must not be "__proto__"');
        continue;
      }
      entries[name] = this.read(value, [...path, name], offset);
    }
    return entries;
  }

  #readScalar(scalar: Scalar, path: ConfigPath, at: number): unknown {
    if (scalar.anchor !== undefined) this.#anchors.set(scalar.anchor, scalar);
    const { value, source = '', type } = scalar;
    const start = offsetOf(scalar) + (type === 'PLAIN' ? 0 : 1);
    const isVerbatim = typeof value === 'string' && this.#text.startsWith(value, start);
    this.positions.set(path, at, isVerbatim ? start : undefined);
    if (this.#isJson && type !== 'QUOTE_DOUBLE' && !/^(?:true|false|null|-?\d.*)$/.test(source)) {
      this.#notJson(offsetOf(scalar), 'a text stands in double quotes');
    }
    // `0x…` beyond the exact numbers, and dates of other schemas, stay what was written
    return typeof value === 'bigint' || value instanceof Date ? source : value;
  }

  #readAlias(name: string, path: ConfigPath, at: number): unknown {
    const node = this.#anchors.get(name);
    if (this.#isJson) this.#notJson(at, 'JSON has no aliases');
    if (node === undefined) return this.fault(at, `nothing before it is anchored as &${name}`);
    if (this.#open.has(name)) return this.fault(at, `*${name} stands inside what it stands for`);
    this.#open.add(name);
    const value = this.read(node, path, at);
    this.#open.delete(name);
    return value;
  }

  #notJson(offset: number, message: string): void {
    this.fault(offset, message, 'not-json');
  }
}

function offsetOf(node: unknown): number {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return range?.[0] ?? 0;
}

/**
 * A sentence of the parser in our style: no capital, no advice for its callers.
 *
 * @param at - the text from where it points to
 */
function tidy(message: string, at: string): string {
  if (message.startsWith('Source contains multiple documents')) return 'a second document begins here';
  const first = message.charAt(0).toLowerCase() + message.slice(1);
  return first
    .replace(/^map keys must be unique$/, () => `${doubledKey(at)} stands here twice`)
    .replace(/^flow map .*\}$/, 'an object is not closed: expected "}"')
    .replace(/^flow sequence .*\]$/, 'a list is not closed: expected "]"')
    .replace(
      /^block collections are not allowed within flow collections$/,
      'expected "," or the closing bracket',
    );
}

/** The key that a text begins with, in quotes. */
function doubledKey(text: string): string {
  const [, quoted, bare] = /^(?:["']([^"'\n]+)["']|([\w$./@-]+))/.exec(text) ?? [];
  const key = quoted ?? bare;
  return key === undefined ? 'the key' : `the key ${JSON.stringify(key)}`;
}
