import { parseCidr } from './cidr.ts';
import type { CompareOp, Dimension, FilterValue } from './expression.ts';
import type { FilterProblem } from './filter-error.ts';
import { nearestName } from './suggest.ts';

/**
 * How words become values. A word is a `$parameter`, else a number, else a number with a unit, else an address or
 * network, else text. Text that looks like one of the others must be quoted.
 */
const units: readonly { readonly name: string; readonly dimension: Dimension; readonly factor: number }[] = [
  { name: 'GB', dimension: 'bytes', factor: 1024 ** 3 },
  { name: 'MB', dimension: 'bytes', factor: 1024 ** 2 },
  { name: 'KB', dimension: 'bytes', factor: 1024 },
  { name: 'B', dimension: 'bytes', factor: 1 },
  { name: 'd', dimension: 'duration', factor: 86_400_000 },
  { name: 'h', dimension: 'duration', factor: 3_600_000 },
  { name: 'm', dimension: 'duration', factor: 60_000 },
  { name: 's', dimension: 'duration', factor: 1000 },
  { name: 'ms', dimension: 'duration', factor: 1 },
  { name: '%', dimension: 'percent', factor: 1 },
];

/** Names of all units, for messages. */
export const unitNames: readonly string[] = units.map((unit) => unit.name);

/** A value, or why the word can be none. */
export type ReadValue =
  | { readonly ok: true; readonly value: FilterValue }
  | { readonly ok: false; readonly problem: FilterProblem };

/**
 * The number a text stands for, `undefined` if the language would not read it as one: decimal, no leading zeros, an
 * exponent only with its sign (so that the hex id `12e4` is text), at most 15 digits before the point (a longer one
 * would lose digits, so it is an id, not a quantity). Attribute texts are read by the same rule.
 */
export function parseNumber(text: string): number | undefined {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]\d+)?$/.test(text)) return undefined;
  if (/^-?\d{16}/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** Spells a number so that `parseNumber` gives it back exactly. */
function printNumber(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 1e15 ? value.toExponential() : String(value);
}

/** Reads a bareword as a value. */
export function readValue(word: string): ReadValue {
  if (word.startsWith('$')) {
    const name = word.slice(1);
    if (isParameterName(name)) return given({ kind: 'parameter', name });
    return refused(
      'unknown-parameter',
      `"${word}" is no parameter: a name of letters, digits, "_" and "-" follows "$"`,
    );
  }
  if (/^-?\d/.test(word)) {
    const plain = parseNumber(word);
    if (plain !== undefined) return given({ kind: 'number', value: plain });
    const quantity = readQuantity(word);
    if (quantity !== undefined) return quantity;
  }
  const cidr = parseCidr(word);
  if (cidr !== undefined) return given(cidr);
  if (/^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(word) || parseCidr(word.replace(/\/\d+$/, ''))) {
    return refused('bad-address', `"${word}" is no address and no network`);
  }
  return given({ kind: 'string', value: word });
}

/** Spells a value other than text so that `readValue` gives it back. A quantity takes the largest unit that divides it. */
export function printQuantity(value: number, dimension: Dimension | undefined): string {
  if (dimension === undefined) return printNumber(value);
  const fitting = units.filter((unit) => unit.dimension === dimension);
  for (const unit of fitting) {
    const count = value / unit.factor;
    if (value !== 0 && Number.isInteger(count) && count * unit.factor === value) {
      return printNumber(count) + unit.name;
    }
  }
  return printNumber(value) + (fitting.at(-1)?.name ?? '');
}

/**
 * For a word that stands where only an ordered value makes sense: the unit it seems to misspell. `undefined` if it
 * does not look like a number with a unit.
 */
export function misspeltUnit(word: string): { unit: string; suggestion: string | undefined } | undefined {
  const unit = /^-?\d+(?:\.\d+)?([A-Za-z]+)$/.exec(word)?.[1];
  if (unit === undefined || unitNames.includes(unit)) return undefined;
  const sameLetters = unitNames.find((name) => name.toLowerCase() === unit.toLowerCase());
  return { unit, suggestion: sameLetters ?? nearestName(unit, unitNames) };
}

function readQuantity(word: string): ReadValue | undefined {
  // the longest unit first: `5ms` is no `5m` followed by `s`
  const unit = units
    .filter(({ name }) => word.endsWith(name))
    .reduce<(typeof units)[number] | undefined>(
      (longest, unit) => (longest && longest.name.length >= unit.name.length ? longest : unit),
      undefined,
    );
  const digits = unit ? word.slice(0, -unit.name.length) : word;
  if (!/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]\d+)?$/.test(digits)) return undefined;
  const count = parseNumber(digits);
  if (unit === undefined) {
    // only an exponent makes a well-formed number fail: long plain digits are text
    if (!digits.includes('e')) return undefined;
    return refused('bad-number', `"${word}" is beyond what a number can hold`);
  }
  const value = (count ?? Number.NaN) * unit.factor;
  if (!Number.isFinite(value)) {
    return refused('bad-number', `"${word}" is beyond what a number can hold`);
  }
  return given({ kind: 'number', value: value + 0, dimension: unit.dimension });
}

/** Whether `$name` can be written in a text. */
export function isParameterName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
}

/**
 * What is wrong with comparing by order with this literal, if anything.
 *
 * @param word - the bare word that the literal was read from; quoted text is meant as it stands
 */
export function checkOrder(op: CompareOp, value: FilterValue, word?: string): FilterProblem | undefined {
  if (op === '=' || op === '!=') return undefined;
  if (value.kind === 'cidr') {
    return {
      code: 'no-order',
      message: `an address or network has no order: "${op}" cannot hold`,
      expected: ['=', '!='],
    };
  }
  const unit = value.kind === 'string' && word !== undefined ? misspeltUnit(word) : undefined;
  if (unit === undefined) return undefined;
  const problem: FilterProblem = {
    code: 'unknown-unit',
    message: `unknown unit "${unit.unit}"`,
    expected: unitNames,
  };
  return unit.suggestion === undefined ? problem : { ...problem, suggestion: unit.suggestion };
}

function refused(code: FilterProblem['code'], message: string): ReadValue {
  return { ok: false, problem: { code, message } };
}

function given(value: FilterValue): ReadValue {
  return { ok: true, value: Object.freeze(value) };
}
