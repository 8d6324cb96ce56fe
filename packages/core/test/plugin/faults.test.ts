import {
  test as compare,
  computedField,
  decorate,
  defineFilter,
  definePlugin,
  defineRenderer,
  defineTopology,
  defineView,
  Engine,
  group,
  join,
  keying,
  link,
  type OptionGroup,
  type Plan,
  type Plugin,
  select,
  type ViewRequest,
  when,
} from '@ridgeline/core';
import { expect, it } from 'vitest';
import { containersPlugin, containersReport } from '../engine/containers-model.ts';

// Issue 4: a plugin that throws in each hook is named and contained, the others' views unchanged. Hooks of plans that are not here,
// and sources: test/live/containment.test.ts; details: contract.test.ts.

const at = { now: 0, monotonic: 0 };
const boom = (): never => {
  throw new Error('boom');
};
const containers = select('container');

/** A plugin with a view `faulty`, and whatever else. */
function faulty(plan: Plan, options: readonly OptionGroup[] = []): Plugin {
  const plugin = definePlugin({
    name: 'broken',
    contribute: () => ({
      topologies: [defineTopology({ name: 'x' })],
      fields: [computedField('cursed', 'throws', 'node', boom)],
      filters: [
        defineFilter({ name: 'bad-predicate', description: 'throws on a node', build: () => boom }),
        defineFilter({ name: 'bad-build', description: 'throws when it is built', build: boom }),
      ],
      views: [
        defineView({
          name: 'faulty',
          label: 'Faulty',
          renderer: defineRenderer({ name: 'faulty', plan }),
          options,
        }),
      ],
    }),
  });
  return plugin();
}

const clause = (text: 'bad-predicate' | 'bad-build'): ViewRequest => ({
  view: 'faulty',
  filters: [{ expr: { kind: 'call', name: text, args: [] }, from: { kind: 'request' } }],
});

const cases: readonly (readonly [what: string, plugin: Plugin, request: ViewRequest, says: RegExp])[] = [
  [
    'decorate.by',
    faulty(decorate(containers, { name: 'deco', writes: [], by: () => boom })),
    { view: 'faulty' },
    /deco.*node "a": boom/,
  ],
  [
    'decorate, before the first node',
    faulty(decorate(containers, { name: 'deco', writes: [], by: boom })),
    { view: 'faulty' },
    /decorate deco failed: boom/,
  ],
  ['when.holds', faulty(when('ever', boom, containers)), { view: 'faulty' }, /when ever failed: boom/],
  [
    'a keying',
    faulty(group(containers, { into: 'x', by: keying(boom) })),
    { view: 'faulty' },
    /group.by failed: boom/,
  ],
  [
    'join.keys',
    faulty(join(containers, { onto: containers, into: 'x', keys: boom, lookups: () => [] })),
    { view: 'faulty' },
    /group.by failed: boom/,
  ],
  [
    'link.from',
    faulty(link(containers, containers, { from: boom, key: () => 'k' })),
    { view: 'faulty' },
    /link.*boom/,
  ],
  [
    'the predicate of a filter',
    faulty(containers),
    clause('bad-predicate'),
    /filter bad-predicate.*node "a": boom/,
  ],
  ['the build of a filter', faulty(containers), clause('bad-build'), /filter bad-build failed: boom/],
  [
    'a field',
    faulty(containers),
    { view: 'faulty', filters: [{ expr: compare('cursed', '=', 1), from: { kind: 'request' } }] },
    /field cursed failed: boom/,
  ],
  [
    'the values of an option group',
    faulty(containers, [{ id: 'o', default: 'v', selectType: 'one', values: boom }]),
    { view: 'faulty' },
    /values of option o failed: boom/,
  ],
];

it.each(cases)(
  'names the plugin and the view when %s throws, and shows the others',
  (_, plugin, request, says) => {
    const engine = new Engine({ plugins: [containersPlugin, plugin] });
    const report = containersReport(engine.symbols, [{ id: 'a' }, { id: 'b' }]);
    const before = new Engine({ plugins: [containersPlugin] });
    before.ingest(
      { source: 's', host: 'h' },
      containersReport(before.symbols, [{ id: 'a' }, { id: 'b' }]),
      1000,
      at,
    );

    engine.ingest({ source: 's', host: 'h' }, report, 1000, at);

    expect(() => engine.render(request)).toThrow(says);
    expect(() => engine.render(request)).toThrow('view faulty of plugin broken: ');
    const { nodes, ledger } = engine.render({ view: 'containers' });
    expect([...nodes]).toEqual([...before.render({ view: 'containers' }).nodes]);
    expect(ledger).toEqual(before.render({ view: 'containers' }).ledger);
  },
);
