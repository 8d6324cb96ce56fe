/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

/** Whole milliseconds and the nanoseconds within the last of them, as one number. */
export function fractionMillis(millis: Millis, nanos: number): Millis {
  return nanos === 0 ? millis : millis + nanos / 1e6;
}
