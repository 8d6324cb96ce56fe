import { type ConfigPath, pathKey } from './config-path.ts';

/** A place in a text: both from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where things stand in a file. */
export interface Positions {
  /**
   * Where a path is written: its key in an object, its value in a list; for what is not there, the nearest thing
   * around it.
   *
   * @param inText - an offset into the text that stands at the path
   */
  find(path: ConfigPath, inText?: number): Position | undefined;
}

/** Of a file of which nothing is known. */
export const noPositions: Positions = Object.freeze({ find: () => undefined });

interface Entry {
  /** The offset of the key, or of an item of a list. */
  readonly at: number;
  /** The offset of a text's first character, if its characters stand in the file one by one. */
  readonly text: number | undefined;
}

/** Positions by path, gathered while a file is read. */
export class PositionMap implements Positions {
  readonly #lineStarts: readonly number[];
  readonly #entries = new Map<string, Entry>();

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  /** @param text - where the characters of a text begin; left out when they are escaped or folded */
  set(path: ConfigPath, at: number, text?: number): void {
    this.#entries.set(pathKey(path), { at, text });
  }

  has(path: ConfigPath): boolean {
    return this.#entries.has(pathKey(path));
  }

  find(path: ConfigPath, inText?: number): Position | undefined {
    for (let length = path.length; length >= 0; length--) {
      const entry = this.#entries.get(pathKey(path.slice(0, length)));
      if (entry === undefined) continue;
      const isExact = length === path.length && inText !== undefined && entry.text !== undefined;
      return this.at(isExact ? (entry.text as number) + (inText as number) : entry.at);
    }
    return undefined;
  }

  /** The line and column of an offset. */
  at(offset: number): Position {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] as number) + 1 };
  }
}
