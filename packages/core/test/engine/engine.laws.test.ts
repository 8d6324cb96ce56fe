import {
  group,
  Interpreter,
  makeReport,
  mergeReports,
  type NodeId,
  type Plan,
  type Report,
  reduce,
  Slots,
  SymbolTable,
  select,
  where,
} from '@ridgeline/core';
import {
  actsAtTheSite,
  buildReport,
  buildTopology,
  dependsOnNoRenderOrder,
  givesTheSameObject,
  isSilentInside,
  law,
  layerEnvironment,
  layers,
  nodeFilters,
  plainReports,
  plainTopologies,
  plans,
  remembersRightly,
  reports,
  slotLaws,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

const options = { test: it };
const open = (): Interpreter => new Interpreter(layerEnvironment);

describe('slots', () => {
  slotLaws(
    mergeReports,
    () => {
      const slots = new Slots({});
      const origin = (slot: string) => ({ source: slot, host: 'h' });
      return {
        // The clock runs on so fast that any slot is stale: a report is never left out for being late.
        set: (slot, report) => void slots.put(origin(slot), report, received++ * 10, 1),
        remove: (slot) => slots.drop(origin(slot)),
        joined: () => slots.joined(),
      };
    },
    options,
  );
  let received = 0;
});

/** Reports of one table that share the topologies they do not change, as those of the engine do. */
const histories = fc
  .array(fc.tuple(fc.constantFrom('endpoint', 'process', 'container'), plainTopologies()), {
    minLength: 1,
    maxLength: 5,
  })
  .map((changes) => {
    const symbols = new SymbolTable();
    let topologies = new Map<string, ReturnType<typeof buildTopology>>();
    return changes.map(([name, nodes]): Report => {
      topologies = new Map([...topologies, [name, buildTopology(name, nodes, symbols)]]);
      return makeReport({ symbols, window: { from: 0, to: 1 }, topologies: topologies.values() });
    });
  });
const severalPlans = fc.array(
  plans(2).map(({ plan }) => plan),
  { minLength: 1, maxLength: 3 },
);

describe('the memo', () => {
  const sequence = fc.array(fc.tuple(fc.nat(2), fc.nat(4)), { maxLength: 12 });
  law(options, 'F1', 'memoised ≅ cold', [severalPlans, histories, sequence], (several, history, asked) =>
    remembersRightly(open(), open, several, history, asked),
  );
  law(
    options,
    'F2',
    'the same topologies, whatever else changed, give the same object',
    [plans(), plainReports(), plainTopologies()],
    ({ plan }, plain, other) => {
      const symbols = new SymbolTable();
      const report = buildReport(plain, symbols);
      const unread = buildTopology('unread', other, symbols);
      const alike = makeReport({ ...report, topologies: [...report.topologies.values(), unread] });
      return givesTheSameObject(open(), plan, report, alike);
    },
  );
  law(options, 'F7', 'the order of renders changes nothing', [severalPlans, reports()], (several, report) =>
    dependsOnNoRenderOrder(open, several, report, [...several.keys()].reverse()),
  );
});

describe('the layer of a view', () => {
  law(
    options,
    'D9',
    'inner silence: no clause and orphans kept filters 0',
    [plans(), reports()],
    ({ plan }, report) => isSilentInside(layerEnvironment, plan, report),
  );
  const key = fc.constantFrom<(site: Plan) => Plan>(
    (site) => group(site, { into: 'group:k', by: (node) => node.raw('k') as NodeId | undefined }),
    (site) => group(site, { into: 'group:k', by: (node) => node.set('k') as readonly NodeId[] }),
    (site) => group(site, { into: 'pseudo', by: (node) => node.raw('l') as NodeId | undefined }),
    (site) =>
      reduce(select('endpoint'), group(site, { into: 'group:k', by: (node) => node.raw('k') as NodeId })),
    (site) => where(reduce(site, select('process')), { kind: 'has', field: 'k' }),
  );
  law(
    options,
    'D13',
    'at a site: filter the members, render the rest, prune once',
    [key, reports({ topologies: ['endpoint', 'container'] }), layers(nodeFilters())],
    (planOf, report, layer) => actsAtTheSite(layerEnvironment, planOf, 'container', report, layer),
  );
});
