// Bugs that the laws of scenes and layouts (V1-V13) must catch.

import { mutantsIn } from './mutants-of.mjs';

/** @typedef {import('./mutant.ts').Mutant} Mutant */

const layoutLaws = ['packages/diagram/test/layout/layout.laws.test.ts'];
const sceneLaws = ['packages/diagram/test/scene/scene.laws.test.ts'];

const mutantsOf = mutantsIn('packages/diagram/src');

const graph = mutantsOf('layout/graph.ts', layoutLaws);
const insert = mutantsOf('layout/insert-node.ts', layoutLaws);
const layered = mutantsOf('layout/layered.ts', layoutLaws);
const layers = mutantsOf('layout/serial-order.ts', layoutLaws);
const heights = mutantsOf('layout/heights.ts', layoutLaws);
const grouped = mutantsOf('layout/grouped.ts', layoutLaws);
const boxes = mutantsOf('layout/grow-boxes.ts', layoutLaws);
const text = mutantsOf('layout/layout-text.ts', layoutLaws);
const edges = mutantsOf('scene/scene-edges.ts', sceneLaws);
const scene = mutantsOf('scene/scene-of.ts', sceneLaws);
const hues = mutantsOf('scene/hue-book.ts', sceneLaws);

/** @type {readonly Mutant[]} */
export const mutants = [
  graph(
    'diagram-vertices-in-the-order-of-arrival',
    'order.sort((a, b) => (idAt(a) < idAt(b) ? -1 : 1));',
    '',
  ),
  layers(
    'diagram-layers-ignore-clients',
    'for (const v of inOrder) layer[v] = bounds(v)[0];',
    'for (const v of inOrder) layer[v] = 0;',
  ),
  heights('diagram-rows-too-close', 'export const ROW = 96;', 'export const ROW = 80;'),
  insert(
    'diagram-neighbours-pushed-without-bound',
    'Math.max((field.home[v] as number) - MOST_PUSH, blocked)',
    'Math.max((field.home[v] as number) - 4 * MOST_PUSH, blocked)',
  ),
  insert('diagram-no-room-is-made', 'makeRoom(field, fit);', ''),
  insert(
    'diagram-beside-is-no-obstacle',
    'if (Math.abs(at - x) < WIDTH) for (const v of members)',
    'if (at === x) for (const v of members)',
  ),
  layered(
    'diagram-pins-are-pushed',
    'if (pin !== undefined) field.place(v, pin, { fixed: true });',
    'if (pin !== undefined) field.place(v, pin);',
  ),
  layered(
    'diagram-pins-cover-others',
    'if (field.isFree(place)) field.place(v, place, { aside: isAside });\n    else if (!isAside)',
    'if (field.placed[v] === 0) field.place(v, place, { aside: isAside });\n    else if (!isAside)',
  ),
  layered(
    'diagram-kin-inherit-nothing',
    'const slots = new KinSlots(vacated);',
    'const slots = new KinSlots(new Map());',
  ),
  layered(
    'diagram-the-gone-are-forgotten',
    'vacated: recentlyVacated(vacated, isHere, previous.places.size),',
    'vacated: new Map(),',
  ),
  grouped(
    'diagram-pins-do-not-hold-in-boxes',
    'const point = pins.get(id) ?? { x: x[v] as number, y: y[v] as number };',
    'const point = { x: x[v] as number, y: y[v] as number };',
  ),
  boxes('diagram-boxes-grow-over-others', 'isClear(candidate, key, boxes) &&', ''),
  text('diagram-aside-is-not-written', 'aside === true ? 1 : 0', '0'),
  edges('diagram-loops-are-drawn', 'if (to !== undefined && to !== from)', 'if (to !== undefined)'),
  edges('diagram-the-first-weight-counts-alone', 'sum.weight += weight;', ''),
  edges('diagram-flows-lose-weights', 'sums.add(a, b, weight, count);', 'sums.add(a, b, 1, count);'),
  scene(
    'diagram-a-pile-takes-no-edges',
    'for (const [id, pileId] of drawnAs) indexes.set(id, indexes.get(pileId) as number);',
    '',
  ),
  hues(
    'diagram-hues-are-given-anew',
    'const hues = new Map(book.hues);',
    'const hues = new Map<string, number>();',
  ),
];
