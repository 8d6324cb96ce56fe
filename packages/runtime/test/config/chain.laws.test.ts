import {
  definePlugin,
  defineView,
  Engine,
  type normalize,
  type OptionGroup,
  type Plugin,
  parseFilter,
  printFilter,
  type Report,
  SymbolTable,
  type ViewRequest,
} from '@ridgeline/core';
import { builtinFilters } from '@ridgeline/filters-builtin';
import { processes } from '@ridgeline/renderers-builtin';
import { clusterReports, clusters, describeGraph, law, layerOracle } from '@ridgeline/testkit';
import { topologies, vocabularyFields } from '@ridgeline/vocabulary';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { ConfigFolder } from './config-folder.ts';

// Issue 4: a chain of 6 clauses from view, config and flag on generated clusters: the ledger equal to brute force, the
// same for random permutations, each clause's `from` right.

const folder = new ConfigFolder();
afterAll(() => folder.remove());

/** No two mean the same, and none is a conjunction, which would be split. */
const POOL = [
  'name = nginx',
  'not name = redis',
  'name ~ "^[a-m]"',
  'name in (api, cart, worker, search)',
  'not name = billing or degree > 1',
  'degree > 0',
  'not topology = container',
  'id ~ "^host-[01]"',
  'has(name)',
  'name = api or degree < 2',
  'not name ~ "x$"',
];

const exprOf = (text: string): ReturnType<typeof normalize> => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.expr;
};

/** The processes of a cluster, in a view with two options that each contribute a clause. */
function world(options: readonly string[]): readonly Plugin[] {
  const groups = options.map(
    (text, i): OptionGroup => ({
      id: `option-${i}`,
      default: 'on',
      selectType: 'one',
      values: [
        { value: 'on', label: 'On', clauses: [{ expr: exprOf(text) }] },
        { value: 'off', label: 'Off' },
      ],
    }),
  );
  const view = defineView({ name: 'chain', label: 'Chain', renderer: processes, options: groups });
  const plugin = definePlugin({
    name: 'world',
    contribute: () => ({ topologies, fields: vocabularyFields, filters: builtinFilters, views: [view] }),
  });
  return [plugin()];
}

/** Six clauses: two of options, one of the base for all views, two of the config for the view, one of a flag. */
async function engineOf(
  [first, second, base, named, plain, flag]: readonly string[],
  reports: readonly Report[],
  order: 'as it is' | 'reversed',
): Promise<{ readonly engine: Engine; readonly request: ViewRequest }> {
  const list = (texts: readonly unknown[]): unknown => (order === 'reversed' ? [...texts].reverse() : texts);
  folder.write({
    'base.json': JSON.stringify({ views: { all: { filters: [base] } } }),
    'ridgeline.config.yaml': JSON.stringify({
      extends: './base.json',
      filters: { mine: named },
      views: { chain: { filters: list(['mine', plain]), orphans: 'drop' } },
    }),
  });
  const config = await folder.load({ plugins: world([first as string, second as string]), sources: [] });
  const engine = new Engine({ plugins: config.plugins, settings: config.settings });
  for (const [i, report] of reports.entries()) {
    engine.ingest({ source: 'cluster', host: `host-${i}` }, report, 1000, { now: 0, monotonic: 0 });
  }
  const read = config.filters.read(flag, { kind: 'request' });
  if (!read.ok) throw new Error(flag);
  return { engine, request: { view: 'chain', filters: [read.clause] } };
}

law<[readonly string[], Parameters<typeof clusterReports>[0]]>(
  { test: it },
  'D16',
  'six clauses of view, config and flag: ledger = brute force, whatever their order, each from where it was written',
  [fc.shuffledSubarray(POOL, { minLength: 6, maxLength: 6 }), clusters()],
  async (texts, cluster) => {
    const reports = clusterReports(cluster, new SymbolTable());
    const { engine, request } = await engineOf(texts, reports, 'as it is');
    const whole = describeGraph(engine.render({ view: 'chain', raw: true, orphans: 'keep' }).topology);

    const snapshot = engine.render(request);

    const layer = engine.layer(request);
    const { graph, ledger } = layerOracle(whole, layer);
    expect(layer.clauses).toHaveLength(6);
    expect(layer.orphans).toBe('drop');
    expect(snapshot.ledger).toMatchObject(ledger);
    expect([...describeGraph(snapshot.topology).nodes.keys()].sort()).toEqual([...graph.nodes.keys()].sort());
    const origins = new Map(snapshot.ledger.clauses.map(({ text, from }) => [text, from]));
    const [first, second, base, named, plain, flag] = texts.map((text) => printFilter(exprOf(text)));
    expect(origins).toEqual(
      new Map([
        [first, [{ kind: 'option', group: 'option-0', value: 'on' }]],
        [second, [{ kind: 'option', group: 'option-1', value: 'on' }]],
        [base, [{ kind: 'config', path: 'base.json#views.all.filters[0]' }]],
        [named, [{ kind: 'config', path: 'ridgeline.config.yaml#views.chain.filters[0]' }]],
        [plain, [{ kind: 'config', path: 'ridgeline.config.yaml#views.chain.filters[1]' }]],
        [flag, [{ kind: 'request' }]],
      ]),
    );

    // Another order: options, chains and flags change places, and so do the clauses of the config.
    const [a, b, c, d, e, f] = texts as [string, string, string, string, string, string];
    const permuted = await engineOf([f, e, d, c, b, a], reports, 'reversed');
    const again = permuted.engine.render(permuted.request).ledger;
    const figures = ({ clauses, ...sums }: typeof again): unknown => ({
      ...sums,
      clauses: clauses.map(({ id, text, rejected, only }) => ({ id, text, rejected, only })),
    });
    expect(figures(again)).toEqual(figures(snapshot.ledger));
    return true;
  },
);

it('keeps a clause once that options, config and flag all ask for, with all origins', async () => {
  const text = 'name = nginx';
  const { engine, request } = await engineOf([text, text, text, text, text, text], [], 'as it is');

  const [clause, ...others] = engine.render(request).ledger.clauses;

  expect(others).toEqual([]);
  expect(clause?.from).toEqual([
    { kind: 'option', group: 'option-0', value: 'on' },
    { kind: 'option', group: 'option-1', value: 'on' },
    { kind: 'config', path: 'base.json#views.all.filters[0]' },
    { kind: 'config', path: 'ridgeline.config.yaml#views.chain.filters[0]' },
    { kind: 'config', path: 'ridgeline.config.yaml#views.chain.filters[1]' },
    { kind: 'request' },
  ]);
});
