import type { Followed } from '@ridgeline/client';
import type { NodeId } from '@ridgeline/core/wire';
import { describe, expect, it } from 'vitest';
import { childCell, childColumns } from '../../src/panels/details/child-cell.ts';
import { exceptNodeFilter, onlyNodeFilter } from '../../src/panels/details/filter-text.ts';
import { groupPeers } from '../../src/panels/details/group-peers.ts';
import { fitOf, rankEntries } from '../../src/panels/palette/rank-entries.ts';
import { conditionOf } from '../../src/panels/status/picture-condition.ts';
import { columnsOf, degreesOf } from '../../src/panels/table/columns.ts';
import { nextSorting, sortRows } from '../../src/panels/table/sort-rows.ts';
import { clause, ledger, metric, row, summary } from './arbitraries.ts';

describe('the table of nodes', () => {
  const nodes = [
    summary('a', {
      label: 'web-10',
      metrics: [metric('cpu', 5)],
      adjacency: ['b', 'a'] as unknown as NodeId[],
    }),
    summary('b', { label: 'Web-2', metadata: [row('team', 'x'), row('started', '10')] }),
    summary('c', {
      label: 'db',
      metrics: [metric('cpu', 120), { ...metric('mem', 1, 'filesize'), max: 8, priority: 2 }],
    }),
  ];

  it('has the columns that the nodes fill, whoever thought of them', () => {
    expect(columnsOf(nodes).map(({ key }) => key)).toEqual([
      'label',
      'metric cpu',
      'metric mem',
      'connections',
      'metadata started',
      'metadata team',
    ]);
  });

  it('draws a share of a hundred, or of more where there is more, and other metrics of their limit', () => {
    const bars = columnsOf(nodes).flatMap((column) => (column.kind === 'metric' ? [column.max] : []));
    expect(bars).toEqual([120, 8]);
  });

  it('sorts names as people do, numbers as numbers, and leaves what is missing at the end', () => {
    const columns = columnsOf(nodes);
    const degrees = degreesOf(nodes);
    const orderBy = (key: string, isDescending: boolean): readonly string[] => {
      const column = columns.find((each) => each.key === key);
      if (column === undefined) throw new Error(key);
      return sortRows(nodes, column, isDescending, degrees).map(({ id }) => id);
    };
    expect(orderBy('label', false)).toEqual(['c', 'b', 'a']);
    expect(orderBy('metric cpu', true)).toEqual(['c', 'a', 'b']);
    expect(orderBy('metric cpu', false)).toEqual(['a', 'c', 'b']);
    expect(orderBy('connections', true)).toEqual(['a', 'b', 'c']);
  });

  it('counts an edge to itself for nothing', () => {
    expect([...degreesOf(nodes)]).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('begins with what is most of a metric, with the first of names, and turns round', () => {
    const [label, cpu] = columnsOf(nodes);
    if (label === undefined || cpu === undefined) throw new Error('no columns');
    const byCpu = nextSorting({ key: 'label', isDescending: false }, cpu);
    expect(byCpu).toEqual({ key: 'metric cpu', isDescending: true });
    expect(nextSorting(byCpu, cpu).isDescending).toBe(false);
    expect(nextSorting(byCpu, label)).toEqual({ key: 'label', isDescending: false });
  });

  it('gives a column the room that its longest value wants, up to a measure', () => {
    const long = [summary('a', { metadata: [row('x', 'y'.repeat(500))] }), ...nodes];
    const rooms = columnsOf(long).map(({ room }) => room);
    expect(Math.max(...rooms)).toBe(36);
    expect(Math.min(...rooms)).toBeGreaterThan(3);
  });
});

describe('details', () => {
  it('gathers connections by node and port; of the Internet by address', () => {
    const peers = groupPeers([
      { id: '1', node: 'db', label: 'db', port: '5432', count: 2 },
      { id: '2', node: 'db', label: 'db', port: '9187', count: 7 },
      { id: '3', node: 'net', label: 'a.example', remote: '192.0.2.1', port: '443', count: 1 },
      { id: '4', node: 'net', label: 'b.example', remote: '192.0.2.2', port: '443', count: 1 },
    ]);
    expect(peers.map(({ label, count, ports }) => [label, count, ports.map(({ port }) => port)])).toEqual([
      ['db', 9, ['9187', '5432']],
      ['a.example', 1, ['443']],
      ['b.example', 1, ['443']],
    ]);
  });

  it('writes ids into filters so that they are read as they are', () => {
    expect(onlyNodeFilter('host;42')).toBe('id = "host;42"');
    expect(exceptNodeFilter('plain')).toBe('id != plain');
    expect(onlyNodeFilter('and')).toBe('id = "and"');
    expect(onlyNodeFilter('a"b\\c')).toBe('id = "a\\"b\\\\c"');
  });

  it('fills a column of members with a metric or a row of metadata, and leaves out what is no column', () => {
    const node = summary('p', { metrics: [metric('cpu', 12)], metadata: [row('pid', '4242', 'number')] });
    const columns = childColumns([
      { id: 'pid', label: 'PID', dataType: 'number' },
      { id: 'cpu' },
      { label: 'no id' },
    ]);
    expect(columns.map(({ label }) => label)).toEqual(['PID', 'cpu']);
    expect(columns.map((column) => childCell(node, column, 0))).toEqual(['4242', '12 %']);
    expect(childCell(node, { id: 'other', label: 'Other' }, 0)).toBe('');
  });
});

describe('the palette', () => {
  it('finds by beginning, by the beginning of a word, anywhere, by all words in any order', () => {
    const found = rankEntries(['nginx-web', 'myweb', 'web', 'web-2', 'api'], 'web', (text) => text, 9);
    expect(found).toEqual(['web', 'web-2', 'nginx-web', 'myweb']);
    expect(fitOf('checkout-grpc', 'grpc check')).toBeDefined();
    expect(fitOf('checkout', 'grpc check')).toBeUndefined();
  });
});

describe('the condition of a picture', () => {
  const views = ['containers', 'pods'];
  const shown = (total: number, count: number): Followed => ({
    epoch: 'e',
    seq: 1,
    picture: {
      view: 'containers',
      at: 0,
      ledger: ledger([clause('a')], { total, shown: count }),
      sources: [],
    },
    nodes: new Map(),
  });
  const live = { kind: 'live' } as const;

  it('lacks nothing when there is something to see', () => {
    expect(conditionOf(live, shown(3, 1), 'containers', views)).toEqual({});
  });

  it('tells what is not reported from what is hidden', () => {
    expect(conditionOf(live, shown(0, 0), 'containers', views).lack?.kind).toBe('no-data');
    expect(conditionOf(live, shown(3, 0), 'containers', views).lack?.kind).toBe('nothing-matches');
  });

  it('is connecting before the first picture, and knows a view that does not exist before the server says so', () => {
    expect(conditionOf({ kind: 'connecting' }, undefined, 'containers', []).lack?.kind).toBe('connecting');
    expect(conditionOf(live, undefined, 'contaners', views).lack).toEqual({
      kind: 'unknown-view',
      view: 'contaners',
    });
  });

  it('keeps the picture of a server that is gone, and says since when', () => {
    const condition = conditionOf({ kind: 'cut', since: 5 }, shown(3, 2), 'containers', views);
    expect(condition).toEqual({ age: { kind: 'gone', since: 5 } });
  });

  it('says why a picture is stale, and what trouble there is', () => {
    const followed = shown(3, 2);
    const stale = {
      ...followed,
      picture: { ...followed.picture, stale: { since: 7, reason: 'a plugin fails' } },
    };
    expect(conditionOf(live, stale, 'containers', views).age?.kind).toBe('stale');
    const trouble = { kind: 'trouble', code: 'BAD_REQUEST', message: 'unknown field', since: 1 } as const;
    expect(conditionOf(trouble, followed, 'containers', views).lack).toEqual({
      kind: 'trouble',
      message: 'unknown field',
    });
    expect(conditionOf({ kind: 'refused' }, followed, 'containers', views)).toEqual({});
  });
});
