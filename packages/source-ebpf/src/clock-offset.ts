/** A wall clock that was set, or a machine that slept: the offset is taken anew beyond this difference. */
const TOLERANCE_MILLIS = 100;

/**
 * What to add to the monotonic clock for the wall clock, kept the same from report to report: the time at which a connection
 * began must not tremble with the two clocks being read a moment apart.
 */
export function createClockOffset(): (wallMillis: number, monotonicMillis: number) => number {
  let offset: number | undefined;
  return (wallMillis, monotonicMillis) => {
    const now = Math.round(wallMillis - monotonicMillis);
    if (offset === undefined || Math.abs(now - offset) > TOLERANCE_MILLIS) offset = now;
    return offset;
  };
}
