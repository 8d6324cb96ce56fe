import {
  decorate,
  defineRenderer,
  type FilterExpr,
  group,
  Interpreter,
  join,
  type NodeId,
  reduce,
  SymbolTable,
  select,
  type Topology,
  textAttribute,
  where,
} from '@ridgeline/core';
import {
  buildGraph,
  commutesWithFilter,
  constantPlan,
  evaluateGrouping,
  follow,
  graphDrafts,
  groupings,
  groupsAsTheOracle,
  groupsEdgesExactly,
  joins,
  joinsAsTheOracle,
  law,
  layerEnvironment,
  nodeFilters,
  onlyWrites,
  partitions,
  plans,
  pushesDown,
  reduceOf,
  reducesInAnyOrder,
  reducesInParts,
  rendererLaws,
  reports,
  sameTopology,
  tieValues,
  topologies,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

const options = { test: it };

describe('group and join', () => {
  law(options, 'C4', 'X→Y ⇔ some x→y with x ∈ members(X), y ∈ members(Y)', [groupings()], groupsEdgesExactly);
  law(options, 'C5', 'a single-valued key partitions what it maps', [groupings()], (draft) => {
    const single = new Map([...draft.placements].map(([id, list]) => [id, list.slice(0, 1)]));
    const { input, output } = evaluateGrouping({ ...draft, placements: single });
    return partitions(output, input);
  });
  law(
    options,
    'C5',
    'gathered directly, a node has the members that are visited one by one',
    [groupings()],
    (draft) => {
      const asked = { ...draft, rules: { ...draft.rules, members: 'direct' as const } };
      const { output } = evaluateGrouping(asked);
      return Array.from({ length: output.size }, (_, row) => row).every((row) => {
        const visited = new Set<string>();
        output.eachDirectMember(row, (from, member) => visited.add(from.idOf(member)));
        const { start, table, row: rows, tables } = output.members;
        const gathered = new Set<string>();
        for (let m = start[row] as number; m < (start[row + 1] as number); m++)
          gathered.add((tables[table[m] as number] as Topology).idOf(rows[m] as number));
        return [...visited].sort().join() === [...gathered].sort().join();
      });
    },
  );
  law(options, 'C8', 'columnar group ≅ the oracle', [groupings()], groupsAsTheOracle);
  law(options, 'C8', 'columnar join ≅ the oracle', [joins()], joinsAsTheOracle);
});

describe('reduce', () => {
  const branches = fc.array(graphDrafts(), { minLength: 1, maxLength: 3 });
  law(
    options,
    'C7',
    'commutative and idempotent',
    [branches, fc.array(fc.nat(2), { maxLength: 3 })],
    (drafts, repeated) => {
      const symbols = new SymbolTable();
      const built = drafts.map((draft) => buildGraph(draft, symbols));
      const order = [...repeated.filter((i) => i < built.length), ...built.keys()].reverse();
      return reducesInAnyOrder(reduceOf(symbols), built, order);
    },
  );
  law(
    options,
    'C7',
    'commutative and idempotent, with members and counts',
    [fc.array(plans(2), { minLength: 1, maxLength: 3 }), reports(), fc.array(fc.nat(2), { maxLength: 3 })],
    (drafted, report, repeated) => {
      const interpreter = new Interpreter(layerEnvironment);
      const built = drafted.map(({ plan }) => interpreter.interpret(plan, report));
      const order = [...repeated.filter((i) => i < built.length), ...built.keys()].reverse();
      return reducesInAnyOrder(reduceOf(report.symbols), built, order);
    },
  );
  law(
    options,
    'C7',
    'a branch beside its like is that branch, counts and all',
    [plans(2), reports()],
    ({ plan }, report) => {
      const [one, like] = [0, 1].map(() => new Interpreter(layerEnvironment).interpret(plan, report)) as [
        Topology,
        Topology,
      ];
      return sameTopology(reduceOf(report.symbols)([one, like]), one);
    },
  );
  law(options, 'C7', 'associative', [graphDrafts(), graphDrafts(), graphDrafts()], (a, b, c) => {
    const symbols = new SymbolTable();
    return reducesInParts(
      reduceOf(symbols),
      buildGraph(a, symbols),
      buildGraph(b, symbols),
      buildGraph(c, symbols),
    );
  });
});

describe('decorate', () => {
  const written = textAttribute('written');
  const decorated = (topology: ReturnType<typeof buildGraph>): ReturnType<typeof buildGraph> =>
    follow(
      decorate(constantPlan(topology), {
        name: 'writes',
        writes: ['written', 'host'],
        by: () => (node, write) => {
          const value = node.raw('k');
          if (value === undefined) return;
          write.set(written, value);
          write.setParents('host', [value as NodeId]);
        },
      }),
      topology.symbols,
    );
  law(options, 'E1', 'nodes and edges stay, only what it writes changes', [topologies()], (topology) =>
    onlyWrites(decorated, ['written', 'host'], topology),
  );
  const unread = nodeFilters().filter((expr) => !JSON.stringify(expr).includes('parent.host'));
  law(
    options,
    'E2',
    'it commutes with a filter that reads none of what it writes',
    [topologies(), unread],
    (topology, expr) =>
      commutesWithFilter(decorated, (of) => follow(where(constantPlan(of), expr), of.symbols), topology),
  );
});

describe('a filter on the key of a group', () => {
  const onValue = (field: string, value: string): FilterExpr => ({
    kind: 'compare',
    field,
    op: '=',
    value: { kind: 'string', value },
  });
  law(
    options,
    'D12',
    'before the group ≅ after it',
    [topologies(), fc.constantFrom(...tieValues)],
    (topology, value) =>
      pushesDown(
        layerEnvironment,
        (of) =>
          follow(
            group(constantPlan(of), {
              into: 'group:k',
              pseudo: 'drop',
              by: (node) => node.raw('k') as NodeId | undefined,
            }),
            of.symbols,
          ),
        topology,
        onValue('k', value),
        onValue('id', value),
      ),
  );
});

const byKey = group(select('process'), {
  into: 'group:k',
  by: (node) => node.raw('k') as NodeId | undefined,
});
const withLoops = group(reduce(select('process'), select('endpoint')), {
  into: 'group:k',
  selfLoops: 'keep',
  by: (node) => node.raw('k') as NodeId | undefined,
});
const joined = join(select('endpoint'), {
  into: 'process',
  onto: select('process'),
  keys: (node) => node.set('k'),
  lookups: (input) => [input.column('k')],
});

describe('a renderer that declares nothing', () => {
  rendererLaws(defineRenderer({ name: 'by-key', plan: byKey }), { test: it, reports: reports() });
});

describe('a renderer with loops, that is not monotone', () => {
  rendererLaws(
    defineRenderer({ name: 'with-loops', plan: withLoops, declares: { selfLoops: 'keep', monotone: false } }),
    { test: it, reports: reports() },
  );
});

describe('a join: silence beats a wrong edge', () => {
  rendererLaws(
    defineRenderer({ name: 'joined', plan: joined, declares: { selfLoops: 'keep', monotone: false } }),
    { test: it, reports: reports({ topologies: ['endpoint', 'process'] }) },
  );
});

describe('a renderer that takes nodes as they are', () => {
  rendererLaws(
    defineRenderer({
      name: 'as-reported',
      plan: select('process'),
      declares: { selfLoops: 'keep', monotone: true },
    }),
    { test: it, reports: reports() },
  );
});
