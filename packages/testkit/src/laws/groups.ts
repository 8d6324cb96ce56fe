/** Laws C4, C5, C7, C8 of the combinators: `group`, `join` and `reduce` against their definitions. */
import {
  custom,
  emptyReport,
  evaluateReduce,
  group,
  Interpreter,
  join,
  keying,
  type Plan,
  type RenderContext,
  SymbolTable,
  type Topology,
} from '@ridgeline/core';
import { buildGraph } from '../arbitrary/graphs.ts';
import type { GroupingDraft, JoinDraft } from '../arbitrary/groupings.ts';
import { layerEnvironment } from '../arbitrary/layers.ts';
import { groupOracle } from '../oracle/group-oracle.ts';
import { joinOracle } from '../oracle/join-oracle.ts';
import { canonicalText } from '../plain/canonical-text.ts';
import { describeGraph } from '../plain/plain-graph.ts';
import { topologyText } from '../plain/same.ts';

/** A grouping that has been evaluated. */
export interface Grouped {
  readonly input: Topology;
  readonly onto: Topology;
  readonly output: Topology;
}

/** A plan that always yields one topology. */
export function constantPlan(topology: Topology): Plan {
  return custom('constant', [], () => topology);
}

/** Follows a plan that reads no report. */
export function follow(plan: Plan, symbols: SymbolTable): Topology {
  return new Interpreter(layerEnvironment).interpret(plan, emptyReport(symbols));
}

/** Evaluates a grouping by core. */
export function evaluateGrouping({ input, onto, placements, rules }: GroupingDraft): Grouped {
  const symbols = new SymbolTable();
  const of = buildGraph(input, symbols);
  const start = buildGraph(onto, symbols);
  const plan = group(constantPlan(of), {
    ...rules,
    onto: constantPlan(start),
    by: keying(({ input: rows }) => (row, place) => {
      for (const placement of placements.get(rows.idOf(row)) ?? []) {
        const id = symbols.intern(placement.id);
        if (placement.how === 'as') place.as(id);
        else if (placement.kind === undefined) place.under(id);
        else place.under(id, symbols.intern(placement.kind));
      }
    }),
  });
  return { input: of, onto: start, output: follow(plan, symbols) };
}

/** C8: columnar `group` ≅ the oracle: multigraphs, several targets, no rows, the last row. */
export function groupsAsTheOracle(draft: GroupingDraft): boolean {
  const { input, onto, output } = evaluateGrouping(draft);
  const oracle = groupOracle(
    describeGraph(input),
    describeGraph(onto),
    (id) => draft.placements.get(id) ?? [],
    draft.rules,
  );
  return topologyText(output) === canonicalText(oracle);
}

/** C8: columnar `join` ≅ the oracle: missing keys, keys of two nodes, several lookups. */
export function joinsAsTheOracle({ input, onto, key, bySet, lookups }: JoinDraft): boolean {
  const symbols = new SymbolTable();
  const of = buildGraph(input, symbols);
  const start = buildGraph(onto, symbols);
  const plan = join(constantPlan(of), {
    into: 'joined',
    onto: constantPlan(start),
    keys: (node) => {
      const value = node.raw(key);
      return [...(value === undefined ? [] : [value]), ...(bySet ? node.set(key) : [])];
    },
    lookups: (rows) => lookups.map((lookup) => rows.column(lookup)),
  });
  const oracle = joinOracle(describeGraph(of), describeGraph(start), {
    into: 'joined',
    keys: (node) => {
      const latest = node.latest.get(key);
      return [...(latest === undefined ? [] : [latest[0]]), ...(bySet ? (node.sets.get(key) ?? []) : [])];
    },
    lookups: (node) => lookups.map((lookup) => node.latest.get(lookup)?.[0]),
  });
  return topologyText(follow(plan, symbols)) === canonicalText(oracle);
}

/**
 * C4: X→Y in a grouping ⇔ some x→y in its input with x ∈ members(X), y ∈ members(Y); only where nothing but `under`
 * places nodes, members are direct, and edges follow.
 */
export function groupsEdgesExactly(draft: GroupingDraft): boolean {
  const onlyUnder = new Map(
    [...draft.placements].map(([id, list]) => [id, list.filter((placement) => placement.how === 'under')]),
  );
  const { input, output } = evaluateGrouping({
    ...draft,
    onto: { nodes: [], edges: [] },
    placements: onlyUnder,
    rules: { ...draft.rules, members: 'direct', edges: 'follow' },
  });
  const before = describeGraph(input).nodes;
  const after = describeGraph(output).nodes;
  return [...after].every(([from, tail]) =>
    [...after].every(([to, head]) => {
      const reported = tail.members.some((x) => before.get(x)?.out.some((y) => head.members.includes(y)));
      const loop = from === to && draft.rules.selfLoops === 'drop';
      return tail.out.includes(to) === (reported && !loop);
    }),
  );
}

/** `reduce` on topologies of one table, as the interpreter runs it. */
export function reduceOf(symbols: SymbolTable): (branches: readonly Topology[]) => Topology {
  const context: Pick<RenderContext, 'symbols'> = { symbols };
  return (branches) => evaluateReduce(branches, context as RenderContext);
}
