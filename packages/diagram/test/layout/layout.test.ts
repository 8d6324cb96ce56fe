import {
  GROUPED_ABOVE,
  type Layout,
  layOut,
  type Place,
  readLayout,
  sceneOf,
  writeLayout,
} from '@ridgeline/diagram';
import { describe, expect, it } from 'vitest';
import { namespace, summary } from '../pictures.ts';

const placeOf = (layout: Layout, id: string): Place => layout.places.get(id) as Place;
const chain = sceneOf([
  summary('a', { adjacency: ['b'] }),
  summary('b', { adjacency: ['c'] }),
  summary('c'),
  summary('lone'),
]);

describe('a fresh layered layout', () => {
  it('runs from clients on the left to servers on the right, in one line', () => {
    const layout = layOut(undefined, chain);
    const [a, b, c] = ['a', 'b', 'c'].map((id) => placeOf(layout, id)) as [Place, Place, Place];
    expect(a.x).toBeLessThan(b.x);
    expect(b.x).toBeLessThan(c.x);
    expect(new Set([a.y, b.y, c.y]).size).toBe(1);
    expect(layout).toMatchObject({ mode: 'layered', generation: 0, memory: { drift: 0 } });
  });

  it('puts what has no edge below the others', () => {
    const layout = layOut(undefined, chain);
    expect(placeOf(layout, 'lone')).toMatchObject({ aside: true });
    expect(placeOf(layout, 'lone').y).toBeGreaterThan(placeOf(layout, 'a').y);
  });

  it('folds a layer that is too tall for the screen', () => {
    const clients = Array.from({ length: 60 }, (_, i) => summary(`client-${i}`, { adjacency: ['server'] }));
    const { bounds } = layOut(undefined, sceneOf([...clients, summary('server')]), { aspect: 1.6 });
    expect(bounds.width / bounds.height).toBeGreaterThan(1);
    expect(bounds.width / bounds.height).toBeLessThan(2.4);
  });

  it('has no nodes and no size for an empty scene', () => {
    expect(layOut(undefined, sceneOf([]))).toMatchObject({ bounds: { width: 0, height: 0 } });
  });
});

describe('the next layered layout', () => {
  const first = layOut(undefined, chain);

  it('puts a new node between its neighbours, and moves no one', () => {
    const next = layOut(
      first,
      sceneOf([
        summary('a', { adjacency: ['b', 'new'] }),
        summary('b', { adjacency: ['c'] }),
        summary('c'),
        summary('lone'),
        summary('new', { adjacency: ['c'] }),
      ]),
    );
    for (const id of ['a', 'b', 'c', 'lone']) expect(placeOf(next, id)).toEqual(placeOf(first, id));
    expect(placeOf(next, 'new').x).toBeGreaterThan(placeOf(next, 'a').x);
    expect(placeOf(next, 'new').x).toBeLessThan(placeOf(next, 'c').x);
  });

  it('takes a node that has got its first edge to its neighbour', () => {
    const next = layOut(
      first,
      sceneOf([
        summary('a', { adjacency: ['b'] }),
        summary('b', { adjacency: ['c'] }),
        summary('c', { adjacency: ['lone'] }),
        summary('lone'),
      ]),
    );
    expect(placeOf(next, 'lone').aside).toBeUndefined();
    expect(placeOf(next, 'lone').x).toBeGreaterThan(placeOf(next, 'c').x);
    expect(next.generation).toBe(0);
  });

  it('gives a collapsed group a place among its members, and the members theirs when it opens', () => {
    const nodes = [
      summary('a', { adjacency: ['b'], metadata: [namespace('shop')] }),
      summary('b', { adjacency: ['c'], metadata: [namespace('shop')] }),
      summary('c', { metadata: [namespace('data')] }),
      summary('d', { adjacency: ['c'], metadata: [namespace('data')] }),
      summary('e', { adjacency: ['c'], metadata: [namespace('data')] }),
    ];
    const grouping = 'field:kubernetes_namespace';
    const open = layOut(undefined, sceneOf(nodes, { grouping }));
    const shut = layOut(open, sceneOf(nodes, { grouping, collapsed: new Set(['shop']) }));
    expect(shut.generation).toBe(0);
    const again = layOut(shut, sceneOf(nodes, { grouping }));
    for (const id of ['a', 'b', 'c', 'd', 'e']) expect(placeOf(again, id)).toEqual(placeOf(open, id));
  });

  it('is made anew when most edges have come to run backwards, on request, and when most nodes are new', () => {
    const turned = sceneOf([
      summary('c', { adjacency: ['b', 'a', 'd'] }),
      summary('d', { adjacency: ['b', 'a'] }),
      summary('b', { adjacency: ['a'] }),
      summary('a'),
    ]);
    const straight = sceneOf([
      summary('a', { adjacency: ['b', 'c', 'd'] }),
      summary('b', { adjacency: ['c', 'd'] }),
      summary('d', { adjacency: ['c'] }),
      summary('c'),
    ]);
    const before = layOut(undefined, straight);
    expect(layOut(before, turned)).toMatchObject({ generation: 1, memory: { drift: 0 } });
    expect(layOut(before, straight, { fresh: true }).generation).toBe(1);
    expect(layOut(before, chain).generation).toBe(0);
    expect(layOut(before, sceneOf([summary('x', { adjacency: ['y'] }), summary('y')])).generation).toBe(1);
  });

  it('keeps a pin, and gets others out of its way', () => {
    const onB = { x: placeOf(first, 'b').x + 10, y: placeOf(first, 'b').y + 10 };
    const next = layOut(first, chain, { pins: new Map([['a', onB]]) });
    expect(placeOf(next, 'a')).toMatchObject(onB);
    const b = placeOf(next, 'b');
    expect(Math.abs(b.x - onB.x) >= 128 || Math.abs(b.y - onB.y) >= 88).toBe(true);
    expect(placeOf(next, 'c')).toEqual(placeOf(first, 'c'));
  });
});

