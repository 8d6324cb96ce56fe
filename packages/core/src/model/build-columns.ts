import type { SymbolTable } from '../ids/symbol-table.ts';
import { sortByRow } from '../internal/csr.ts';
import type { LatestColumns, PairColumns } from './node-columns.ts';

/** Keyed values in any order, with repetitions: one array a column, all of one length. */
export interface PairEntries {
  readonly row: Int32Array;
  readonly key: Int32Array;
  readonly value: Int32Array;
}

/** Latest values in any order, with repetitions. */
export interface LatestEntries extends PairEntries {
  readonly time: Int32Array;
}

/** Sorts keyed values by row, key and value and drops the doubles; O(entries) for rows that come sorted. */
export function buildPairs(rows: number, entries: PairEntries): PairColumns {
  const { start, order } = sortByRow(rows, entries.row);
  const { key, value } = entries;
  sortWithinRows(
    start,
    order,
    (a, b) => (key[a] as number) - (key[b] as number) || (value[a] as number) - (value[b] as number),
  );
  const keys = new Int32Array(order.length);
  const values = new Int32Array(order.length);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const first = end;
    const last = start[row + 1] as number;
    for (let i = start[row] as number; i < last; i++) {
      const e = order[i] as number;
      if (end > first && keys[end - 1] === key[e] && values[end - 1] === value[e]) continue;
      keys[end] = key[e] as number;
      values[end++] = value[e] as number;
    }
    // The row's own start was read above, so it may be overwritten by its new one.
    start[row] = first;
  }
  start[rows] = end;
  return { start, key: trim(keys, end), value: trim(values, end) };
}

/** Sorts latest values by row and key; of several for one key the later wins, then the greater text. */
export function buildLatest(symbols: SymbolTable, rows: number, entries: LatestEntries): LatestColumns {
  const { start, order } = sortByRow(rows, entries.row);
  const { key, value, time } = entries;
  sortWithinRows(start, order, (a, b) => (key[a] as number) - (key[b] as number));
  const keys = new Int32Array(order.length);
  const values = new Int32Array(order.length);
  const times = new Int32Array(order.length);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const first = end;
    const last = start[row + 1] as number;
    for (let i = start[row] as number; i < last; i++) {
      const e = order[i] as number;
      if (end > first && keys[end - 1] === key[e]) {
        const newer = compareLatest(symbols, time[e], value[e], times[end - 1], values[end - 1]);
        if (newer <= 0) continue;
        end--;
      }
      keys[end] = key[e] as number;
      values[end] = value[e] as number;
      times[end++] = time[e] as number;
    }
    start[row] = first;
  }
  start[rows] = end;
  return { start, key: trim(keys, end), value: trim(values, end), time: trim(times, end) };
}

/** Which of two latest values wins: the later, and of equal times the greater text (law B1: ties included). */
function compareLatest(
  symbols: SymbolTable,
  time: number | undefined,
  value: number | undefined,
  otherTime: number | undefined,
  otherValue: number | undefined,
): number {
  return (
    symbols.compareInstants(time as number, otherTime as number) ||
    symbols.compare(value as number, otherValue as number)
  );
}

/** Insertion sort beats the built-in one on the short, mostly sorted rows that sources write. */
const SHORT_ROW = 48;

/** Sorts the entries of each row; stable. */
export function sortWithinRows(
  start: Uint32Array,
  order: Uint32Array,
  compare: (a: number, b: number) => number,
): void {
  for (let row = 0; row + 1 < start.length; row++) {
    const from = start[row] as number;
    const to = start[row + 1] as number;
    if (to - from > SHORT_ROW) {
      if (isSorted(order, from, to, compare)) continue;
      order.set(Array.from(order.subarray(from, to)).sort(compare), from);
      continue;
    }
    for (let i = from + 1; i < to; i++) {
      const entry = order[i] as number;
      let j = i;
      while (j > from && compare(order[j - 1] as number, entry) > 0) {
        order[j] = order[j - 1] as number;
        j--;
      }
      order[j] = entry;
    }
  }
}

function isSorted(
  order: Uint32Array,
  from: number,
  to: number,
  compare: (a: number, b: number) => number,
): boolean {
  for (let i = from + 1; i < to; i++) {
    if (compare(order[i - 1] as number, order[i] as number) > 0) return false;
  }
  return true;
}

/** The first entries, without the room that doubles left. */
export function trim(column: Int32Array, length: number): Int32Array {
  return length === column.length ? column : column.slice(0, length);
}
