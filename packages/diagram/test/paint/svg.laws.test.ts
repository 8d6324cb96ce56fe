import { DARK, drawSvg, LIGHT, layOut, sceneOf } from '@ridgeline/diagram';
import { law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { it } from 'vitest';
import { summary } from '../pictures.ts';
import { placedScenes } from './paint-scenes.ts';
import { elementsOf, readXml } from './read-xml.ts';

const options = { test: it };
/** Names as an attacker would choose them, and any others. */
const hostile = fc.oneof(
  fc.constantFrom(
    '</text><script>alert(1)</script>',
    '" onload="alert(1)',
    "' href='javascript:alert(1)",
    '&lt;b&gt; &#x26;',
    ']]><!--',
    '\u0000\u001b[2J\ud800',
    '\u202eevil',
    'a\nb\tc',
  ),
  fc.string({ unit: 'binary' }),
);

law(
  options,
  'V25',
  'whatever things are called, the SVG is well-formed, and says their names and no element more',
  [hostile, hostile, hostile],
  (id, label, minor) => {
    const draw = (a: string, b: string, c: string): ReturnType<typeof readXml> => {
      const nodes = [
        summary(`1${a}`, { label: b, labelMinor: c, adjacency: ['2'] }),
        summary('2', { label: b, labelMinor: c, pseudo: true }),
      ];
      const scene = sceneOf(nodes);
      return readXml(drawSvg(scene, layOut(undefined, scene), { title: b }));
    };
    const svg = draw(id, label, minor);
    const names = new Set(elementsOf(svg, () => true).map(({ name }) => name));
    const allowed = ['svg', 'title', 'desc', 'defs', 'g', 'path', 'rect', 'clipPath', 'use', 'text'];
    const attributes = elementsOf(svg, () => true).flatMap((element) => Object.keys(element.attributes));
    return (
      [...names].every((name) => allowed.includes(name)) &&
      !attributes.some((name) => name.startsWith('on') || name === 'style') &&
      elementsOf(svg, ({ name }) => name === 'use').every(({ attributes: { href } }) =>
        href?.startsWith('#'),
      ) &&
      elementsOf(svg, ({ attributes: { class: kind } }) => kind === 'node').length === 2
    );
  },
);

law(
  options,
  'V26',
  'the same picture is the same text; each node is there once, under its name, within the frame',
  [placedScenes, fc.constantFrom(LIGHT, DARK)],
  ({ scene, layout }, theme) => {
    const text = drawSvg(scene, layout, { theme, title: 'Pods' });
    const svg = readXml(text);
    const nodes = elementsOf(svg, ({ attributes }) => attributes.class === 'node');
    const [x, y, width, height] = (svg.attributes.viewBox ?? '').split(' ').map(Number) as [
      number,
      number,
      number,
      number,
    ];
    const { bounds } = layout;
    const defined = new Set(
      elementsOf(svg, ({ attributes }) => attributes.id !== undefined).map((e) => e.attributes.id),
    );
    const used = elementsOf(svg, ({ name }) => name === 'use').map(({ attributes }) =>
      attributes.href?.slice(1),
    );
    return (
      text === drawSvg(scene, layout, { theme, title: 'Pods' }) &&
      String(nodes.map(({ attributes }) => attributes['data-id'])) ===
        String(scene.nodes.map(({ id }) => id)) &&
      used.every((id) => defined.has(id)) &&
      x <= bounds.x &&
      y <= bounds.y &&
      x + width >= bounds.x + bounds.width &&
      y + height >= bounds.y + bounds.height
    );
  },
);
