import type { Topology } from './topology.ts';

/**
 * Where the rows of a topology come from: for each row the rows of other topologies that it stands for.
 * Sparse rows; an entry is a row `row[i]` of `tables[table[i]]`.
 */
export interface Members {
  /** Length rows + 1. */
  readonly start: Uint32Array;
  readonly table: Uint8Array;
  readonly row: Uint32Array;
  readonly tables: readonly Topology[];
}

/** No row has members. */
export function noMembers(rows: number): Members {
  return { start: new Uint32Array(rows + 1), table: new Uint8Array(0), row: new Uint32Array(0), tables: [] };
}
