import type { Millis } from '@ridgeline/core';

/** Milliseconds of each unit of a Go duration. Source: https://pkg.go.dev/time#ParseDuration */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** The time in a Go duration (`1s`, `500ms`, `1m30s`); `undefined` for what is none, or is not above zero. */
export function parseGoDuration(text: string): Millis | undefined {
  if (!/^\+?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  let millis = 0;
  for (const [, number, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g))
    millis += Number(number) * (UNITS[unit as string] as number);
  return millis > 0 && Number.isFinite(millis) ? millis : undefined;
}
