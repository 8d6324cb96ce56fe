import {
  collapsedGroup,
  collapsedId,
  groupingsOf,
  metricsOf,
  metricText,
  SceneMemo,
  sceneOf,
  suggestGrouping,
} from '@ridgeline/diagram';
import { describe, expect, it } from 'vitest';
import { namespace, summary } from '../pictures.ts';

function only(...[id, rest]: Parameters<typeof summary>) {
  const [node] = sceneOf([summary(id, rest)], { grouping: '' }).nodes;
  if (node === undefined) throw new Error('the scene has no node');
  return node;
}

describe('how a node looks', () => {
  it.each([
    ['process', 'square', 'circle'],
    ['container', 'hexagon', 'hexagon'],
    ['pod', 'heptagon', 'square'],
    ['service', 'heptagon', 'diamond'],
    ['host', 'circle', 'wide'],
    ['volume', 'cylinder', 'cylinder'],
    ['crate', 'constructor', 'circle'],
  ])('a %s that asks for a %s is a %s', (topology, shape, drawn) => {
    expect(only('a', { topology, shape })).toMatchObject({ shape: drawn, dashed: false });
  });

  it('draws what nobody reports with a broken outline, and the Internet as a cloud', () => {
    expect(only('a', { topology: 'pseudo', shape: 'square', pseudo: true })).toMatchObject({
      shape: 'circle',
      dashed: true,
      glyph: 'dots',
    });
    expect(only('a', { topology: 'pseudo', shape: 'cloud', pseudo: true })).toMatchObject({
      shape: 'cloud',
      dashed: false,
      glyph: 'none',
    });
    expect(only('a', { topology: 'claim', shape: 'dottedcylinder' })).toMatchObject({
      shape: 'cylinder',
      dashed: true,
    });
  });

  it.each([
    ['orders-db-0', '', 'db'],
    ['postgres', '', 'db'],
    ['session-redis', '', 'cache'],
    ['kafka-1', '', 'queue'],
    ['traefik', '', 'gate'],
    ['nginx', '', 'web'],
    ['elasticsearch', '', 'search'],
    ['web-7', 'library/postgres', 'web'],
    ['4f2a', 'library/postgres', 'db'],
    ['cart', 'shop/cart', 'cube'],
  ])('sees the work of %s (%s): %s', (label, rank, glyph) => {
    expect(only('a', { label, rank }).glyph).toBe(glyph);
  });

  it('takes replicas for kin, and no others', () => {
    const kin = (label: string, rank = ''): string => only('a', { label, rank }).kin;
    expect(kin('cart-7d9f8c6b5-x2x9z')).toBe(kin('cart-7d9f8c6b5-b4c5d'));
    expect(kin('cart-7d9f8c6b5-x2x9z')).toBe(kin('cart-5b8c9d64f-q2w4z'));
    expect(kin('kafka-0')).toBe(kin('kafka-11'));
    expect(kin('cart')).not.toBe(kin('card'));
    expect(kin('worker-eu')).not.toBe(kin('worker-us'));
    expect(kin('nginx', 'shop')).not.toBe(kin('nginx', 'data'));
  });
});

describe('trouble', () => {
  const state = (value: string, id = 'kubernetes_state') =>
    only('a', { metadata: [{ id, label: 'State', value }] });

  it.each([
    'CrashLoopBackOff',
    'Failed',
    'dead',
    'Up 3 hours (unhealthy)',
    'Exited (137) 2 minutes ago',
    'OOMKilled',
  ])('%s is bad, and is why', (value) => {
    expect(state(value)).toMatchObject({ trouble: 'bad', troubleReason: value });
  });

  it.each(['Pending', 'stopped', 'Exited (0) 1 hour ago', 'paused', 'Terminating'])(
    '%s is a warning',
    (value) => {
      expect(state(value)).toMatchObject({ trouble: 'warn', troubleReason: value });
    },
  );

  it.each(['Running', 'Up 3 hours', 'Up 3 hours (healthy)', 'Active', ''])('%s is none', (value) => {
    expect(state(value).trouble).toBeUndefined();
  });

  it('reads no state from rows of other things', () => {
    expect(state('failed', 'docker_container_command').trouble).toBeUndefined();
  });
});

