import { NONE, type Sym } from '../ids/symbol-table.ts';
import type { Topology } from '../model/topology.ts';

/** Counts of direct members by topology, for a topology in the making. */
export class MemberCounts {
  /** By topology, a count for each output row so far; longer than there are rows. */
  readonly #counts = new Map<Sym, Uint32Array>();
  /** The topology that was counted last: the next is mostly the same. */
  #lastKind: Sym = NONE;
  #lastCounts: Uint32Array = new Uint32Array(0);

  /** Counts `by` more members of topology `kind` on an output row. */
  add(out: number, kind: Sym, by: number): void {
    const counts = this.#room(out, kind);
    counts[out] = (counts[out] as number) + by;
  }

  /** Takes the greater of what is counted and `count`. */
  atLeast(out: number, kind: Sym, count: number): void {
    if (count === 0) return;
    const counts = this.#room(out, kind);
    if (count > (counts[out] as number)) counts[out] = count;
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
    for (const [kind, counts] of this.#counts) {
      const column = new Uint32Array(size);
      column.set(counts.subarray(0, size));
      finished.set(kind, column);
    }
    return finished;
  }

  /** The counts of a topology, with room for an output row. */
  #room(out: number, kind: Sym): Uint32Array {
    if (kind === this.#lastKind && out < this.#lastCounts.length) return this.#lastCounts;
    let counts = this.#counts.get(kind) ?? new Uint32Array(64);
    if (out >= counts.length) {
      const grown = new Uint32Array(Math.max(out + 1, counts.length * 2));
      grown.set(counts);
      counts = grown;
    }
    this.#counts.set(kind, counts);
    this.#lastKind = kind;
    this.#lastCounts = counts;
    return counts;
  }
}
