import type { InstantSym, SymbolTable } from '@ridgeline/core';

/** An instant as exactly as Scope tells it: whole milliseconds since 1970 and the nanoseconds within the last. */
export interface FineInstant {
  readonly millis: number;
  /** 0..999,999 */
  readonly nanos: number;
}

/** Seconds from 0001-01-01T00:00:00Z, where Go begins to count, to 1970 (WIRE.md §1.4). */
export const SECONDS_TO_1970 = 62_135_596_800;

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** The instant of an RFC 3339 text with up to nine fractional digits; `undefined` for any other text. */
export function parseInstant(text: string): FineInstant | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHours, zoneMinutes] = match;
  const date = new Date(0);
  // Date.UTC takes the years 0..99 for 1900..1999; this setter does not.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const digits = fraction.padEnd(9, '0');
  const offset = sign === undefined ? 0 : (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return {
    millis: date.getTime() + Number(digits.slice(0, 3)) - (sign === '-' ? -offset : offset),
    nanos: Number(digits.slice(3, 9)),
  };
}

/** How far from 1970 a `Date` can be, in milliseconds (ECMA-262 §21.4.1.1). */
const FARTHEST_MILLIS = 8.64e15;

/** The instant as Go prints it: UTC, trailing zeros of the fraction left out. One that no `Date` can hold is the last that it can. */
export function printInstant({ millis, nanos }: FineInstant): string {
  const date = new Date(Math.max(-FARTHEST_MILLIS, Math.min(FARTHEST_MILLIS, millis)));
  const seconds = date.toISOString().slice(0, -5);
  const fraction = `${String(date.getUTCMilliseconds()).padStart(3, '0')}${String(nanos).padStart(6, '0')}`;
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? `${seconds}Z` : `${seconds}.${digits}Z`;
}

/** As {@link printInstant}, for an instant of a symbol table. */
export function printInstantSym(symbols: SymbolTable, instant: InstantSym): string {
  return printInstant({ millis: symbols.millisOf(instant), nanos: symbols.nanosOf(instant) });
}

/** The zero time of Go: "not known". */
export const ZERO_INSTANT: FineInstant = Object.freeze({ millis: -SECONDS_TO_1970 * 1000, nanos: 0 });