describe('groupings', () => {
  const nodes = [
    summary('a', {
      metadata: [namespace('shop'), { id: 'pid', label: 'PID', value: '1', dataType: 'number' }],
      parents: [{ id: 'h1', label: 'node-1', topology: 'host', view: 'hosts' }] as never,
    }),
    summary('b', {
      metadata: [namespace('data'), { id: 'pid', label: 'PID', value: '2', dataType: 'number' }],
      parents: [{ id: 'h1', label: 'node-1', topology: 'host', view: 'hosts' }] as never,
    }),
    summary('c', { pseudo: true }),
  ];

  it('come from parents and from metadata with few values, not from numbers', () => {
    expect(groupingsOf(nodes)).toEqual([
      { key: 'parent:host', label: 'Host', groups: 1, nodes: 2 },
      { key: 'field:kubernetes_namespace', label: 'Namespace', groups: 2, nodes: 2 },
    ]);
  });

  it('the one that splits the nodes is suggested, and used when none is chosen', () => {
    expect(suggestGrouping(groupingsOf(nodes))).toBe('field:kubernetes_namespace');
    expect(sceneOf(nodes).grouping).toBe('field:kubernetes_namespace');
    expect(sceneOf(nodes, { grouping: '' })).toMatchObject({ groups: [], flows: [] });
  });

  it('name their groups after the parents', () => {
    expect(sceneOf(nodes, { grouping: 'parent:host' }).groups).toEqual([
      { key: '', label: '', size: 1, collapsed: false },
      { key: 'h1', label: 'node-1', size: 2, collapsed: false },
    ]);
  });
});

describe('a collapsed group', () => {
  const nodes = [
    summary('a', { adjacency: ['b', 'c'], weights: [2, 5], metadata: [namespace('shop')] }),
    summary('b', {
      adjacency: ['c'],
      metadata: [namespace('shop'), { id: 'state', label: 'State', value: 'Failed' }],
    }),
    summary('c', { metadata: [namespace('data')] }),
  ];
  const scene = sceneOf(nodes, { collapsed: new Set(['shop']) });

  it('is one node that stands for its members, with their trouble', () => {
    expect(scene.nodes[0]).toMatchObject({
      id: collapsedId('shop'),
      label: 'shop',
      labelMinor: '2 nodes',
      count: 2,
      stacked: true,
      trouble: 'bad',
      troubleReason: 'Failed (1 of 2)',
    });
    expect(collapsedGroup(collapsedId('shop'))).toBe('shop');
    expect(collapsedGroup('shop')).toBeUndefined();
  });

  it('has the edges of its members, added up, and none to itself', () => {
    expect(scene.edges).toEqual([{ from: 0, to: 1, weight: 6, edges: 2 }]);
    expect(scene.flows).toEqual([{ from: 1, to: 0, weight: 6, edges: 2 }]);
  });
});

describe('metrics', () => {
  const cpu = (value: number) => ({
    id: 'cpu',
    label: 'CPU',
    value,
    min: 0,
    max: 100,
    format: 'percent',
    priority: 1,
  });
  const memory = (value: number) => ({
    id: 'mem',
    label: 'Memory',
    value,
    min: 0,
    max: 0,
    format: 'filesize',
    priority: 2,
  });
  const nodes = [
    summary('a', { metrics: [cpu(25), memory(2e9)] }),
    summary('b', { metrics: [memory(5e8)] }),
    summary('c'),
  ];

  it('are listed by priority', () => {
    expect(metricsOf([...nodes].reverse()).map(({ id }) => id)).toEqual(['cpu', 'mem']);
  });

  it('fill nodes: percentages of 100, others of the greatest', () => {
    const levels = (metric: string) =>
      sceneOf(nodes, { metric }).nodes.map(({ level, levelText }) => [level, levelText]);
    expect(levels('cpu')).toEqual([
      [0.25, '25.0 %'],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(levels('mem')).toEqual([
      [1, '2.0 GB'],
      [0.25, '500 MB'],
      [undefined, undefined],
    ]);
  });

  it.each([
    [0, 'filesize', '0 B'],
    [1500, 'filesize', '1.5 kB'],
    [999_999, 'filesize', '1.0 MB'],
    [1204, 'integer', '1,204'],
    [0.126, undefined, '0.13'],
    [Number.NaN, 'percent', '–'],
  ])('%s as %s is %s', (value, format, text) => {
    expect(metricText(value, format)).toBe(text);
  });
});

describe('ghosts', () => {
  it('come after all others, without edges, and count in no group', () => {
    const scene = sceneOf([summary('b', { adjacency: ['a'], metadata: [namespace('shop')] })], {
      grouping: 'field:kubernetes_namespace',
      ghosts: [summary('a', { adjacency: ['b'], metadata: [namespace('shop')] })],
    });
    expect(scene.nodes.map(({ id, ghost }) => [id, ghost])).toEqual([
      ['b', undefined],
      ['a', true],
    ]);
    expect(scene.edges).toEqual([]);
    expect(scene.groups).toEqual([{ key: 'shop', label: 'shop', size: 1, collapsed: false }]);
  });
});

describe('a memo', () => {
  it('gives the same node for the same summary, and a new one where its group has changed', () => {
    const memo = new SceneMemo();
    const node = summary('a', { metadata: [namespace('shop')] });
    const first = sceneOf([node], { grouping: 'field:kubernetes_namespace' }, memo).nodes[0];
    expect(sceneOf([node], { grouping: 'field:kubernetes_namespace' }, memo).nodes[0]).toBe(first);
    expect(sceneOf([node], { grouping: '' }, memo).nodes[0]).toMatchObject({ id: 'a', group: '' });
    expect(first).toMatchObject({ group: 'shop' });
  });
});