describe('a grouped layout', () => {
  const crowd = (count: number) =>
    sceneOf(
      Array.from({ length: count }, (_, i) => summary(`n${i}`, { metadata: [namespace(`ns-${i % 7}`)] })),
      { grouping: 'field:kubernetes_namespace' },
    );

  it('is what large pictures get, and does not flip to and fro around the limit', () => {
    expect(layOut(undefined, crowd(GROUPED_ABOVE)).mode).toBe('layered');
    const large = layOut(undefined, crowd(GROUPED_ABOVE + 1));
    expect(large.mode).toBe('grouped');
    expect(layOut(large, crowd(GROUPED_ABOVE - 50)).mode).toBe('grouped');
    expect(layOut(large, crowd(GROUPED_ABOVE / 2)).mode).toBe('layered');
  });

  it('has a box for each group', () => {
    const { boxes, places } = layOut(undefined, crowd(100), { mode: 'grouped' });
    expect([...boxes.keys()]).toEqual(Array.from({ length: 7 }, (_, i) => `ns-${i}`));
    expect(places.size).toBe(100);
  });

  it('moves only the nodes of a box that is full and cannot grow', () => {
    const before = layOut(undefined, crowd(700), { mode: 'grouped' });
    const grown = sceneOf(
      [
        ...Array.from({ length: 700 }, (_, i) => summary(`n${i}`, { metadata: [namespace(`ns-${i % 7}`)] })),
        ...Array.from({ length: 90 }, (_, i) => summary(`more${i}`, { metadata: [namespace('ns-0')] })),
      ],
      { grouping: 'field:kubernetes_namespace' },
    );
    const after = layOut(before, grown, { mode: 'grouped' });
    expect(after.generation).toBe(0);
    const moved = [...before.places].filter(
      ([id, { x, y }]) => placeOf(after, id).x !== x || placeOf(after, id).y !== y,
    );
    expect(new Set(moved.map(([, { group }]) => group)).size).toBeLessThanOrEqual(1);
    expect(moved.every(([, { group }]) => group === 'ns-0')).toBe(true);
  });

  it('is made anew for another grouping', () => {
    const first = layOut(undefined, crowd(50), { mode: 'grouped' });
    const other = sceneOf(
      [...crowd(50).nodes].map(({ id }) => summary(id)),
      { grouping: 'parent:host' },
    );
    expect(layOut(first, other, { mode: 'grouped' }).generation).toBe(1);
  });
});

describe('a layout as text', () => {
  const text = writeLayout(layOut(undefined, chain));

  it('is read back', () => {
    expect(readLayout(text)).toEqual(layOut(undefined, chain));
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['another version', text.replace('"version":1', '"version":0')],
    ['an unknown mode', text.replace('"layered"', '"round"')],
    ['a place that is no number', text.replace('"places":[["a",64', '"places":[["a","64"')],
    ['a place out of all bounds', text.replace('"places":[["a",64', '"places":[["a",64e9')],
    ['a node twice', text.replace('["b",', '["a",')],
    ['a kin without a name', text.replace('"names":["pod;;a",', '"names":[')],
    ['a grid without cells', text.replace(/"across":\d+/, '"across":0')],
    ['a box of too many cells', text.replace('"boxes":[]', '"boxes":[["",0,0,9999999,9999999]]')],
    ['boxes that overlap', text.replace('"boxes":[]', '"boxes":[["a",0,0,100,100],["b",50,50,100,100]]')],
  ])('%s is not read', (_, spoiled) => {
    expect(spoiled).not.toBe(text);
    expect(readLayout(spoiled)).toBeUndefined();
  });
});
