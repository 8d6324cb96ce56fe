import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '@ridgeline/core/live';

/** The clocks of the operating system. */
export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  monotonic: () => performance.now(),
});

/** The name under which this machine reports. */
export function systemHostName(): string {
  return hostname();
}

/** A text that no other life of any process has: readers that were cut off know by it that their picture is void. */
export function newEpoch(clock: Clock): string {
  return `${clock.now().toString(36)}-${randomBytes(6).toString('hex')}`;
}
