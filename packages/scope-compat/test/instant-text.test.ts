import { describe, expect, it } from 'vitest';
import { parseInstant, printInstant } from '../src/wire/instant-text.ts';

describe('instants as text', () => {
  it('are printed as Go does, and read back', () => {
    const at = { millis: 1_700_000_000_123, nanos: 450_000 };
    expect(printInstant(at)).toBe('2023-11-14T22:13:20.12345Z');
    expect(parseInstant(printInstant(at))).toEqual(at);
  });

  it('are printed whatever a report says, also where no Date reaches', () => {
    for (const millis of [8.65e15, -8.65e15, 1e300, Number.POSITIVE_INFINITY]) {
      expect(printInstant({ millis, nanos: 0 })).toMatch(/^[+-]\d{6}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
  });
});
