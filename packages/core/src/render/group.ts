import { forEachRow, inHook } from '../errors.ts';
import type { NodeId, TopologyName } from '../ids/node-id.ts';
import type { Sym } from '../ids/symbol-table.ts';
import { IntTable } from '../internal/int-table.ts';
import { IntVector } from '../internal/int-vector.ts';
import { type NodeReader, readNode } from '../model/node-reader.ts';
import { type Row, Topology } from '../model/topology.ts';
import { ColumnSources } from './column-sources.ts';
import type { RenderContext } from './context.ts';
import { MemberCounts } from './counts.ts';
import { followEdges } from './follow-edges.ts';
import { directMembers, gatherMembers, Placements } from './placements.ts';
import type { GroupContext, GroupPlan, GroupYield, Keying, Placement, Plan } from './plan.ts';

/** Where a function of a plugin puts a node: under one id, under several, nowhere, or on as it is. */
export type Destination = NodeId | readonly NodeId[] | typeof asItself | undefined;

/** The node goes on as it is. */
export const asItself: unique symbol = Symbol('ridgeline.asItself');

/** How {@link group} gathers. */
export interface GroupOptions {
  /** The topology of nodes that are made. */
  readonly into: TopologyName;
  /** The nodes the result starts with. */
  readonly onto?: Plan;
  /** Where each node goes: a function of the node, or a {@link Keying} from {@link keying}. */
  readonly by: ((node: NodeReader, context: RenderContext) => Destination) | { readonly keying: Keying };
  /** What becomes of pseudo nodes (only for a function): go on as they are (default), be dropped, or be asked like others. */
  readonly pseudo?: 'keep' | 'drop' | 'ask';
  /** Whether members of members are members too; default `deep`. */
  readonly members?: 'direct' | 'deep';
  /** Whether members are counted by topology; default true. */
  readonly counted?: boolean;
  /** Default `drop`: an edge inside a group is not shown. */
  readonly selfLoops?: 'keep' | 'drop';
  /** Default `follow`. */
  readonly edges?: 'follow' | 'none';
  /** What its nodes are, of a {@link Keying}, which nobody can look into; of a function of the node it is known. */
  readonly yields?: GroupYield | undefined;
}

/** Gathers nodes under others: edges follow, members are remembered. */
export function group(of: Plan, options: GroupOptions): GroupPlan {
  return Object.freeze({
    kind: 'group',
    of,
    onto: options.onto,
    into: options.into,
    by:
      typeof options.by === 'function' ? keyByNode(options.by, options.pseudo ?? 'keep') : options.by.keying,
    members: options.members ?? 'deep',
    counted: options.counted ?? true,
    selfLoops: options.selfLoops ?? 'drop',
    edges: options.edges ?? 'follow',
    yields:
      options.yields ??
      (typeof options.by === 'function' ? { makes: [options.into], passesRows: true } : undefined),
  });
}

/** Marks a function as one that works on rows and symbols: for keys that are looked up in columns. */
export function keying(of: Keying): { readonly keying: Keying } {
  return { keying: of };
}

function keyByNode(
  by: (node: NodeReader, context: RenderContext) => Destination,
  pseudo: 'keep' | 'drop' | 'ask',
): Keying {
  return ({ input, render }: GroupContext) =>
    (row, place) => {
      const node = readNode(input, row);
      if (pseudo !== 'ask' && node.pseudo) {
        if (pseudo === 'keep') place.as();
        return;
      }
      const to = by(node, render);
      if (to === undefined) return;
      if (to === asItself) place.as();
      else if (Array.isArray(to)) for (const id of to) place.under(internId(input, id));
      else place.under(internId(input, to));
    };
}

/** A plugin written without types may give anything. */
function internId(input: Topology, id: unknown): Sym {
  if (typeof id !== 'string') throw new TypeError(`gave ${String(id)}, which is no id`);
  return input.symbols.intern(id);
}

/** @param input - what is grouped; @param onto - what the result starts with */
export function evaluateGroup(
  plan: GroupPlan,
  input: Topology,
  onto: Topology,
  render: RenderContext,
): Topology {
  const grouping = new Grouping(plan, input, onto);
  const keyOf = inHook('group.by', () => plan.by({ input, onto, render }));
  forEachRow('group.by', input, (row) => grouping.place(row, keyOf));
  return grouping.finish();
}

/** The state of one evaluation: output rows are the rows of `onto`, then new ones in order of appearance. */
class Grouping implements Placement {
  readonly #plan: GroupPlan;
  readonly #input: Topology;
  readonly #onto: Topology;
  readonly #placed: Placements;
  readonly #kind: Sym;
  readonly #rows: IntTable;
  readonly #ids = new IntVector();
  readonly #kinds = new IntVector();
  readonly #columns = new ColumnSources();
  readonly #counts = new MemberCounts();
  /** By output row: the input row (plus one) that was put under it last, so that one put there twice counts once. */
  readonly #lastUnder = new IntVector();
  #row: Row = 0;

  constructor(plan: GroupPlan, input: Topology, onto: Topology) {
    this.#plan = plan;
    this.#input = input;
    this.#onto = onto;
    this.#placed = new Placements(input.size);
    this.#kind = input.symbols.intern(plan.into);
    this.#rows = new IntTable(onto.size + 64);
    for (let row = 0; row < onto.size; row++) {
      const out = this.#output(onto.ids[row] as number, onto.kindSymbol(row));
      this.#counts.addCountsOf(out, onto, row);
      this.#columns.add(out, onto.columns, onto.columnRowOf(row));
    }
  }

  place(row: Row, keyOf: (row: Row, place: Placement) => void): void {
    this.#row = row;
    keyOf(row, this);
    this.#placed.endRow(row);
  }

  under(id: Sym, kind: Sym = this.#kind): void {
    const row = this.#row;
    const out = this.#output(id, kind);
    if (this.#lastUnder.at(out) === row + 1) return;
    this.#lastUnder.set(out, row + 1);
    this.#placed.add(out, false);
    if (this.#plan.counted) this.#counts.add(out, this.#input.kindSymbol(row), 1);
  }

  as(id: Sym = this.#input.ids[this.#row] as number): void {
    const row = this.#row;
    const out = this.#output(id, this.#input.kindSymbol(row));
    this.#placed.add(out, true);
    this.#counts.addCountsOf(out, this.#input, row);
    this.#columns.add(out, this.#input.columns, this.#input.columnRowOf(row));
  }

  finish(): Topology {
    const { symbols } = this.#input;
    const plan = this.#plan;
    const onto = this.#onto;
    const input = this.#input;
    const placed = this.#placed;
    const size = this.#ids.length;
    return new Topology({
      name: this.#plan.into,
      symbols,
      ids: this.#ids.toArray(),
      kinds: this.#kinds.toArray(),
      ...this.#columns.finish(symbols, size),
      out: followEdges(input.out, placed.targets(plan.edges === 'follow'), size, plan.selfLoops),
      members: () => gatherMembers(plan, onto, input, placed, size),
      direct: directMembers(onto, input, placed, size),
      counts: this.#counts.finish(size),
    });
  }

  #output(id: Sym, kind: Sym): Row {
    const size = this.#ids.length;
    const out = this.#rows.getOrSet(id, size);
    if (out === size) {
      this.#ids.push(id);
      this.#kinds.push(kind);
      this.#lastUnder.push(0);
      return out;
    }
    // As in `reduce`: of two kinds the greater, or the order of rows would decide (law C2).
    const known = this.#kinds.at(out);
    if (known !== kind && this.#input.symbols.compare(kind, known) > 0) this.#kinds.set(out, kind);
    return out;
  }
}
