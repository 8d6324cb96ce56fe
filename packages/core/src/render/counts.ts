import type { Sym } from '../ids/symbol-table.ts';
import type { Topology } from '../model/topology.ts';

/** Counts of direct members by topology, for a topology in the making. */
export class MemberCounts {
  readonly #counts = new Map<Sym, Map<number, number>>();

  /** Counts `by` more members of topology `kind` on an output row. */
  add(out: number, kind: Sym, by: number): void {
    let rows = this.#counts.get(kind);
    if (rows === undefined) {
      rows = new Map();
      this.#counts.set(kind, rows);
    }
    rows.set(out, (rows.get(out) ?? 0) + by);
  }

  /** Takes the greater of what is counted and `count`. */
  atLeast(out: number, kind: Sym, count: number): void {
    const known = this.#counts.get(kind)?.get(out) ?? 0;
    if (count > known) this.add(out, kind, count - known);
  }

  /** Adds the counts of a row of another topology. */
  addCountsOf(out: number, topology: Topology, row: number): void {
    for (const [kind, counts] of topology.counts) {
      const count = counts[row] as number;
      if (count > 0) this.add(out, kind, count);
    }
  }

  finish(size: number): ReadonlyMap<Sym, Uint32Array> {
    const finished = new Map<Sym, Uint32Array>();
    for (const [kind, rows] of this.#counts) {
      const column = new Uint32Array(size);
      for (const [row, count] of rows) column[row] = count;
      finished.set(kind, column);
    }
    return finished;
  }
}
