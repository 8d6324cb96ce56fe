import { sortByRow } from '../internal/csr.ts';
import { IntVector } from '../internal/int-vector.ts';
import type { Members } from '../model/members.ts';
import type { Topology } from '../model/topology.ts';

/** Gathers the members of a topology in the making; a member that comes twice (by id) is kept once, the later. */
export class MemberList {
  readonly #tables: Topology[] = [];
  readonly #out = new IntVector();
  readonly #table = new IntVector();
  readonly #row = new IntVector();

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
    const outs = this.#out.view();
    const { start, order } = sortByRow(size, outs);
    const table = new Uint8Array(order.length);
    const row = new Uint32Array(order.length);
    const idColumns = this.#tables.map((topology) => topology.ids);
    // By id symbol: the output row it was last seen in (plus one), and the place it got there.
    const stamps = new Int32Array(this.#symbolBound());
    const places = new Int32Array(stamps.length);
    let end = 0;
    for (let out = 0; out < size; out++) {
      const first = end;
      const last = start[out + 1] as number;
      for (let i = start[out] as number; i < last; i++) {
        const entry = order[i] as number;
        const t = this.#table.at(entry);
        const r = this.#row.at(entry);
        const id = (idColumns[t] as Int32Array)[r] as number;
        let place = end;
        if (stamps[id] === out + 1) place = places[id] as number;
        else {
          stamps[id] = out + 1;
          places[id] = end++;
        }
        table[place] = t;
        row[place] = r;
      }
      start[out] = first;
    }
    start[size] = end;
    return { start, table: table.slice(0, end), row: row.slice(0, end), tables: this.#tables };
  }

  #symbolBound(): number {
    return this.#tables[0]?.symbols.size ?? 0;
  }
}
