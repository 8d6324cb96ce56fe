import { badReport, pointerStep } from './read-error.ts';

/** A value of a document and where it stands: reads it as what it must be, or says what it is instead. */
export class JsonValue {
  readonly value: unknown;
  readonly #within: JsonValue | string;
  readonly #key: string | number | undefined;

  /** @param within - the value it is a member of, or the path of a value that stands alone */
  constructor(value: unknown, within: JsonValue | string = '', key?: string | number) {
    this.value = value;
    this.#within = within;
    this.#key = key;
  }

  /** A JSON pointer; made only when it is asked for, since nearly all values are right. */
  get path(): string {
    const within = typeof this.#within === 'string' ? this.#within : this.#within.path;
    return this.#key === undefined ? within : within + pointerStep(this.#key);
  }

  /** Absent or null, which mean the same everywhere. */
  get isNothing(): boolean {
    return this.value === undefined || this.value === null;
  }

  get(key: string): JsonValue {
    return new JsonValue(this.#record()?.[key], this, key);
  }

  /** The members of a map; none when there is nothing. */
  entries(): readonly (readonly [key: string, value: JsonValue])[] {
    const record = this.#record();
    if (record === undefined) return [];
    return Object.entries(record).map(([key, value]) => [key, new JsonValue(value, this, key)]);
  }

  items(): readonly JsonValue[] {
    if (this.isNothing) return [];
    if (!Array.isArray(this.value)) throw this.wrong('a list');
    return this.value.map((item, i) => new JsonValue(item, this, i));
  }

  text(): string | undefined {
    if (this.isNothing) return undefined;
    if (typeof this.value !== 'string') throw this.wrong('a text');
    return this.value;
  }

  number(): number | undefined {
    if (this.isNothing) return undefined;
    if (typeof this.value !== 'number') throw this.wrong('a number');
    return this.value;
  }

  flag(): boolean | undefined {
    if (this.isNothing) return undefined;
    if (typeof this.value !== 'boolean') throw this.wrong('true or false');
    return this.value;
  }

  /** The texts of a list, ascending and unique. */
  texts(): readonly string[] {
    const texts = new Set(this.items().map((item) => item.text() ?? ''));
    return [...texts].sort();
  }

  wrong(expected: string): Error {
    const { value } = this;
    const got = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
    return badReport(this.path, `expected ${expected}, got ${got}`);
  }

  #record(): Readonly<Record<string, unknown>> | undefined {
    if (this.isNothing) return undefined;
    if (typeof this.value !== 'object' || Array.isArray(this.value)) throw this.wrong('a map');
    return this.value as Readonly<Record<string, unknown>>;
  }
}
