import type { TopologyName } from '../ids/node-id.ts';
import type { Sym } from '../ids/symbol-table.ts';
import type { NodeReader } from '../model/node-reader.ts';
import type { Row, Topology } from '../model/topology.ts';
import type { RenderContext } from './context.ts';
import type { DecorationWriter } from './decorate.ts';
import type { SilentFilter } from './where.ts';

/**
 * How a topology is made of a report: a sentence of combinators, frozen data with functions only at its leaves.
 *
 * A plan yields a topology and nothing else: there is no place in it for a count, so a filter inside it is
 * silent by construction.
 */
export type Plan =
  | SelectPlan
  | GroupPlan
  | ReducePlan
  | WherePlan
  | DecoratePlan
  | WhenPlan
  | LinkPlan
  | CustomPlan;

/** The reported topology of a name; empty when no source reports it. */
export interface SelectPlan {
  readonly kind: 'select';
  readonly topology: TopologyName;
}

/** Where the rows of a {@link GroupPlan}'s input go: called at most a few times for each row. */
export interface Placement {
  /** The row becomes a member of the node `id`, which is made (of topology `kind`, else the plan's) when new. */
  under(id: Sym, kind?: Sym): void;
  /** The row goes on as a node of its own, under its own id or another; equal ids are merged. */
  as(id?: Sym): void;
}

/** What decides where rows go; compiled once for each input. */
export type Keying = (context: GroupContext) => (row: Row, place: Placement) => void;

/** What a {@link Keying} may look at. */
export interface GroupContext {
  readonly input: Topology;
  /** The nodes the result starts with; empty when the plan names none. */
  readonly onto: Topology;
  readonly render: RenderContext;
}

/** Rows of one topology gathered under nodes of another; edges follow their ends. */
export interface GroupPlan {
  readonly kind: 'group';
  readonly of: Plan;
  readonly onto: Plan | undefined;
  /** The topology of nodes that are made. */
  readonly into: TopologyName;
  readonly by: Keying;
  /** `deep`: a member's own members become members too. */
  readonly members: 'direct' | 'deep';
  /** Whether members are counted by topology on the nodes they go under. */
  readonly counted: boolean;
  readonly selfLoops: 'keep' | 'drop';
  /** `none`: rows that go under a node do not bring their edges along. */
  readonly edges: 'follow' | 'none';
  /** What its nodes are beside those of `onto` and pseudo nodes; `undefined`: nobody says. */
  readonly yields: GroupYield | undefined;
}

/** Of which topologies the nodes of a group are: a filter that asks for what they never have can then be told. */
export interface GroupYield {
  /** The topologies of nodes that are made. */
  readonly makes: readonly TopologyName[];
  /** Whether rows that are no pseudo nodes may go on as they are. */
  readonly passesRows: boolean;
}

/** The union of topologies: nodes by id, merged as in a report. */
export interface ReducePlan {
  readonly kind: 'reduce';
  readonly of: readonly Plan[];
}

/** The nodes for which a filter holds. Silent: nothing counts what it drops. */
export interface WherePlan {
  readonly kind: 'where';
  readonly of: Plan;
  readonly filter: SilentFilter;
}

/** The same nodes and edges, with more known of the nodes. */
export interface DecoratePlan {
  readonly kind: 'decorate';
  readonly of: Plan;
  readonly name: string;
  /** The keys of what it may write, for law E2. */
  readonly writes: readonly string[];
  readonly by: (
    context: RenderContext,
    input: Topology,
  ) => (node: NodeReader, write: DecorationWriter, row: Row) => void;
}

/** A plan that is followed only when a condition on the report holds; else the result is empty. */
export interface WhenPlan {
  readonly kind: 'when';
  readonly of: Plan;
  readonly name: string;
  readonly holds: (context: RenderContext) => boolean;
}

/** All nodes of two topologies, with an edge and a membership from a node to those it matches. */
export interface LinkPlan {
  readonly kind: 'link';
  readonly of: Plan;
  readonly to: Plan;
  /** The keys a node looks for. */
  readonly from: (node: NodeReader) => readonly string[];
  /** The key a node of `to` is found by. */
  readonly key: (node: NodeReader) => string;
  /** `first`: of several nodes with one key only the first by id is linked. */
  readonly matches: 'all' | 'first';
}

/** Any pure function of topologies: the way out when no combinator fits. */
export interface CustomPlan {
  readonly kind: 'custom';
  readonly name: string;
  readonly of: readonly Plan[];
  readonly render: (inputs: readonly Topology[], context: RenderContext) => Topology;
}
