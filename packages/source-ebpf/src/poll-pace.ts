/** Bounds of the pause between two looks into the ring. */
const SHORTEST_MILLIS = 10;
const LONGEST_MILLIS = 100;
/** A burst of 40,000 events a second fills this much in a millisecond; a pause must not outlast the ring. */
const BURST_BYTES_PER_MILLI = 40 * 136;

/**
 * How long to wait before the next look: short while there is something, doubling while there is nothing.
 *
 * @param ringBytes - a small ring shortens the longest pause, down to the shortest
 */
export function createPace(ringBytes: number): (busy: boolean) => number {
  const longest = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, ringBytes / 2 / BURST_BYTES_PER_MILLI));
  let pause = SHORTEST_MILLIS;
  return (busy) => {
    pause = busy ? SHORTEST_MILLIS : Math.min(longest, pause * 2);
    return pause;
  };
}
