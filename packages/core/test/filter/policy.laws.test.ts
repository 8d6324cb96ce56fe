import {
  applyPolicy,
  test as compare,
  compilePolicy,
  definePlugin,
  defineRenderer,
  defineTopology,
  defineView,
  group,
  makeReport,
  type NodeId,
  RidgelineError,
  reduce,
  SymbolTable,
  select,
} from '@ridgeline/core';
import {
  buildReport,
  buildTopology,
  engineOutputs,
  law,
  layerEnvironment,
  layerFields,
  leaksNothing,
  type PlainNode,
  type PlainReport,
  plainTopologies,
  rewritesOnce,
  SECRET,
  secretPolicy,
  secretReports,
} from '@ridgeline/testkit';
import { describe, expect, it } from 'vitest';

const options = { test: it };
const rules = { belongings: [], addresses: new Map(), hosts: new Map() };

const plugin = definePlugin({
  name: 'seen',
  contribute: () => ({
    topologies: [defineTopology({ name: 'endpoint' }), defineTopology({ name: 'process' })],
    fields: layerFields.filter(({ name }) => ['k', 'l', 'set.k', 'metric.k'].includes(name)),
    views: [
      defineView({
        name: 'all',
        label: 'All',
        renderer: defineRenderer({
          name: 'all',
          plan: reduce(select('endpoint'), select('process'), select('container')),
        }),
      }),
      defineView({
        name: 'by-container',
        label: 'By container',
        renderer: defineRenderer({
          name: 'by-container',
          plan: group(reduce(select('endpoint'), select('process')), {
            into: 'container',
            onto: select('container'),
            by: (node) => node.parents('container') as readonly NodeId[],
          }),
        }),
      }),
    ],
  }),
})();

describe('a policy', () => {
  const filters = [{ expr: compare('k', '=', 'x'), from: { kind: 'request' } as const }];
  const outputs = engineOutputs(
    [plugin],
    [
      { view: 'all', orphans: 'keep' },
      { view: 'by-container', filters, orphans: 'drop' },
    ],
  );
  law(
    options,
    'D15',
    'reports that differ only in what it removes give the same outputs, byte for byte',
    [secretReports()],
    ([plain, withSecrets]) =>
      leaksNothing(
        secretPolicy(),
        outputs,
        buildReport(plain, new SymbolTable()),
        buildReport(withSecrets, new SymbolTable()),
        SECRET,
      ),
  );
  law(
    options,
    'D15',
    'the same topologies give the same objects, a second time removes nothing',
    [secretReports(), plainTopologies()],
    ([, withSecrets], other) => {
      const symbols = new SymbolTable();
      const report = buildReport(withSecrets, symbols);
      const more = buildTopology('other', other, symbols);
      return rewritesOnce(
        secretPolicy(),
        report,
        makeReport({ ...report, topologies: [...report.topologies.values(), more] }),
      );
    },
  );

  law(
    options,
    'D15',
    'what goes is what it hides, and what names an owner and no visible one',
    [secretReports()],
    ([, withSecrets]) => {
      const seen = applyPolicy(buildReport(withSecrets, new SymbolTable()), secretPolicy());
      return [...visibleNodes(withSecrets)].every(
        ([kind, ids]) =>
          (seen.topologies.get(kind)?.size ?? 0) === ids.size &&
          [...ids].every((id) => seen.topologies.get(kind)?.rowOf(id) !== undefined),
      );
    },
  );

  it('gives the report itself when it removes nothing', () => {
    const report = makeReport({ symbols: new SymbolTable(), window: { from: 0, to: 1 }, topologies: [] });
    const hide = [{ topology: 'process', filter: compare('k', '=', 'x') }];

    expect(applyPolicy(report, compilePolicy({ hide, redact: [] }, layerEnvironment, rules))).toBe(report);
  });

  it('refuses a filter that reads edges', () => {
    const hide = [{ topology: 'process', filter: compare('degree', '>', 1) }];

    expect(() => compilePolicy({ hide, redact: [] }, layerEnvironment, rules)).toThrow(RidgelineError);
  });
});

/** The oracle: takes nodes away, one by one, until each that is left may stay. */
function visibleNodes({ topologies }: PlainReport): ReadonlyMap<string, ReadonlySet<string>> {
  const left = new Map([...topologies].map(([kind, nodes]) => [kind, new Set(nodes.keys())] as const));
  const has = (kind: string, id: string): boolean => left.get(kind)?.has(id) === true;
  const mayStay = (kind: string, { latest, parents, sets }: PlainNode): boolean => {
    if (latest.get('k')?.[0] === SECRET) return false;
    for (const [to, ids] of parents) {
      // Of topologies that are never hidden any parent will do.
      const isHidden = ['endpoint', 'process', 'container'].includes(to);
      if (isHidden && ids.length > 0 && !ids.some((id) => has(to, id))) return false;
    }
    const owners = kind === 'endpoint' ? (sets.get('owner') ?? []) : [];
    return owners.length === 0 || owners.some((owner) => has('process', owner.replace('called ', '')));
  };
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (const [kind, nodes] of topologies) {
      for (const [id, node] of nodes) {
        if (!has(kind, id) || mayStay(kind, node)) continue;
        left.get(kind)?.delete(id);
        isDone = false;
      }
    }
  }
  return left;
}
