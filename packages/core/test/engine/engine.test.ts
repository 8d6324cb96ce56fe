import {
  asNodeId,
  test as compare,
  definePlugin,
  defineRenderer,
  defineTopology,
  defineView,
  Engine,
  group,
  noSettings,
  not,
  select,
} from '@ridgeline/core';
import { expect, it } from 'vitest';
import { containersPlugin, containersReport } from './containers-model.ts';

const origin = { source: 'test', host: 'h' };
const at = { now: 0, monotonic: 0 };
const running = { expr: compare('docker.state', '=', 'running'), from: { kind: 'request' } } as const;
const application = { expr: not(compare('role', '=', 'system')), from: { kind: 'request' } } as const;

function engineWith(...containers: Parameters<typeof containersReport>[1][number][]): Engine {
  const engine = new Engine({ plugins: [containersPlugin] });
  engine.ingest(origin, containersReport(engine.symbols, containers), 1000, at);
  return engine;
}

it('counts what the top layer hides and nothing else (semantics.md §4, first worked example)', () => {
  const engine = engineWith({ id: 'a', state: 'running' }, { id: 'b', state: 'exited' });

  const all = engine.render({ view: 'containers' }).ledger;
  const some = engine.render({ view: 'containers', filters: [running] }).ledger;

  expect(all).toMatchObject({ total: 2, shown: 2, filtered: 0, orphaned: 0, clauses: [] });
  expect(some).toMatchObject({ total: 2, shown: 1, filtered: 1, orphaned: 0 });
  expect(some.clauses).toMatchObject([
    { text: 'docker.state = running', rejected: 1, only: 1, from: [{ kind: 'request' }] },
  ]);
});

it('lets a group live while any member lives (semantics.md §4, second worked example)', () => {
  const engine = engineWith(
    { id: 'a1', image: 'A' },
    { id: 'a2', image: 'A' },
    { id: 'a3', image: 'A', role: 'system' },
    { id: 'b1', image: 'B', role: 'system' },
  );

  const { ledger, nodes } = engine.render({ view: 'by-image', filters: [application] });

  expect([...nodes.keys()]).toEqual(['A']);
  expect(ledger).toMatchObject({
    total: 2,
    shown: 1,
    filtered: 1,
    orphaned: 0,
    members: { total: 4, shown: 2, filtered: 2 },
  });
  expect(ledger.clauses).toMatchObject([{ rejected: 1, only: 1, members: { rejected: 2, only: 2 } }]);
});

it('gives the same snapshot while nothing changes', () => {
  const engine = engineWith({ id: 'a' });

  const first = engine.render({ view: 'containers' });
  const second = engine.render({ view: 'containers' });
  engine.ingest(origin, containersReport(engine.symbols, [{ id: 'b' }], { from: 0, to: 2000 }), 1000, at);

  expect(second).toBe(first);
  expect([...engine.render({ view: 'containers' }).nodes.keys()]).toEqual(['b']);
});

it('folds option, config and request into one layer and names the origins', () => {
  const engine = engineWith({ id: 'a', state: 'running' }, { id: 'b', state: 'exited' });
  engine.settings = {
    ...noSettings,
    all: { chain: [{ ...running, from: { kind: 'config', path: 'filters[0]' } }], options: {} },
  };

  const { ledger } = engine.render({
    view: 'containers',
    options: { stopped: 'running' },
    filters: [running],
  });

  expect(ledger.clauses).toHaveLength(1);
  expect(ledger.clauses[0]?.from).toEqual([
    { group: 'stopped', kind: 'option', value: 'running' },
    { kind: 'config', path: 'filters[0]' },
    { kind: 'request' },
  ]);
});

it('names the nearest view, option group and value', () => {
  const engine = engineWith({ id: 'a' });

  expect(() => engine.render({ view: 'container' })).toThrow('did you mean "containers"?');
  expect(() => engine.render({ view: 'containers', options: { stoped: 'both' } })).toThrow(
    'unknown option of view containers "stoped"; did you mean "stopped"?',
  );
  expect(() => engine.render({ view: 'containers', options: { stopped: 'runing' } })).toThrow(
    'did you mean "running"?',
  );
});

it('refuses a report whose window runs backwards and says so', () => {
  const engine = engineWith({ id: 'a' });

  const taken = engine.ingest(origin, containersReport(engine.symbols, [], { from: 9, to: 5 }), 1000, at);

  expect(taken).toBe(false);
  expect(engine.sources).toMatchObject([
    {
      name: 'test',
      state: 'degraded',
      refused: 1,
      message: expect.stringContaining('window runs backwards'),
    },
  ]);
  expect([...engine.render({ view: 'containers' }).nodes.keys()]).toEqual(['a']);
});

it('leaves a late report out, but takes an older one when the clock was set back', () => {
  const engine = new Engine({ plugins: [containersPlugin] });
  const ingest = (id: string, to: number, monotonic: number): boolean =>
    engine.ingest(origin, containersReport(engine.symbols, [{ id }], { from: 0, to }), 1000, {
      now: 0,
      monotonic,
    });

  expect(ingest('new', 5000, 0)).toBe(true);
  expect(ingest('late', 4000, 500)).toBe(false);
  expect(ingest('clock set back', 1000, 3500)).toBe(true);
  expect([...engine.render({ view: 'containers' }).nodes.keys()]).toEqual(['clock set back']);
});

it('marks a quiet source stale after three intervals and drops its slot later', () => {
  const engine = engineWith({ id: 'a' });

  engine.tick({ now: 3500, monotonic: 3500 });
  expect(engine.sources[0]?.state).toBe('stale');
  expect([...engine.render({ view: 'containers' }).nodes.keys()]).toEqual(['a']);

  engine.tick({ now: 15_500, monotonic: 15_500 });
  expect([...engine.render({ view: 'containers' }).nodes.keys()]).toEqual([]);
});

it('shows a node by its id when its appearance cannot be told, and names the fault', () => {
  const broken = definePlugin({
    name: 'broken',
    contribute: () => ({
      topologies: [
        defineTopology({
          name: 'thing',
          appearance: () => {
            throw new Error('boom');
          },
        }),
      ],
      views: [
        defineView({
          name: 'things',
          label: 'Things',
          renderer: defineRenderer({
            name: 'things',
            plan: group(select('container'), { into: 'thing', by: (node) => node.id }),
          }),
        }),
      ],
    }),
  });
  const engine = new Engine({ plugins: [containersPlugin, broken()] });
  engine.ingest(origin, containersReport(engine.symbols, [{ id: 'a' }]), 1000, at);

  expect(engine.render({ view: 'things' }).nodes.get(asNodeId('a'))?.label).toBe('a');
  expect(engine.faults.map((fault) => fault.message)).toEqual([
    'appearance of thing failed on node "a": boom',
  ]);
});
