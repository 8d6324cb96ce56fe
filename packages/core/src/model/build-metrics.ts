import type { SymbolTable } from '../ids/symbol-table.ts';
import { sortByRow } from '../internal/csr.ts';
import { sortWithinRows } from './build-columns.ts';
import { type MetricColumns, noMetrics } from './node-columns.ts';

/** Time series in any order, with repetitions of (row, key); samples name their series by its index. */
export interface MetricEntries {
  readonly row: Int32Array;
  readonly key: Int32Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly sampleSeries: Int32Array;
  /** The instant of each sample. */
  readonly time: Int32Array;
  readonly value: Float64Array;
}

/**
 * Sorts series by row and key and joins those of one key: samples are united by time (of one time the greater
 * value), bounds are widened. A series without samples adds nothing to one that has some.
 */
export function buildMetrics(symbols: SymbolTable, rows: number, entries: MetricEntries): MetricColumns {
  if (entries.row.length === 0) return noMetrics(rows);
  const { row, key, min, max, time, value } = entries;
  const bySeries = sortByRow(row.length, entries.sampleSeries);
  const { start, order } = sortByRow(rows, row);
  sortWithinRows(start, order, (a, b) => (key[a] as number) - (key[b] as number));

  const keys = new Int32Array(order.length);
  const mins = new Float64Array(order.length);
  const maxs = new Float64Array(order.length);
  const sampleStart = new Uint32Array(order.length + 1);
  const times = new Int32Array(time.length);
  const values = new Float64Array(value.length);
  let series = 0;
  let end = 0;
  for (let r = 0; r < rows; r++) {
    const first = series;
    const last = start[r + 1] as number;
    for (let i = start[r] as number; i < last; ) {
      const from = end;
      const k = key[order[i] as number] as number;
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      let emptyLow = Number.POSITIVE_INFINITY;
      let emptyHigh = Number.NEGATIVE_INFINITY;
      let sources = 0;
      for (; i < last && key[order[i] as number] === k; i++) {
        const s = order[i] as number;
        const a = bySeries.start[s] as number;
        const b = bySeries.start[s + 1] as number;
        if (a === b) {
          emptyLow = Math.min(emptyLow, min[s] as number);
          emptyHigh = Math.max(emptyHigh, max[s] as number);
          continue;
        }
        sources++;
        low = Math.min(low, min[s] as number);
        high = Math.max(high, max[s] as number);
        for (let j = a; j < b; j++) {
          times[end] = time[bySeries.order[j] as number] as number;
          values[end++] = value[bySeries.order[j] as number] as number;
        }
      }
      if (sources > 0) end = uniteSamples(symbols, times, values, from, end);
      keys[series] = k;
      mins[series] = sources > 0 ? low : emptyLow;
      maxs[series] = sources > 0 ? high : emptyHigh;
      sampleStart[++series] = end;
    }
    start[r] = first;
  }
  start[rows] = series;
  return {
    start,
    key: keys.slice(0, series),
    min: mins.slice(0, series),
    max: maxs.slice(0, series),
    sampleStart: sampleStart.slice(0, series + 1),
    time: times.slice(0, end),
    value: values.slice(0, end),
  };
}

/** Sorts the samples `[from, to)` by time and keeps the greatest value of each time; answers the new end. */
function uniteSamples(
  symbols: SymbolTable,
  times: Int32Array,
  values: Float64Array,
  from: number,
  to: number,
): number {
  for (let i = from + 1; i < to; i++) {
    const time = times[i] as number;
    const value = values[i] as number;
    let j = i;
    while (j > from && symbols.compareInstants(times[j - 1] as number, time) > 0) {
      times[j] = times[j - 1] as number;
      values[j] = values[j - 1] as number;
      j--;
    }
    times[j] = time;
    values[j] = value;
  }
  let end = from;
  for (let i = from; i < to; i++) {
    if (end > from && times[end - 1] === times[i]) {
      values[end - 1] = Math.max(values[end - 1] as number, values[i] as number);
      continue;
    }
    times[end] = times[i] as number;
    values[end++] = values[i] as number;
  }
  return end;
}
