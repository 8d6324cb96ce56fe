import { forEachRow } from '../errors.ts';
import { uniquePairs } from '../internal/csr.ts';
import { IntVector } from '../internal/int-vector.ts';
import { type NodeReader, readNode } from '../model/node-reader.ts';
import { Topology } from '../model/topology.ts';
import type { RenderContext } from './context.ts';
import { MemberList } from './member-list.ts';
import type { LinkPlan, Plan } from './plan.ts';
import { evaluateReduce } from './reduce.ts';

/** What {@link link} takes. */
export interface LinkOptions {
  /** The keys a node looks for. */
  readonly from: (node: NodeReader) => readonly string[];
  /** The key a node of the other plan is found by. */
  readonly key: (node: NodeReader) => string;
  /** `first`: of several nodes with one key only the first by id; default `all`. */
  readonly matches?: 'all' | 'first';
}

/** All nodes of both plans; a node gets an edge to, and as a member, each node of `to` whose key it looks for. */
export function link(of: Plan, to: Plan, options: LinkOptions): LinkPlan {
  return Object.freeze({
    kind: 'link',
    of,
    to,
    from: options.from,
    key: options.key,
    matches: options.matches ?? 'all',
  });
}

export function evaluateLink(plan: LinkPlan, of: Topology, to: Topology, context: RenderContext): Topology {
  const both = evaluateReduce([of, to], context);
  const index = indexByKey(plan, to);
  const from = new IntVector();
  const target = new IntVector();
  const members = new MemberList();
  const ownTables = members.tablesOf(both);
  for (let row = 0; row < both.size; row++) members.addMembersOf(row, both.members, ownTables, row);
  const table = members.tableOf(to);
  for (let row = 0; row < both.size; row++) {
    const end = both.out.start[row + 1] as number;
    for (let e = both.out.start[row] as number; e < end; e++) {
      from.push(row);
      target.push(both.out.to[e] as number);
    }
  }
  forEachRow('link.from', of, (row) => {
    const source = both.rowOfSymbol(of.ids[row] as number);
    for (const key of plan.from(readNode(of, row))) {
      for (const match of index.get(key) ?? []) {
        from.push(source);
        target.push(both.rowOfSymbol(to.ids[match] as number));
        members.add(source, table, match);
      }
    }
  });
  return new Topology({
    name: both.name,
    symbols: both.symbols,
    ids: both.ids,
    kinds: both.kinds(),
    columns: both.columns,
    ...(both.columnRow === undefined ? {} : { columnRow: both.columnRow }),
    out: uniquePairs(both.size, both.size, from.view(), target.view()),
    members: members.finish(both.size),
    counts: both.counts,
  });
}

function indexByKey(plan: LinkPlan, to: Topology): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  const rows = Array.from({ length: to.size }, (_, row) => row).sort((a, b) =>
    to.symbols.compare(to.ids[a] as number, to.ids[b] as number),
  );
  for (const row of rows) {
    const key = plan.key(readNode(to, row));
    const known = index.get(key);
    if (known === undefined) index.set(key, [row]);
    else if (plan.matches === 'all') known.push(row);
  }
  return index;
}
