import { HitIndex, type Look, layOut, sceneOf, toScreen } from '@ridgeline/diagram';
import { describe, expect, it } from 'vitest';
import { namespace, summary } from '../pictures.ts';

const camera = { x: 0, y: 0, zoom: 1, width: 1000, height: 800 };

function pair(mode: 'layered' | 'grouped'): {
  index: HitIndex;
  at: (id: string) => { x: number; y: number };
  layout: ReturnType<typeof layOut>;
} {
  const scene = sceneOf(
    [
      summary('a', { adjacency: ['b'], metadata: [namespace('left')] }),
      summary('b', { metadata: [namespace('right')] }),
    ],
    { grouping: 'field:kubernetes_namespace' },
  );
  const layout = layOut(undefined, scene, { mode });
  return {
    index: new HitIndex(scene, layout),
    layout,
    at: (id) => layout.places.get(id) ?? { x: Number.NaN, y: Number.NaN },
  };
}

/** The middle between two points, on the screen. */
function between(
  look: Look,
  a: { x: number; y: number },
  b: { x: number; y: number },
): { x: number; y: number } {
  return toScreen(look.camera, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
}

describe('what is at a point', () => {
  it('is the edge, near its line', () => {
    const { index, at } = pair('layered');
    const look = { camera };
    const middle = between(look, at('a'), at('b'));
    expect(index.at(look, { x: middle.x, y: middle.y + 4 })).toEqual({ kind: 'edge', from: 'a', to: 'b' });
    expect(index.at(look, { x: middle.x, y: middle.y + 40 })).toBeUndefined();
  });

  it('is a flow from afar, an edge from near', () => {
    const { index, layout } = pair('grouped');
    const [left, right] = [layout.boxes.get('left'), layout.boxes.get('right')];
    if (left === undefined || right === undefined) throw new Error('no boxes');
    const far = { camera: { ...camera, zoom: 0.3 } };
    const hits = new Set<string>();
    for (let x = -500; x < 1500; x += 4) {
      for (let y = -500; y < 1500; y += 4)
        hits.add(JSON.stringify(index.at(far, toScreen(far.camera, { x, y }))));
    }
    expect(hits).toContain('{"kind":"flow","from":"left","to":"right"}');
    expect([...hits].some((hit) => hit?.includes('"edge"'))).toBe(false);
  });

  it('is the box, where nothing else is', () => {
    const { index, layout } = pair('grouped');
    const box = layout.boxes.get('left');
    if (box === undefined) throw new Error('no box');
    const corner = toScreen(camera, { x: box.x + 3, y: box.y + 3 });
    expect(index.at({ camera }, corner)).toEqual({ kind: 'group', key: 'left' });
    expect(index.at({ camera }, toScreen(camera, { x: box.x - 3, y: box.y - 3 }))).toBeUndefined();
  });

  it('is found fast in a large picture', () => {
    const nodes = Array.from({ length: 10_000 }, (_, i) =>
      summary(`n${i}`, {
        metadata: [namespace(`g${i % 40}`)],
        adjacency: [1, 7, 40].map((step) => `n${(i + step) % 10_000}`),
      }),
    );
    const scene = sceneOf(nodes, { grouping: 'field:kubernetes_namespace' });
    const layout = layOut(undefined, scene);
    const index = new HitIndex(scene, layout);
    const look = { camera: { ...camera, zoom: 0.6, x: 2000, y: 2000 } };
    const started = performance.now();
    for (let i = 0; i < 100; i++) index.at(look, { x: (i * 37) % 1000, y: (i * 53) % 800 });
    // Measured: 0.3 ms each, edges included; the bound is for slow and busy machines.
    expect((performance.now() - started) / 100).toBeLessThan(16);
  });
});
