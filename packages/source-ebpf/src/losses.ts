import type { KernelCounters } from './counters.ts';

/** What was missed, since the start of the source. */
export interface Losses {
  /** Events for which the ring had no room. */
  readonly events: number;
  /** Events that the kernel dropped because the program was running on that processor already. */
  readonly droppedRuns: number;
  /** Owners for which the map had no room: connections without a process. */
  readonly owners: number;
}

export const NO_LOSSES: Losses = { events: 0, droppedRuns: 0, owners: 0 };

/** Adds what a child counted to what earlier ones did. */
export function addLosses(past: Losses, counters: KernelCounters | undefined): Losses {
  if (counters === undefined) return past;
  return {
    events: past.events + counters.lost,
    droppedRuns: past.droppedRuns + counters.recursionMisses,
    owners: past.owners + counters.mapFull,
  };
}

/** One number that grows with every loss that a snapshot can heal. */
export function sumLosses(counters: KernelCounters | undefined): number {
  return counters === undefined ? 0 : counters.lost + counters.recursionMisses + counters.mapFull;
}
