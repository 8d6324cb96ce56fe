import {
  custom,
  definePlugin,
  defineRenderer,
  defineSource,
  defineView,
  group,
  type NodeId,
  type Plan,
  type Report,
  select,
  Topology,
  useSource,
  where,
} from '@ridgeline/core';
import { createRidgeline, type Ridgeline } from '@ridgeline/core/live';
import { Observable, Subject } from 'rxjs';
import { afterEach, expect, it, vi } from 'vitest';
import { containersPlugin, containersReport } from '../engine/containers-model.ts';

let ridgeline: Ridgeline | undefined;
afterEach(() => {
  ridgeline?.stop();
  vi.useRealTimers();
});

/** Ridgeline with the containers' views, one faulty view, and reports fed by the test. */
function ridgelineWith(faulty: Plan): { readonly made: Ridgeline; readonly reports$: Subject<Report> } {
  const reports$ = new Subject<Report>();
  const source = defineSource({
    name: 'fed',
    description: 'fed by the test',
    produces: ['container'],
    interval: () => 1000,
    connect: () => reports$,
  });
  const plugin = definePlugin({
    name: 'broken',
    contribute: () => ({
      sources: [useSource(source)],
      views: [
        defineView({
          name: 'faulty',
          label: 'Faulty',
          renderer: defineRenderer({ name: 'faulty', plan: faulty }),
        }),
      ],
    }),
  });
  const made = createRidgeline({
    plugins: [containersPlugin, plugin()],
    host: 'h',
    clock: { now: () => 0, monotonic: () => performance.now() },
    epoch: 'e',
  });
  ridgeline = made;
  made.start();
  return { made, reports$ };
}

const boom = (): never => {
  throw new Error('boom');
};
const containers = select('container');
const faults: readonly (readonly [what: string, plan: Plan, says: string])[] = [
  ['group.by throws', group(containers, { into: 'x', by: boom }), 'group.by failed on node "a": boom'],
  ['where throws', where(containers, boom), 'where.keep failed on node "a": boom'],
  ['custom throws', custom('mine', [containers], boom), 'custom mine failed: boom'],
  [
    'group.by gives a number',
    group(containers, { into: 'x', by: () => 7 as unknown as NodeId }),
    'gave 7, which is no id',
  ],
  [
    'custom gives no topology',
    custom('mine', [containers], () => ({}) as Topology),
    'custom mine failed: it gave no topology',
  ],
  [
    'custom gives a dangling edge',
    custom('mine', [containers], ([input], { symbols }) => {
      const out = { start: Uint32Array.of(0, 1), to: Uint32Array.of(9) };
      return new Topology({ name: 'x', symbols, ids: (input as Topology).ids.slice(0, 1), out });
    }),
    'an edge leads to no row',
  ],
  [
    'custom gives a doubled id',
    custom('mine', [containers], (_, { symbols }) => {
      const id = symbols.intern('twin');
      return new Topology({ name: 'x', symbols, ids: Int32Array.of(id, id) });
    }),
    'id "twin" occurs twice',
  ],
];

it.each(faults)('names the plugin, view and hook when %s, and renders the others', (_, plan, says) => {
  const { made, reports$ } = ridgelineWith(plan);

  reports$.next(containersReport(made.engine.symbols, [{ id: 'a' }]));

  expect(() => made.render({ view: 'faulty' })).toThrow(`view faulty of plugin broken: `);
  expect(() => made.render({ view: 'faulty' })).toThrow(says);
  expect([...made.render({ view: 'containers' }).nodes.keys()]).toEqual(['a']);
});

it('shows the last good picture, marked stale with the reason, until the plugin works again', () => {
  let fails = false;
  const plan = group(containers, { into: 'x', by: (node) => (fails ? boom() : node.id) });
  const { made, reports$ } = ridgelineWith(plan);
  const feed = (id: string, to: number): void =>
    reports$.next(containersReport(made.engine.symbols, [{ id }], { from: 0, to }));

  feed('good', 1000);
  expect(made.render({ view: 'faulty' }).stale).toBeUndefined();
  fails = true;
  feed('lost', 2000);
  const stale = made.render({ view: 'faulty' });
  fails = false;
  feed('again', 3000);

  expect([...stale.nodes.keys()]).toEqual(['good']);
  expect(stale.stale).toMatchObject({
    since: 1000,
    reason: expect.stringContaining('group.by failed on node "lost"'),
  });
  expect([...made.render({ view: 'faulty' }).nodes.keys()]).toEqual(['again']);
});

it('refuses what is no report and keeps the last one', () => {
  const { made, reports$ } = ridgelineWith(containers);

  reports$.next(containersReport(made.engine.symbols, [{ id: 'a' }]));
  reports$.next({ hello: 'world' } as unknown as Report);
  reports$.next(undefined as unknown as Report);

  expect(made.engine.sources).toMatchObject([{ name: 'fed', state: 'degraded', reports: 1, refused: 2 }]);
  expect([...made.render({ view: 'containers' }).nodes.keys()]).toEqual(['a']);
});

it('takes a bounded number of the reports of a source that emits without end, and says so', async () => {
  vi.useFakeTimers();
  const { made, reports$ } = ridgelineWith(containers);
  let renders = 0;
  made.changes$.subscribe(() => renders++);

  for (let i = 1; i <= 5000; i++) {
    reports$.next(containersReport(made.engine.symbols, [{ id: `c${i}` }], { from: 0, to: i }));
  }
  await vi.advanceTimersByTimeAsync(1100);

  expect(renders).toBeLessThan(40);
  expect([...made.render({ view: 'containers' }).nodes.keys()]).toEqual(['c5000']);
  expect(made.engine.sources[0]?.message).toContain('4979 reports were overtaken and left out');
});

it('disconnects a source that works in the background when it is stopped', () => {
  let open = 0;
  const source = defineSource({
    name: 'background',
    description: 'counts its handles',
    produces: [],
    interval: () => 1000,
    connect: () =>
      new Observable(() => {
        open++;
        return () => {
          open--;
        };
      }),
  });
  const plugin = definePlugin({ name: 'p', contribute: () => ({ sources: [useSource(source)] }) });
  const made = createRidgeline({
    plugins: [plugin()],
    host: 'h',
    clock: { now: () => 0, monotonic: () => 0 },
    epoch: 'e',
  });

  made.start();
  made.start();
  expect(open).toBe(1);
  made.stop();
  expect(open).toBe(0);
});
