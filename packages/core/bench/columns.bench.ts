import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import {
  and,
  applyLayer,
  attributeField,
  compileLayer,
  coreFields,
  FieldCatalogue,
  type FilterEnvironment,
  foldLayer,
  group,
  Interpreter,
  keying,
  makeReport,
  mergeReports,
  NONE,
  not,
  type Plan,
  type Report,
  SymbolTable,
  select,
  type Topology,
  TopologyBuilder,
  test,
} from '@ridgeline/core';
import { clusterReports, makeCluster } from '@ridgeline/testkit';
import type { BenchCase, Weight } from '../../../scripts/bench/bench-case.ts';
import {
  type EndpointFacts,
  edges,
  endpoints,
  groupKey,
  hostKey,
  type MapNode,
  makeColumns,
  makeFacts,
  makeMaps,
  pidKey,
} from './big-graph.ts';
import { groupMaps, layerMaps } from './map-oracle.ts';

const environment: FilterEnvironment = {
  fields: new FieldCatalogue([
    ...coreFields,
    attributeField(groupKey, 'the group'),
    attributeField(pidKey, 'the pid'),
    attributeField(hostKey, 'the host'),
  ]),
  filters: new Map(),
};

const shared: { facts?: readonly EndpointFacts[]; report?: Report; maps?: Map<string, MapNode> } = {};
const theFacts = (): readonly EndpointFacts[] => (shared.facts ??= makeFacts());
const theReport = (): Report => (shared.report ??= makeColumns(theFacts()));
const theMaps = (): Map<string, MapNode> => (shared.maps ??= makeMaps(theFacts()));
const theEndpoints = (): Topology => theReport().topologies.get('endpoint') as Topology;

/** A new plan each time: nothing is remembered of the one before. */
function groupPlan(): Plan {
  return group(select('endpoint'), {
    into: 'group',
    by: keying(({ input }) => {
      const column = input.column(groupKey.key);
      return (row, place) => {
        const symbol = column[row] as number;
        if (symbol !== NONE) place.under(symbol);
      };
    }),
  });
}

const cold = new Interpreter(environment);

/** The groups of a topology as the oracle gives them. */
function asMaps(grouped: Topology): unknown {
  const { out, members, size } = grouped;
  const described: [string, string[], string[]][] = [];
  for (let row = 0; row < size; row++) {
    const ids: string[] = [];
    for (let m = members.start[row] as number; m < (members.start[row + 1] as number); m++) {
      ids.push((members.tables[members.table[m] as number] as Topology).idOf(members.row[m] as number));
    }
    const targets = Array.from(out.to.subarray(out.start[row], out.start[row + 1]), (to) => grouped.idOf(to));
    described.push([grouped.idOf(row), ids.sort(), targets.sort()]);
  }
  return described.sort(([a], [b]) => (a < b ? -1 : 1));
}

const expressions = [
  test('group', '~', '^group-1[0-9]*$'),
  test('pid', '>=', 1500),
  not(test('host', '=', 'host-7')),
] as const;
const predicates: readonly ((node: MapNode) => boolean)[] = [
  (node) => /^group-1\d*$/.test(node.latest.get('group')?.value as string),
  (node) => Number(node.latest.get('pid')?.value) >= 1500,
  (node) => node.latest.get('host')?.value !== 'host-7',
];

