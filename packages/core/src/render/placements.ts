import { IntVector } from '../internal/int-vector.ts';
import type { Members } from '../model/members.ts';
import type { Topology } from '../model/topology.ts';
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

  out(index: number): number {
    return this.#to.at(index) >>> 1;
  }

  isAsItself(index: number): boolean {
    return (this.#to.at(index) & 1) === 1;
  }
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
