import { NONE, type Sym } from '../ids/symbol-table.ts';
import { uniquePairs } from '../internal/csr.ts';
import { IntTable } from '../internal/int-table.ts';
import { IntVector } from '../internal/int-vector.ts';
import type { Members } from '../model/members.ts';
import { Topology } from '../model/topology.ts';
import { ColumnSources } from './column-sources.ts';
import type { RenderContext } from './context.ts';
import { MemberCounts } from './counts.ts';
import { MemberList } from './member-list.ts';
import type { Plan, ReducePlan } from './plan.ts';

/** The union of what several plans yield: nodes by id, attributes merged as in reports, edges and members united. */
export function reduce(...of: readonly Plan[]): ReducePlan {
  return Object.freeze({ kind: 'reduce', of: Object.freeze(of) });
}

/** Commutative, associative and idempotent in its inputs (law C7): a count of both is the greater, not the sum. */
export function evaluateReduce(inputs: readonly Topology[], context: RenderContext): Topology {
  const filled = inputs.filter((input) => input.size > 0);
  const { symbols } = context;
  const first = filled[0];
  if (first === undefined) return inputs[0] ?? new Topology({ name: '', symbols, ids: new Int32Array(0) });
  if (filled.every((input) => input === first)) return first;

  const rows = new IntTable(filled.reduce((sum, input) => sum + input.size, 0));
  const ids = new IntVector();
  const kinds: Sym[] = [];
  const columns = new ColumnSources();
  const outs: Int32Array[] = [];
  const counts = new MemberCounts();
  const from = new IntVector();
  const to = new IntVector();
  for (const input of filled) {
    const outOf = new Int32Array(input.size);
    for (let row = 0; row < input.size; row++) {
      const id = input.ids[row] as number;
      const kind = input.kindSymbol(row);
      const out = rows.getOrSet(id, ids.length);
      if (out === ids.length) {
        ids.push(id);
        kinds.push(kind);
      } else if (symbols.compare(kind, kinds[out] as Sym) > 0) kinds[out] = kind;
      outOf[row] = out;
      columns.add(out, input.columns, input.columnRowOf(row));
      for (const [topology, column] of input.counts) counts.atLeast(out, topology, column[row] as number);
    }
    outs.push(outOf);
    addEdges(input, outOf, from, to);
  }
  const size = ids.length;
  return new Topology({
    name: first.name,
    symbols,
    ids: ids.toArray(),
    kinds: Int32Array.from(kinds),
    ...columns.finish(symbols, size),
    out: uniquePairs(size, size, from.view(), to.view()),
    members: () => uniteMembers(filled, outs, size),
    direct: (row, visit) => {
      for (const input of filled) {
        const own = input.rowOfSymbol(ids.at(row));
        if (own !== NONE) input.eachDirectMember(own, visit);
      }
    },
    counts: counts.finish(size),
  });
}

/** @param outs - by input, the output row of each of its rows */
function uniteMembers(inputs: readonly Topology[], outs: readonly Int32Array[], size: number): Members {
  const list = new MemberList(inputs.reduce((sum, input) => sum + input.members.row.length, 0));
  inputs.forEach((input, i) => {
    const { members } = input;
    const tables = list.tablesOf(input);
    const outOf = outs[i] as Int32Array;
    for (let row = 0; row < outOf.length; row++) {
      list.addMembersOf(outOf[row] as number, members, tables, row);
    }
  });
  return list.finish(size);
}

function addEdges(input: Topology, outOf: Int32Array, from: IntVector, to: IntVector): void {
  const { start, to: targets } = input.out;
  for (let row = 0; row < input.size; row++) {
    const end = start[row + 1] as number;
    for (let e = start[row] as number; e < end; e++) {
      from.push(outOf[row] as number);
      to.push(outOf[targets[e] as number] as number);
    }
  }
}
