import type { ViewAnswer } from '@ridgeline/client/schema';
import { createClient } from '@ridgeline/client/unchecked';
import type { NodeId, NodeSummary } from '@ridgeline/core/wire';
import { describe, expect, it } from 'vitest';
import { PLAIN_ADDRESS } from '../../src/state/address.ts';
import { createPageState, type PageParts, viewQuery } from '../../src/state/page-state.ts';
import { firstView } from '../../src/state/poll-views.ts';
import { findByText, isFilterText } from '../../src/state/search.ts';
import { showView, topOf, topViews, viewsBelow } from '../../src/state/show-view.ts';

function newPage(): PageParts {
  return createPageState(createClient({ url: 'http://127.0.0.1:1' }), {
    ...PLAIN_ADDRESS,
    view: 'processes',
  });
}

function view(name: string, rest: Partial<ViewAnswer> = {}): ViewAnswer {
  return { name, label: name, rank: 1, hideIfEmpty: false, options: [], ...rest };
}

function node(id: string, rest: Partial<NodeSummary> = {}): NodeSummary {
  return {
    id: id as NodeId,
    topology: 'process',
    label: id,
    labelMinor: '',
    rank: '',
    shape: 'circle',
    metadata: [],
    metrics: [],
    parents: [],
    adjacency: [],
    ...rest,
  };
}

const stats = (shown: number): ViewAnswer['stats'] & object => ({ total: shown, shown, edges: 0 });

describe('what is asked of the view', () => {
  it('is nothing where nothing was chosen', () => {
    expect(viewQuery([], {}, undefined, false)).toEqual({});
  });

  it('says which values each group has, and that a group has none', () => {
    const query = viewQuery(['a', 'b'], { system: ['x', 'y'], stopped: [] }, 'keep', true);
    expect(query).toEqual({
      filter: ['a', 'b'],
      option: ['system=x', 'system=y', 'stopped='],
      orphans: 'keep',
      raw: 'true',
    });
  });
});

describe('views', () => {
  const views = [
    view('hosts', { rank: 4, stats: stats(1) }),
    view('pods', { rank: 1, hideIfEmpty: true, stats: stats(0) }),
    view('processes', { rank: 2, stats: stats(7) }),
    view('by-name', { rank: 1, parent: 'processes', stats: stats(3) }),
  ];

  it('begin with the first one that shows anything', () => {
    expect(firstView(views)).toBe('processes');
    expect(firstView([view('a', { rank: 2 }), view('b', { rank: 1, hideIfEmpty: true })])).toBe('a');
    expect(firstView([])).toBeUndefined();
  });

  it('stand by rank, the empty ones that ask for it left out, the ones below another apart', () => {
    const { state, inlets } = newPage();
    inlets.views.value = views;
    expect(topViews(state).map(({ name }) => name)).toEqual(['processes', 'hosts']);
    expect(viewsBelow(state, 'processes').map(({ name }) => name)).toEqual(['by-name']);
    expect(topOf(state, 'by-name')).toBe('processes');
  });

  it('that are looked at stay, though they are empty', () => {
    const { state, inlets } = newPage();
    inlets.views.value = views;
    showView(state, 'pods');
    expect(topViews(state).map(({ name }) => name)).toContain('pods');
  });

  it('take their own choices with them, and leave the filters', () => {
    const { state } = newPage();
    state.filters.value = ['name = "x"'];
    state.options.value = { system: ['all'] };
    state.selection.value = { kind: 'node', id: 'a' };
    state.pins.value = new Map([['a', { x: 1, y: 2 }]]);
    showView(state, 'hosts');
    expect(state.filters.value).toEqual(['name = "x"']);
    expect(state.options.value).toEqual({});
    expect(state.selection.value).toBeUndefined();
    expect(state.pins.value.size).toBe(0);
  });
});

describe('search', () => {
  it.each(['metric.cpu > 5%', 'name ~ "nginx"', 'connected()', 'not connected()', 'name = x'])(
    'takes %s for a filter',
    (text) => expect(isFilterText(text)).toBe(true),
  );
  it.each(['nginx', 'host-a 42', '10.0.0.1:80', 'notifier', 'a/b'])('takes %s for words', (text) =>
    expect(isFilterText(text)).toBe(false),
  );

  it('finds nodes that all words occur in, wherever', () => {
    const nodes = [
      node('host;1', { label: 'Nginx', labelMinor: 'node-a' }),
      node('host;2', {
        label: 'nginx',
        parents: [{ id: 'p' as NodeId, label: 'shop', topology: 'pod', view: 'pods' }],
      }),
      node('host;3', { metadata: [{ id: 'image', label: 'Image', value: 'registry/nginx:1' }] }),
    ];
    expect([...findByText(nodes, 'nginx')]).toEqual(['host;1', 'host;2', 'host;3']);
    expect([...findByText(nodes, 'NGINX shop')]).toEqual(['host;2']);
    expect([...findByText(nodes, 'host;3')]).toEqual(['host;3']);
    expect(findByText(nodes, 'redis').size).toBe(0);
  });

  it('uses what the server found only for the text that it was asked for', () => {
    const { state, inlets } = newPage();
    state.search.value = 'name = "x"';
    expect(state.matches.value?.size).toBe(0);
    inlets.hits.value = { text: 'name = "x"', ids: new Set(['a']) };
    expect([...(state.matches.value ?? [])]).toEqual(['a']);
    inlets.hits.value = { text: 'name = "', ids: new Set(), problem: 'the text ends' };
    expect(state.searchProblem.value).toBeUndefined();
    state.search.value = 'name = "';
    expect(state.searchProblem.value).toBe('the text ends');
    state.search.value = ' ';
    expect(state.matches.value).toBeUndefined();
  });
});
