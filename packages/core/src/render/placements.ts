import { sortByRow } from '../internal/csr.ts';
import { IntVector } from '../internal/int-vector.ts';
import type { Members } from '../model/members.ts';
import type { EachMember, Row, Topology } from '../model/topology.ts';
import type { RowMap } from './follow-edges.ts';
import { MemberList } from './member-list.ts';
import type { GroupPlan } from './plan.ts';

/** Where the rows of a group's input went, as sparse rows in the making: enough to tell the members later. */
export class Placements {
  readonly start: Uint32Array;
  /** Twice the output row; one more where the row goes on as a node of its own. */
  readonly #to: IntVector;

  constructor(rows: number) {
    this.start = new Uint32Array(rows + 1);
    this.#to = new IntVector(rows);
  }

  /** The current row goes to an output row: under it, or as it. */
  add(out: number, asItself: boolean): void {
    this.#to.push(out * 2 + (asItself ? 1 : 0));
  }

  endRow(row: number): void {
    this.start[row + 1] = this.#to.length;
  }

  /** How many rows went somewhere; one that went to two places is counted twice. */
  get length(): number {
    return this.#to.length;
  }

  out(index: number): number {
    return this.#to.at(index) >>> 1;
  }

  isAsItself(index: number): boolean {
    return (this.#to.at(index) & 1) === 1;
  }

  /**
   * The output rows of each input row that its edges follow it to.
   *
   * @param under - whether they follow it to a node that it was put under
   */
  targets(under: boolean): RowMap {
    const { start } = this;
    const placed = this.#to.view();
    const to = new Int32Array(placed.length);
    if (under) {
      for (let i = 0; i < placed.length; i++) to[i] = (placed[i] as number) >>> 1;
      return { start, to };
    }
    const kept = new Uint32Array(start.length);
    let end = 0;
    for (let row = 0; row + 1 < start.length; row++) {
      const last = start[row + 1] as number;
      for (let i = start[row] as number; i < last; i++)
        if (this.isAsItself(i)) to[end++] = (placed[i] as number) >>> 1;
      kept[row + 1] = end;
    }
    return { start: kept, to: to.subarray(0, end) };
  }
}

/** The members of one node of a group at a time; what went where is sorted when it is first asked for. */
export function directMembers(onto: Topology, input: Topology, placed: Placements, size: number): EachMember {
  let sorted: ReturnType<typeof sortByOutput> | undefined;
  return (out, visit) => {
    if (out < onto.size) onto.eachDirectMember(out, visit);
    sorted ??= sortByOutput(placed, size);
    const { start, order, rows } = sorted;
    const end = start[out + 1] as number;
    for (let i = start[out] as number; i < end; i++) {
      const index = order[i] as number;
      const row = rows[index] as Row;
      if (placed.isAsItself(index)) input.eachDirectMember(row, visit);
      else visit(input, row);
    }
  };
}

/** The placements by output row, and the input row of each. */
function sortByOutput(
  placed: Placements,
  size: number,
): { readonly start: Uint32Array; readonly order: Uint32Array; readonly rows: Int32Array } {
  const rows = new Int32Array(placed.length);
  const outs = new Int32Array(placed.length);
  for (let row = 0; row + 1 < placed.start.length; row++) {
    const end = placed.start[row + 1] as number;
    for (let i = placed.start[row] as number; i < end; i++) {
      rows[i] = row;
      outs[i] = placed.out(i);
    }
  }
  return { ...sortByRow(size, outs), rows };
}

/** The members of a group's nodes: those of the nodes it began with (its first rows), then what was put under each. */
export function gatherMembers(
  plan: GroupPlan,
  onto: Topology,
  input: Topology,
  placed: Placements,
  size: number,
): Members {
  const own = onto.members;
  const inner = input.members;
  const list = new MemberList(own.row.length + input.size + inner.row.length);
  const table = list.tableOf(input);
  const innerTables = list.tablesOf(input);
  const ownTables = list.tablesOf(onto);
  for (let row = 0; row < onto.size; row++) list.addMembersOf(row, own, ownTables, row);
  const { start } = placed;
  for (let row = 0; row < input.size; row++) {
    const end = start[row + 1] as number;
    for (let i = start[row] as number; i < end; i++) {
      const out = placed.out(i);
      if (!placed.isAsItself(i)) list.add(out, table, row);
      if (plan.members === 'deep' || placed.isAsItself(i)) list.addMembersOf(out, inner, innerTables, row);
    }
  }
  return list.finish(size);
}
