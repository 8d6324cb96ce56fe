import { NONE, type Sym } from '../ids/symbol-table.ts';

/** Keyed values of rows, as sparse rows: the entries of a row are ascending by (key, value) and unique. */
export interface PairColumns {
  /** Length rows + 1. */
  readonly start: Uint32Array;
  /** The symbol of each entry's key. */
  readonly key: Int32Array;
  /** The symbol of each entry's value. */
  readonly value: Int32Array;
}

/** One value and the instant it was seen for each (row, key). */
export interface LatestColumns extends PairColumns {
  /** The instant of each entry, in the symbol table. */
  readonly time: Int32Array;
}

/** Time series of rows: row → series → samples, both as sparse rows. Series are ascending by key. */
export interface MetricColumns {
  /** Length rows + 1. */
  readonly start: Uint32Array;
  readonly key: Int32Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Length series + 1. */
  readonly sampleStart: Uint32Array;
  /** The instant of each sample, ascending within a series. */
  readonly time: Int32Array;
  readonly value: Float64Array;
}

/**
 * What is known of a number of nodes beside their edges, column by column. Immutable.
 *
 * Topologies made from others refer to the columns of their origin and do not copy them.
 */
export class NodeColumns {
  readonly rows: number;
  readonly latest: LatestColumns;
  readonly sets: PairColumns;
  readonly parents: PairColumns;
  readonly metrics: MetricColumns;
  readonly #columns = new Map<Sym, Int32Array>();

  constructor(
    rows: number,
    latest: LatestColumns,
    sets: PairColumns,
    parents: PairColumns,
    metrics: MetricColumns,
  ) {
    this.rows = rows;
    this.latest = latest;
    this.sets = sets;
    // Most nodes have neither: then one column of zeros starts both.
    const noneOfBoth = sets.key.length + parents.key.length === 0;
    this.parents = noneOfBoth ? { ...parents, start: sets.start } : parents;
    this.metrics = metrics;
  }

  /** The latest value of a key for each row ({@link NONE} where absent); kept for the next reader. */
  column(key: Sym): Int32Array {
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const column = new Int32Array(this.rows).fill(NONE);
    const { start, key: keys, value } = this.latest;
    if (key !== NONE) {
      for (let row = 0; row < this.rows; row++) {
        const at = findKey(keys, start[row] as number, start[row + 1] as number, key);
        if (at >= 0) column[row] = value[at] as number;
      }
    }
    this.#columns.set(key, column);
    return column;
  }
}

/** The index of the first entry of a key in `keys[from, to)`, ascending, or -1. */
export function findKey(keys: Int32Array, from: number, to: number, key: Sym): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low < to && keys[low] === key ? low : -1;
}

/** Sparse rows without entries. */
export function noPairs(rows: number): PairColumns {
  return { start: new Uint32Array(rows + 1), key: new Int32Array(0), value: new Int32Array(0) };
}

/** Latest values of no row. */
export function noLatest(rows: number): LatestColumns {
  return { ...noPairs(rows), time: new Int32Array(0) };
}

/** Time series of no row. */
export function noMetrics(rows: number): MetricColumns {
  return {
    start: new Uint32Array(rows + 1),
    key: new Int32Array(0),
    min: new Float64Array(0),
    max: new Float64Array(0),
    sampleStart: new Uint32Array(1),
    time: new Int32Array(0),
    value: new Float64Array(0),
  };
}

/** Columns in which nothing is known of any row. */
export function noColumns(rows: number): NodeColumns {
  return new NodeColumns(rows, noLatest(rows), noPairs(rows), noPairs(rows), noMetrics(rows));
}

/** The columns of some rows, in a new order; a row may be taken several times, {@link NONE} is a row of which nothing is known. */
export function takeRows(columns: NodeColumns, rows: Int32Array): NodeColumns {
  const latest = takePairs(columns.latest, rows);
  const { metrics } = columns;
  const series = takeSlices(metrics.start, rows);
  const samples = takeSlices(metrics.sampleStart, series.from);
  return new NodeColumns(
    rows.length,
    { ...latest.columns, time: takeInts(columns.latest.time, latest.from) },
    takePairs(columns.sets, rows).columns,
    takePairs(columns.parents, rows).columns,
    {
      start: series.start,
      key: takeInts(metrics.key, series.from),
      min: takeFloats(metrics.min, series.from),
      max: takeFloats(metrics.max, series.from),
      sampleStart: samples.start,
      time: takeInts(metrics.time, samples.from),
      value: takeFloats(metrics.value, samples.from),
    },
  );
}

/** The starts of some rows when they are laid end to end, and the entry each new entry comes from. */
function takeSlices(start: Uint32Array, rows: Int32Array): { start: Uint32Array; from: Int32Array } {
  const taken = new Uint32Array(rows.length + 1);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (row !== NONE) total += (start[row + 1] as number) - (start[row] as number);
    taken[i + 1] = total;
  }
  const from = new Int32Array(total);
  let end = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (row === NONE) continue;
    const last = start[row + 1] as number;
    for (let e = start[row] as number; e < last; e++) from[end++] = e;
  }
  return { start: taken, from };
}

function takePairs(columns: PairColumns, rows: Int32Array): { columns: PairColumns; from: Int32Array } {
  const { start, from } = takeSlices(columns.start, rows);
  return { columns: { start, key: takeInts(columns.key, from), value: takeInts(columns.value, from) }, from };
}

function takeInts(column: Int32Array, from: Int32Array): Int32Array {
  const taken = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) taken[i] = column[from[i] as number] as number;
  return taken;
}

function takeFloats(column: Float64Array, from: Int32Array): Float64Array {
  const taken = new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) taken[i] = column[from[i] as number] as number;
  return taken;
}
