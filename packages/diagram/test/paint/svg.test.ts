import { DARK, drawSvg, giveHues, LIGHT, layOut, noHues, type Scene, sceneOf } from '@ridgeline/diagram';
import { describe, expect, it } from 'vitest';
import { namespace, summary } from '../pictures.ts';
import { type Element, elementsOf, readXml } from './read-xml.ts';

const scene: Scene = sceneOf(
  [
    summary('web', {
      label: 'web',
      labelMinor: 'node-a',
      adjacency: ['db', 'out'],
      weights: [120, 1],
      metadata: [namespace('shop')],
    }),
    summary('db', { label: 'db <1>', metadata: [namespace('data')], stack: true }),
    summary('out', { label: 'The Internet', shape: 'cloud', pseudo: true }),
  ],
  { grouping: 'field:kubernetes_namespace' },
);

function picture(theme = LIGHT, of = scene): Element {
  return readXml(drawSvg(of, layOut(undefined, of), { theme, title: 'Pods & more' }));
}

function piece(svg: Element, kind: string, id: string): Element {
  const [found] = elementsOf(
    svg,
    ({ attributes }) => attributes.class === kind && attributes['data-id'] === id,
  );
  if (found === undefined) throw new Error(`no ${kind} ${id}`);
  return found;
}

describe('a picture as SVG', () => {
  it('has a title and a description for those who cannot see it', () => {
    const svg = picture();
    expect(svg.attributes).toMatchObject({ role: 'img', 'aria-labelledby': 'title description' });
    expect(svg.children[0]).toMatchObject({ name: 'title', text: 'Pods & more' });
    expect(svg.children[1]).toMatchObject({ name: 'desc', text: '3 nodes, 2 edges from client to server.' });
  });

  it('tells of each node and edge what it is', () => {
    const svg = picture();
    expect(piece(svg, 'node', 'web').children[0]).toMatchObject({ name: 'title', text: 'web (node-a)' });
    expect(piece(svg, 'edge', 'web -> db').children[0]?.text).toBe('web → db <1>: 120 connections');
    expect(piece(svg, 'edge', 'web -> out').children[0]?.text).toBe('web → The Internet: 1 connection');
  });

  it('writes the names', () => {
    const texts = elementsOf(picture(), ({ name }) => name === 'text').map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['web', 'node-a', 'db <1>', 'The Internet']));
  });

  it('draws wide what carries much', () => {
    const width = (id: string): number => {
      const [line] = elementsOf(piece(picture(), 'edge', id), ({ attributes }) => 'stroke' in attributes);
      return Number(line?.attributes['stroke-width']);
    };
    expect(width('web -> db')).toBeGreaterThan(2 * width('web -> out'));
  });

  it('needs nothing from elsewhere, and no style', () => {
    const text = drawSvg(scene, layOut(undefined, scene), { title: 'x' });
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|url\((?!#)|<style|style=|<image/,
    );
  });

  it('is dark in the dark theme, with the hues that the groups have', () => {
    const hues = giveHues(noHues, scene.groups);
    const text = drawSvg(scene, layOut(undefined, scene), { theme: DARK, hues, title: 'x' });
    const hue = DARK.hues[hues.hues.get('shop') ?? 0] as string;
    expect(text).toContain(`fill="${DARK.ground}"`);
    expect(text).toContain(`stroke="${hue}"`);
    expect(text).not.toContain(LIGHT.ground);
  });

  it('marks trouble by a sign, not by colour alone', () => {
    const nodes = scene.nodes.map((node) => (node.id === 'db' ? { ...node, trouble: 'bad' as const } : node));
    const text = drawSvg({ ...scene, nodes }, layOut(undefined, scene), { title: 'x' });
    expect(text).toContain('>!</text>');
    expect(drawSvg(scene, layOut(undefined, scene), { title: 'x' })).not.toContain('>!</text>');
  });

  it('shows boxes, and flows with their weights, where there are too many nodes', () => {
    const groups = ['a', 'b', 'c', 'd'];
    const nodes = Array.from({ length: 1600 }, (_, i) =>
      summary(`n${i}`, {
        metadata: [namespace(groups[i % 4] as string)],
        adjacency: i % 8 === 0 ? [`n${i + 1}`] : [],
        weights: i % 8 === 0 ? [10] : [],
      }),
    );
    const large = sceneOf(nodes, { grouping: 'field:kubernetes_namespace' });
    const svg = picture(LIGHT, large);
    expect(elementsOf(svg, ({ attributes }) => attributes.class === 'box')).toHaveLength(4);
    expect(elementsOf(svg, ({ attributes }) => attributes.class === 'node')).toHaveLength(1600);
    expect(elementsOf(svg, ({ attributes }) => attributes.class === 'edge')).toHaveLength(0);
    expect(piece(svg, 'flow', 'a -> b').children[0]?.text).toBe('a → b: 2000 connections over 200 edges');
    const texts = elementsOf(svg, ({ name }) => name === 'text').map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['2.0k', 'a', '400']));
  });
});
