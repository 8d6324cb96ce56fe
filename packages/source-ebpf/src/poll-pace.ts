/** Bounds of the pause between two looks into the ring. */
const SHORTEST_MILLIS = 10;
const LONGEST_MILLIS = 100;
/** A burst of 40,000 events a second fills this much in a millisecond; a pause must not outlast the ring. */
const BURST_BYTES_PER_MILLI = 40 * 136;
/** What may come in during a pause: so much of the ring, so that the flood may rise that many times before anything is lost. */
const SHARE_OF_RING = 1 / 16;

/**
 * How long to wait before the next look: as long as the ring allows at the pace at which it fills.
 *
 * @param ringBytes - a small ring shortens the longest pause, down to the shortest
 * @returns a function of the bytes that were written during the last pause
 */
export function createPace(ringBytes: number): (writtenBytes: number) => number {
  const longest = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, ringBytes / 2 / BURST_BYTES_PER_MILLI));
  let pause = SHORTEST_MILLIS;
  return (writtenBytes) => {
    const fitting = writtenBytes === 0 ? longest : (pause * ringBytes * SHARE_OF_RING) / writtenBytes;
    pause = Math.min(longest, Math.max(SHORTEST_MILLIS, fitting));
    return pause;
  };
}

/** How much may lie in the ring before it is worth a message: little of the ring, and not more than a message holds. */
export function batchWorthSending(ringBytes: number, messageBytes: number): number {
  return Math.min(messageBytes, ringBytes / 32);
}
