/** A value of a time series. */
export interface SparkSample {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** The box in which a series is drawn, in the units of the picture; y grows downwards. */
export interface SparkBox {
  readonly width: number;
  readonly height: number;
  /** The value at the top; a greater sample stretches it. */
  readonly max: number;
}

/** The paths of a series: its line, and the area below it. */
export interface SparkPaths {
  readonly line: string;
  readonly area: string;
}

/**
 * The paths of a time series; x is time, so a pause of the source is seen as one.
 *
 * Law: all points are inside the box.
 *
 * @param samples - oldest first
 * @returns `undefined` without a sample; a single one is a level line
 */
export function sparkPaths(
  samples: readonly SparkSample[],
  { width, height, max }: SparkBox,
): SparkPaths | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const top = samples.reduce((most, { value }) => Math.max(most, value), max > 0 ? max : 0) || 1;
  const span = last.at - first.at;
  const yOf = (value: number): number => height - (Math.max(0, value) / top) * height;
  const points = samples.map(
    ({ at, value }) => [span > 0 ? ((at - first.at) / span) * width : 0, yOf(value)] as const,
  );
  if (span <= 0) points.push([width, yOf(last.value)]);
  const line = `M${points.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}`;
  return { line, area: `${line}L${short(width)} ${short(height)}L0 ${short(height)}Z` };
}

function short(coordinate: number): string {
  return String(Math.round(coordinate * 10) / 10);
}
