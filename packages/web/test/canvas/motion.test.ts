import type { NodeSummary } from '@ridgeline/core/wire';
import { type Layout, layOut, type Scene, sceneOf } from '@ridgeline/diagram';
import { describe, expect, it } from 'vitest';
import { Eye } from '../../src/canvas/eye.ts';
import { Motion, type Still } from '../../src/canvas/motion.ts';
import { packScene, unpackScene } from '../../src/canvas/packed-scene.ts';
import { isSameStructure } from '../../src/canvas/structure.ts';

/** `a > b`: an edge. */
function sceneFrom(...lines: readonly string[]): Scene {
  const nodes = new Map<string, string[]>();
  for (const line of lines) {
    const [from = '', to] = line.split(' > ');
    nodes.set(from, [...(nodes.get(from) ?? []), ...(to === undefined ? [] : [to])]);
    if (to !== undefined && !nodes.has(to)) nodes.set(to, []);
  }
  return sceneOf(
    [...nodes].map(([id, adjacency]) => ({
      id,
      topology: 'process',
      label: id,
      labelMinor: '',
      rank: '',
      shape: 'circle',
      metadata: [],
      metrics: [],
      parents: [],
      adjacency,
    })) as unknown as readonly NodeSummary[],
  );
}

function still(scene: Scene, layout: Layout): Still {
  return { scene, layout, presence: new Map() };
}

describe('a motion', () => {
  const before = sceneFrom('a > b', 'gone > b');
  const after = sceneFrom('a > b', 'b > new');
  const from = layOut(undefined, before);
  const moved = layOut(from, after, { pins: new Map([['a', { x: 400, y: 300 }]]) });

  it('begins with what was to be seen: new nodes not there yet, gone ones in full', () => {
    const { layout, presence, scene } = new Motion(still(before, from), moved, 1000).at(1000, after);
    expect(layout.places.get('a')).toMatchObject({ x: from.places.get('a')?.x, y: from.places.get('a')?.y });
    expect(presence.get('new')).toBe(0);
    expect(presence.get('gone')).toBe(1);
    expect(scene.nodes.map(({ id }) => id)).toContain('gone');
  });

  it('has gone nodes at the end, so that edges hold', () => {
    const { scene } = new Motion(still(before, from), moved, 0).at(100, after);
    expect(scene.nodes.slice(0, after.nodes.length)).toEqual(after.nodes);
  });

  it('ends at the new places', () => {
    const motion = new Motion(still(before, from), moved, 1000);
    expect(motion.isOver(1100)).toBe(false);
    expect(motion.isOver(1400)).toBe(true);
    const { layout, presence } = motion.at(1400, after);
    expect(layout.places.get('a')).toMatchObject({ x: 400, y: 300 });
    expect(presence.get('new')).toBe(1);
    expect(presence.get('gone')).toBe(0);
  });

  it('goes on from where another one was', () => {
    const first = new Motion(still(before, from), moved, 0).at(150, after);
    const second = new Motion(first, moved, 150).at(150, after);
    expect(second.layout.places.get('a')).toEqual(first.layout.places.get('a'));
    expect(second.presence.get('new')).toBe(first.presence.get('new'));
  });
});

describe('the structure of a scene', () => {
  it('is its nodes, edges and groups, not its labels', () => {
    const one = sceneFrom('a > b');
    const relabelled = { ...one, nodes: one.nodes.map((node) => ({ ...node, label: 'x', level: 0.5 })) };
    expect(isSameStructure(one, relabelled)).toBe(true);
    expect(isSameStructure(one, sceneFrom('a > b', 'c'))).toBe(false);
    expect(isSameStructure(one, sceneFrom('b > a'))).toBe(false);
    expect(isSameStructure(one, { ...one, grouping: 'field:host' })).toBe(false);
  });
});

describe('the eye', () => {
  const bounds = { x: 0, y: 0, width: 1000, height: 500 };

  it('fits what it is shown, until somebody takes it into their hands', () => {
    const eye = new Eye();
    eye.resize(800, 600);
    eye.fit(bounds);
    expect(eye.camera.zoom).toBeLessThan(0.8);
    expect(eye.isTouched).toBe(false);
    eye.pan(10, 0);
    expect(eye.isTouched).toBe(true);
  });

  it('keeps the left upper corner of the picture when its right border moves', () => {
    const eye = new Eye();
    eye.resize(800, 600);
    eye.fit(bounds);
    const corner = eye.camera.x - eye.camera.width / 2 / eye.camera.zoom;
    eye.resize(424, 600);
    expect(eye.camera.x - eye.camera.width / 2 / eye.camera.zoom).toBeCloseTo(corner, 6);
  });

  it('goes on with its way when a panel opens', () => {
    const eye = new Eye();
    eye.resize(800, 600);
    eye.fit(bounds);
    eye.focus({ x: 100, y: 100 }, 0);
    eye.resize(424, 600);
    expect(eye.isGliding).toBe(true);
    eye.step(10_000);
    expect(eye.isGliding).toBe(false);
    expect(eye.camera.zoom).toBeCloseTo(1.1, 6);
  });

  it('tells a picture that has outgrown the screen from one that has grown a little', () => {
    const eye = new Eye();
    eye.resize(800, 600);
    eye.fit(bounds);
    expect(eye.isOutgrownBy({ ...bounds, width: 1100 })).toBe(false);
    expect(eye.isOutgrownBy({ ...bounds, width: 2500 })).toBe(true);
  });
});

describe('a scene on its way to the worker', () => {
  it('is laid out as it would be here', () => {
    const one = sceneFrom('a > b', 'a > c', 'c > d', 'e', 'b > d');
    const sent = unpackScene(structuredClone(packScene(one)));
    expect(layOut(undefined, sent)).toEqual(layOut(undefined, one));
    const next = sceneFrom('a > b', 'c > d', 'f > d', 'b > d');
    const before = layOut(undefined, one);
    expect(layOut(before, unpackScene(packScene(next)))).toEqual(layOut(before, next));
  });

  it('keeps its grouping, and the groups of its nodes', () => {
    const one = sceneFrom('a > b');
    const grouped = {
      ...one,
      grouping: 'field:host',
      nodes: one.nodes.map((node) => ({ ...node, group: `of ${node.id}` })),
    };
    const sent = unpackScene(packScene(grouped));
    const options = { mode: 'grouped' } as const;
    expect(layOut(undefined, sent, options)).toEqual(layOut(undefined, grouped, options));
    expect([...layOut(undefined, sent, options).boxes.keys()]).toEqual(['of a', 'of b']);
  });
});
