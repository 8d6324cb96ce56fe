import { sortByRow } from '../internal/csr.ts';
import { IntVector } from '../internal/int-vector.ts';
import type { Members } from '../model/members.ts';
import type { Topology } from '../model/topology.ts';

/** Gathers the members of a topology in the making; a member that comes twice (by id) is kept once, the later. */
export class MemberList {
  readonly #tables: Topology[] = [];
  readonly #out: IntVector;
  readonly #table: IntVector;
  readonly #row: IntVector;

  /** @param capacity - how many members are expected */
  constructor(capacity = 16) {
    this.#out = new IntVector(capacity);
    this.#table = new IntVector(capacity);
    this.#row = new IntVector(capacity);
  }

  /** The number of a topology whose rows are members. */
  tableOf(topology: Topology): number {
    const known = this.#tables.lastIndexOf(topology);
    return known >= 0 ? known : this.#tables.push(topology) - 1;
  }

  /** The numbers of the tables of another topology's members. */
  tablesOf(topology: Topology): Uint8Array {
    return Uint8Array.from(topology.members.tables, (table) => this.tableOf(table));
  }

  /** Adds a row of a table. */
  add(out: number, table: number, row: number): void {
    this.#out.push(out);
    this.#table.push(table);
    this.#row.push(row);
  }

  /** Adds all members that a row of another topology has; `tables` is {@link tablesOf} it. */
  addMembersOf(out: number, members: Members, tables: Uint8Array, row: number): void {
    const end = members.start[row + 1] as number;
    for (let m = members.start[row] as number; m < end; m++) {
      this.add(out, tables[members.table[m] as number] as number, members.row[m] as number);
    }
  }

  finish(size: number): Members {
    const { start, order } = sortByRow(size, this.#out.view());
    const tables = this.#table.view();
    const rows = this.#row.view();
    const table = new Uint8Array(order.length);
    const row = new Uint32Array(order.length);
    const idColumns = this.#tables.map((topology) => topology.ids);
    if (this.#hasNoDouble(idColumns)) {
      for (let i = 0; i < order.length; i++) {
        const entry = order[i] as number;
        table[i] = tables[entry] as number;
        row[i] = rows[entry] as number;
      }
      return { start, table, row, tables: this.#tables };
    }
    // By id symbol: the place it got last, plus one. A place before the row's first is another row's.
    const places = new Int32Array(this.#symbolBound());
    let end = 0;
    for (let out = 0; out < size; out++) {
      const first = end;
      const last = start[out + 1] as number;
      for (let i = start[out] as number; i < last; i++) {
        const entry = order[i] as number;
        const t = tables[entry] as number;
        const r = rows[entry] as number;
        const id = (idColumns[t] as Int32Array)[r] as number;
        let place = (places[id] as number) - 1;
        if (place < first) {
          place = end++;
          places[id] = end;
        }
        table[place] = t;
        row[place] = r;
      }
      start[out] = first;
    }
    start[size] = end;
    return end === order.length
      ? { start, table, row, tables: this.#tables }
      : { start, table: table.slice(0, end), row: row.slice(0, end), tables: this.#tables };
  }

  /** Whether no id comes twice at all; one bit an id, so that the question costs little. */
  #hasNoDouble(idColumns: readonly Int32Array[]): boolean {
    const seen = new Int32Array((this.#symbolBound() >>> 5) + 1);
    const tables = this.#table.view();
    const rows = this.#row.view();
    for (let i = 0; i < rows.length; i++) {
      const id = (idColumns[tables[i] as number] as Int32Array)[rows[i] as number] as number;
      const word = id >>> 5;
      const bit = 1 << (id & 31);
      if (((seen[word] as number) & bit) !== 0) return false;
      seen[word] = (seen[word] as number) | bit;
    }
    return true;
  }

  #symbolBound(): number {
    return this.#tables[0]?.symbols.size ?? 0;
  }
}
