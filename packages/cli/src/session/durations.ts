import type { Millis } from '@ridgeline/core';
import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, Millis>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `500ms`, `60s`, `5m`, `1.5h`; a number without a unit is seconds. */
export function parseDuration(text: string): Millis {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text);
  const millis = match === null ? Number.NaN : Number(match[1]) * (UNITS[match[2] ?? 's'] as number);
  if (!(millis > 0)) throw new InvalidArgumentError('Not a duration, such as 500ms, 60s or 5m.');
  return millis;
}

/** Reads `10`, `0.5`, `10x`, `max`. */
export function parseSpeed(text: string): number | 'max' {
  if (text === 'max') return 'max';
  const speed = /^\d+(\.\d+)?x?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (!(speed > 0 && speed <= 1_000_000)) {
    throw new InvalidArgumentError('Not a speed, such as 10, 0.5 or max.');
  }
  return speed;
}
