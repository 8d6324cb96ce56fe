/**
 * Compressed sparse rows: row r owns the entries `start[r] .. start[r + 1]`.
 * Source: the usual CSR layout (Saad, Iterative Methods for Sparse Linear Systems, §3.4).
 */

/**
 * The order that sorts entries by row, keeping the order of entries within a row.
 *
 * @param rows - the row of each entry, in 0..size-1
 * @returns `start` (size + 1) and `order` (the entries' indices, row after row); O(entries + size)
 */
export function sortByRow(
  size: number,
  rows: Int32Array,
): { readonly start: Uint32Array; readonly order: Uint32Array } {
  const start = new Uint32Array(size + 1);
  for (let i = 0; i < rows.length; i++)
    start[(rows[i] as number) + 1] = (start[(rows[i] as number) + 1] as number) + 1;
  for (let r = 0; r < size; r++) start[r + 1] = (start[r + 1] as number) + (start[r] as number);
  const next = start.slice(0, size);
  const order = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    order[next[row] as number] = i;
    next[row] = (next[row] as number) + 1;
  }
  return { start, order };
}

/**
 * The set of pairs as sparse rows whose entries are ascending and unique.
 *
 * @param size - number of rows; every `to` is in 0..columns-1
 * @remarks Two stable counting sorts, by `to` and then by `from`: O(pairs + size + columns), no comparison.
 */
export function uniquePairs(
  size: number,
  columns: number,
  from: Int32Array,
  to: Int32Array,
): { readonly start: Uint32Array; readonly to: Uint32Array } {
  const pairs = from.length;
  const bucket = new Uint32Array(columns + 1);
  for (let i = 0; i < pairs; i++)
    bucket[(to[i] as number) + 1] = (bucket[(to[i] as number) + 1] as number) + 1;
  for (let c = 0; c < columns; c++) bucket[c + 1] = (bucket[c + 1] as number) + (bucket[c] as number);
  const fromByTo = new Int32Array(pairs);
  for (let i = 0; i < pairs; i++) {
    const at = bucket[to[i] as number] as number;
    bucket[to[i] as number] = at + 1;
    fromByTo[at] = from[i] as number;
  }
  // Each bucket has been filled: its start has become its end.
  // A pair that repeats follows its twin at once within its row, so only the row's last entry is looked at.
  const last = new Int32Array(size).fill(-1);
  const count = new Uint32Array(size + 1);
  for (let c = 0, i = 0; c < columns; c++) {
    for (const end = bucket[c] as number; i < end; i++) {
      const row = fromByTo[i] as number;
      if (last[row] === c) {
        fromByTo[i] = -1;
        continue;
      }
      last[row] = c;
      count[row + 1] = (count[row + 1] as number) + 1;
    }
  }
  for (let r = 0; r < size; r++) count[r + 1] = (count[r + 1] as number) + (count[r] as number);
  const unique = new Uint32Array(count[size] as number);
  const next = count.slice(0, size);
  for (let c = 0, i = 0; c < columns; c++) {
    for (const end = bucket[c] as number; i < end; i++) {
      const row = fromByTo[i] as number;
      if (row < 0) continue;
      const at = next[row] as number;
      next[row] = at + 1;
      unique[at] = c;
    }
  }
  return { start: count, to: unique };
}