/** What a value keeps alive. Buffers are given back by another thread, some time after the garbage is found. */
async function weigh(make: () => unknown): Promise<Weight> {
  const used = async (): Promise<number> => {
    for (let n = 0; n < 4; n++) {
      globalThis.gc?.();
      await setTimeout(20);
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = await used();
  const kept = make();
  const amount = (await used()) - before;
  // It has to be alive while it is weighed.
  if (kept === undefined) throw new Error('nothing was made');
  return { amount, unit: 'bytes' };
}

export const benches: readonly BenchCase[] = [
  {
    name: 'core/group-oracle',
    prepare() {
      const maps = theMaps();
      return { run: () => groupMaps(maps, 'group') };
    },
  },
  {
    name: 'core/group',
    baseline: 'core/group-oracle',
    ask: { atLeast: 8 },
    prepare() {
      const report = theReport();
      const oracle = [...groupMaps(theMaps(), 'group')]
        .map(([name, { members, adjacency }]) => [name, members.sort(), [...adjacency].sort()] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      deepStrictEqual(asMaps(cold.interpret(groupPlan(), report)), oracle);
      return {
        // The oracle gathers members too: they are asked for, in case they are made only then.
        run: () => cold.interpret(groupPlan(), report).members.row,
        note: () => `${endpoints} endpoints, ${theEndpoints().out.to.length} edges, ${oracle.length} groups`,
      };
    },
  },
  {
    name: 'core/layer-oracle',
    prepare() {
      const maps = theMaps();
      return { run: () => layerMaps(maps, predicates) };
    },
  },
  {
    name: 'core/layer',
    baseline: 'core/layer-oracle',
    ask: { atLeast: 5 },
    prepare() {
      const topology = theEndpoints();
      const layer = foldLayer(
        [{ expr: and(...expressions), pseudo: 'test', from: { kind: 'request' } }],
        'drop',
      );
      const compiled = compileLayer(layer, environment);
      const { ledger, topology: shown } = applyLayer(topology, compiled, { now: 0 });
      const oracle = layerMaps(theMaps(), predicates);
      // The layer sorts its clauses by id: they are compared as a set.
      const pairs = (some: readonly (readonly [number, number])[]) => some.map(String).sort();
      strictEqual(ledger.clauses.length, predicates.length);
      deepStrictEqual(
        pairs(ledger.clauses.map(({ rejected, only }) => [rejected, only])),
        pairs(oracle.ledger.rejected.map((rejected, p) => [rejected, oracle.ledger.only[p] as number])),
      );
      deepStrictEqual(
        [ledger.shown, ledger.orphaned, ledger.edges.shown, shown.size],
        [oracle.ledger.shown, oracle.ledger.orphaned, oracle.ledger.edges, oracle.shown.size],
      );
      deepStrictEqual(
        Array.from({ length: shown.size }, (_, row) => shown.idOf(row)).sort(),
        [...oracle.shown.keys()].sort(),
      );
      return {
        run: () => applyLayer(topology, compiled, { now: 0 }),
        note: () => `${ledger.shown} of ${ledger.total} shown`,
      };
    },
  },
  {
    name: 'core/memory-oracle',
    prepare() {
      const facts = theFacts();
      return { weigh: () => weigh(() => makeMaps(facts)) };
    },
  },
  {
    name: 'core/memory',
    baseline: 'core/memory-oracle',
    ask: { atLeast: 3 },
    prepare() {
      const facts = theFacts();
      return {
        weigh: () =>
          weigh(() => {
            const report = makeColumns(facts);
            // What is made when it is first asked for is there as well: the index of rows, the closed edges.
            const topology = report.topologies.get('endpoint') as Topology;
            strictEqual(topology.rowOf(topology.idOf(0)), 0);
            strictEqual(topology.out.to.length > edges / 2, true);
            return report;
          }),
      };
    },
  },
  {
    name: 'core/render-unchanged',
    prepare() {
      const interpreter = new Interpreter(environment);
      const plan = groupPlan();
      const report = theReport();
      const first = interpreter.interpret(plan, report);
      const alike = makeReport({ ...report, topologies: report.topologies.values() });
      strictEqual(interpreter.interpret(plan, alike), first);
      return { run: () => interpreter.interpret(plan, alike) };
    },
  },
  {
    name: 'core/merge-50-hosts',
    prepare() {
      const symbols = new SymbolTable();
      const shape = {
        seed: 1,
        hosts: 50,
        containersPerHost: 40,
        processesPerContainer: 2,
        connections: 100_000,
      };
      const reports = clusterReports(makeCluster(shape), symbols);
      const nodes = (report: Report): number =>
        [...report.topologies.values()].reduce((sum, topology) => sum + topology.size, 0);
      const merged = mergeReports(symbols, reports);
      return { run: () => mergeReports(symbols, reports), note: () => `${nodes(merged)} nodes` };
    },
  },
  {
    name: 'core/build',
    prepare() {
      const facts = theFacts();
      const symbols = new SymbolTable();
      const rows = facts.map(({ id, group: of, pid, host, to }) => ({
        id: symbols.intern(id),
        values: [symbols.intern(of), symbols.intern(pid), symbols.intern(host)] as const,
        to: to.map((target) => symbols.intern((facts[target] as EndpointFacts).id)),
      }));
      const keys = [groupKey, pidKey, hostKey].map(({ key }) => symbols.intern(key)) as [
        number,
        number,
        number,
      ];
      let rowsPerSecond = 0;
      return {
        run: () => {
          const start = performance.now();
          const builder = new TopologyBuilder('endpoint', symbols, 0);
          for (const { id, values, to } of rows) {
            const row = builder.rowOfSymbol(id);
            builder.setSymbol(row, keys[0], values[0]);
            builder.setSymbol(row, keys[1], values[1]);
            builder.setSymbol(row, keys[2], values[2]);
            for (const target of to) builder.edgeSymbol(row, target);
          }
          const topology = builder.build();
          rowsPerSecond = Math.max(rowsPerSecond, (1000 * topology.size) / (performance.now() - start));
          return topology;
        },
        note: () =>
          `${Math.round(rowsPerSecond).toLocaleString('en')} rows/s at best, 3 values and 2 edges a row`,
      };
    },
  },
];
