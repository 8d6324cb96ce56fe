import type { Millis } from '@ridgeline/core';

/** Bounds of the pause between two readings of events. */
const SHORTEST_MILLIS = 50;
const LONGEST_MILLIS = 250;
/** Events that may wait: the receive buffer holds some ten thousand (kernel.md, "Conntrack"), so the flood may rise that much. */
const WAITING_EVENTS = 1000;

/**
 * How long to wait until events are read again: as long as the receive buffer allows at the pace at which they come.
 *
 * @returns a function of the events that came during the last pause, in the namespace with the most of them
 */
export function createDrainPace(): (events: number) => Millis {
  let pause = SHORTEST_MILLIS;
  return (events) => {
    const fitting = events === 0 ? LONGEST_MILLIS : (pause * WAITING_EVENTS) / events;
    pause = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, fitting));
    return pause;
  };
}
