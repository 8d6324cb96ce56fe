import type { Millis } from '../ids/instant.ts';

/** What the values of an attribute are, which decides how they compare, sort and print. */
export type AttributeType = 'string' | 'number' | 'boolean' | 'ip' | 'datetime' | 'duration';

/** Where a node keeps an attribute: one latest value, or a set of values. */
export type AttributePlace = 'latest' | 'sets';

/**
 * A typed key, declared once and shared by the source that writes it and the renderers that read it.
 *
 * `key` is its name in reports, `field` its name in the filter language.
 */
export interface Attribute<T> {
  readonly key: string;
  readonly field: string;
  readonly type: AttributeType;
  readonly place: AttributePlace;
  /** The value of a text from a report, or `undefined` when the text is none of this type. */
  decode(text: string): T | undefined;
  encode(value: T): string;
}

interface AttributeNames {
  readonly key: string;
  /** Defaults to the key. */
  readonly field?: string;
}

function attribute<T>(
  names: AttributeNames,
  type: AttributeType,
  place: AttributePlace,
  decode: (text: string) => T | undefined,
  encode: (value: T) => string,
): Attribute<T> {
  return Object.freeze({ key: names.key, field: names.field ?? names.key, type, place, decode, encode });
}

const same = (text: string): string => text;

/** A text, kept as it is. */
export function textAttribute(key: string, field?: string): Attribute<string> {
  return attribute({ key, ...(field === undefined ? {} : { field }) }, 'string', 'latest', same, same);
}

/** A decimal number. */
export function numberAttribute(key: string, field?: string): Attribute<number> {
  return attribute(
    { key, ...(field === undefined ? {} : { field }) },
    'number',
    'latest',
    decodeNumber,
    (value) => String(value),
  );
}

/** `true` or `false`. */
export function booleanAttribute(key: string, field?: string): Attribute<boolean> {
  return attribute(
    { key, ...(field === undefined ? {} : { field }) },
    'boolean',
    'latest',
    (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
    String,
  );
}

/** A network address in its usual text form. */
export function addressAttribute(key: string, field?: string): Attribute<string> {
  return attribute({ key, ...(field === undefined ? {} : { field }) }, 'ip', 'latest', same, same);
}

/** An instant in RFC 3339 form. */
export function datetimeAttribute(key: string, field?: string): Attribute<Millis> {
  return attribute(
    { key, ...(field === undefined ? {} : { field }) },
    'datetime',
    'latest',
    (text) => {
      const millis = Date.parse(text);
      return Number.isNaN(millis) ? undefined : millis;
    },
    (value) => new Date(value).toISOString(),
  );
}

/** A duration, kept in whole seconds as Scope does. */
export function durationAttribute(key: string, field?: string): Attribute<number> {
  return attribute(
    { key, ...(field === undefined ? {} : { field }) },
    'duration',
    'latest',
    decodeNumber,
    (value) => String(Math.trunc(value)),
  );
}

/** A set of texts. */
export function setAttribute(key: string, field?: string, type: AttributeType = 'string'): Attribute<string> {
  return attribute({ key, ...(field === undefined ? {} : { field }) }, type, 'sets', same, same);
}

function decodeNumber(text: string): number | undefined {
  if (text === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}
