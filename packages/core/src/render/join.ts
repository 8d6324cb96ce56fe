import { NONE, type Sym } from '../ids/symbol-table.ts';
import { IntTable } from '../internal/int-table.ts';
import { type NodeReader, readNode } from '../model/node-reader.ts';
import type { Topology } from '../model/topology.ts';
import { group, keying } from './group.ts';
import type { GroupContext, GroupPlan, GroupYield, Keying, Placement, Plan } from './plan.ts';

/** How {@link join} finds the node that a row belongs to. */
export interface JoinOptions {
  /** The nodes that are looked up; the result starts with them. */
  readonly onto: Plan;
  /** The topology of nodes that are made. */
  readonly into: string;
  /** The keys by which a node of `onto` is found. A key of two nodes finds neither: silence beats a wrong edge. */
  readonly keys: (node: NodeReader) => readonly string[];
  /** The keys a row looks for, one column (of symbols) each: the first that any node has decides. */
  readonly lookups: (input: Topology) => readonly Int32Array[];
  /** Asked first of each row: places it itself and answers true, or leaves it to the keys. */
  readonly before?: (context: GroupContext) => (row: number, place: Placement) => boolean;
  /** What its nodes are beside those of `onto`, where `before` places rows; without it none are made. */
  readonly yields?: GroupYield;
}

/** Puts each row under the node it finds by a key; members are not counted, a row that finds nothing is dropped. */
export function join(of: Plan, options: JoinOptions): GroupPlan {
  return group(of, {
    onto: options.onto,
    into: options.into,
    by: keying(keyByLookup(options)),
    members: 'direct',
    counted: false,
    selfLoops: 'keep',
    yields: options.yields ?? (options.before === undefined ? { makes: [], passesRows: false } : undefined),
  });
}

/** Marks a key that several nodes have. */
const VOID = 0x7fffffff;

function keyByLookup({ keys, lookups, before }: JoinOptions): Keying {
  return (context) => {
    const { input, onto } = context;
    const index = indexKeys(onto, keys);
    const columns = lookups(input);
    const placeBefore = before?.(context);
    return (row, place) => {
      if (placeBefore?.(row, place) === true) return;
      for (const column of columns) {
        const key = column[row] as number;
        const found = key === NONE ? NONE : index.get(key);
        if (found === NONE) continue;
        if (found !== VOID) place.under(onto.ids[found] as Sym, onto.kindSymbol(found));
        return;
      }
    };
  };
}

/** The row of each key; {@link VOID} for a key that occurs twice, be it on one node. */
function indexKeys(onto: Topology, keys: (node: NodeReader) => readonly string[]): IntTable {
  const index = new IntTable(onto.size * 2);
  for (let row = 0; row < onto.size; row++) {
    for (const key of keys(readNode(onto, row))) {
      const symbol = onto.symbols.intern(key);
      const known = index.get(symbol);
      index.set(symbol, known === NONE ? row : VOID);
    }
  }
  return index;
}
