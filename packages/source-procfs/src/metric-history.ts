/** How many samples a history keeps: a minute at one a second. */
const historyLength = 60;

/** The last 60 samples of one metric, oldest first; older ones fall out. */
export class MetricHistory {
  private readonly times: Float64Array = new Float64Array(historyLength);
  private readonly values: Float64Array = new Float64Array(historyLength);
  private next = 0;
  private count = 0;

  /** How many samples there are. */
  get size(): number {
    return this.count;
  }

  /** @param atMillis - wall clock */
  push(atMillis: number, value: number): void {
    this.times[this.next] = atMillis;
    this.values[this.next] = value;
    this.next = (this.next + 1) % historyLength;
    if (this.count < historyLength) this.count++;
  }

  /** Wall-clock time of the sample at `index`; 0 is the oldest. */
  timeAt(index: number): number {
    return this.times[this.position(index)] as number;
  }

  valueAt(index: number): number {
    return this.values[this.position(index)] as number;
  }

  private position(index: number): number {
    return (this.next - this.count + index + historyLength) % historyLength;
  }
}
