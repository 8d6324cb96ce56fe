import {
  type Layout,
  type LayoutMode,
  type LayoutOptions,
  layOut,
  readLayout,
  type Scene,
  sceneOf,
  writeLayout,
} from '@ridgeline/diagram';
import { law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { it } from 'vitest';
import { churnFleet, makeFleet, replaceReplicas, summariesOf } from '../../bench/made-up-services.ts';
import { pictures } from '../pictures.ts';
import {
  areBoxesApart,
  backwardShare,
  distance,
  holdsItsNodes,
  isFreeOfOverlap,
  placesAll,
  untouched,
} from './claims.ts';

const options = { test: it };
const modes = fc.constantFrom<LayoutMode>('layered', 'grouped');
const scenes = pictures().map((nodes) => sceneOf(nodes, { grouping: 'field:kubernetes_namespace' }));
const histories = fc.array(scenes, { minLength: 1, maxLength: 5 });
const point = fc.record({ x: fc.integer({ min: -400, max: 1500 }), y: fc.integer({ min: -400, max: 900 }) });
const pinnings = fc
  .array(fc.tuple(fc.nat({ max: 24 }), point), { maxLength: 4 })
  .map((pairs) => new Map(pairs.map(([k, at]) => [`${['cart', 'user', 'db'][k % 3]}-${k}`, at])));
const fleets = fc
  .record({ pods: fc.integer({ min: 60, max: 220 }), seed: fc.nat({ max: 1e6 }) })
  .map(({ pods, seed }) => makeFleet(pods, seed));

/** The layouts that follow one another as the scenes do. */
function layAll(history: readonly Scene[], choice: LayoutOptions): Layout[] {
  const layouts: Layout[] = [];
  for (const scene of history) layouts.push(layOut(layouts.at(-1), scene, choice));
  return layouts;
}

/** The same scene with its nodes in another order. */
function shuffled(scene: Scene, seed: number): Scene {
  const order = scene.nodes.map((_, i) => i).sort((a, b) => mix(a, seed) - mix(b, seed));
  const at = new Map(order.map((old, now) => [old, now]));
  return {
    ...scene,
    nodes: order.map((i) => scene.nodes[i] as Scene['nodes'][number]),
    edges: scene.edges
      .map((edge) => ({ ...edge, from: at.get(edge.from) as number, to: at.get(edge.to) as number }))
      .reverse(),
  };
}

function mix(value: number, seed: number): number {
  return Math.imul(value + 1, 0x9e3779b1 ^ seed) >>> 0;
}

law(
  options,
  'V1',
  'places are a function of (previous, scene), whatever the order of nodes',
  [histories, pinnings, modes, fc.nat()],
  (history, pins, mode, seed) => {
    const choice = { pins, mode };
    const first = layAll(history, choice);
    const second = layAll(
      history.map((scene) => shuffled(scene, seed)),
      choice,
    );
    return first.every((layout, i) => writeLayout(layout) === writeLayout(second[i] as Layout));
  },
);

law(
  options,
  'V2',
  'after a 1 % delta no untouched node moves more than 30 px',
  [fleets, modes],
  (fleet, mode) => {
    const before = sceneOf(summariesOf(fleet));
    const after = sceneOf(summariesOf(churnFleet(fleet, 0.01)));
    const first = layOut(undefined, before, { mode });
    const second = layOut(first, after, { mode });
    return (
      second.generation === first.generation &&
      untouched(before, after).every((id) => distance(first, second, id) <= 30)
    );
  },
);

law(
  options,
  'V2',
  'layered: after any delta without a fresh layout no untouched node moves more than 30 px',
  [histories],
  (history) => {
    const layouts = layAll(history, { mode: 'layered' });
    return layouts.every((after, i) => {
      const before = layouts[i - 1];
      if (before === undefined || before.generation !== after.generation) return true;
      return untouched(history[i - 1] as Scene, history[i] as Scene).every(
        (id) => distance(before, after, id) <= 30,
      );
    });
  },
);

law(
  options,
  'V3',
  'no two nodes overlap, labels included; no two boxes; boxes and bounds hold their nodes',
  [histories, pinnings, modes],
  (history, pins, mode) =>
    layAll(history, { pins, mode }).every(
      (layout) => isFreeOfOverlap(layout, pins) && areBoxesApart(layout) && holdsItsNodes(layout, pins),
    ),
);

law(options, 'V3', 'the same of fleets under churn', [fleets, modes], (fleet, mode) => {
  const next = churnFleet(fleet, 0.05);
  const history = [fleet, next, churnFleet(next, 0.05)].map((at) => sceneOf(summariesOf(at)));
  return layAll(history, { mode }).every(
    (layout) => isFreeOfOverlap(layout) && areBoxesApart(layout) && holdsItsNodes(layout),
  );
});

law(
  options,
  'V4',
  'edges run from left to right: all of an acyclic graph, half of any, and no more than a tenth comes to run back',
  [histories],
  (history) => {
    const layouts = layAll(history, { mode: 'layered' });
    return layouts.every((layout, i) => {
      const scene = history[i] as Scene;
      const share = backwardShare(layout, scene);
      const { drift, settled } = layout.memory;
      const fresh = backwardShare(layOut(undefined, scene, { mode: 'layered' }), scene);
      return (
        drift === share &&
        fresh <= 0.5 &&
        (fresh === 0 || hasCycle(scene)) &&
        (share - settled <= 0.1 || (share - settled) * scene.edges.length < 3)
      );
    });
  },
);

function hasCycle({ nodes, edges }: Scene): boolean {
  const left = new Set(nodes.keys());
  for (let size = -1; size !== left.size; ) {
    size = left.size;
    for (const v of left) if (!edges.some(({ from, to }) => to === v && left.has(from))) left.delete(v);
  }
  return left.size > 0;
}

law(options, 'V5', 'pins hold', [histories, pinnings, modes], (history, pins, mode) =>
  layAll(history, { pins, mode }).every(({ places }) =>
    [...pins].every(([id, at]) => {
      const place = places.get(id);
      return place === undefined || (place.x === at.x && place.y === at.y);
    }),
  ),
);

law(
  options,
  'V5',
  'a pin on the place of another node holds, whoever comes to its column',
  [histories, fc.nat({ max: 23 }), fc.nat({ max: 23 })],
  (history, pinned, other) => {
    const first = layOut(undefined, history[0] as Scene, { mode: 'layered' });
    const places = [...first.places];
    const [id] = places[pinned % Math.max(1, places.length)] ?? [];
    const [, at] = places[other % Math.max(1, places.length)] ?? [];
    if (id === undefined || at === undefined) return true;
    const pins = new Map([[id, { x: at.x, y: at.y }]]);
    let layout = first;
    return history.every((scene) => {
      layout = layOut(layout, scene, { mode: 'layered', pins });
      const place = layout.places.get(id);
      return isFreeOfOverlap(layout) && (place === undefined || (place.x === at.x && place.y === at.y));
    });
  },
);

law(
  options,
  'V7',
  'exactly the scene’s nodes are placed, at finite points',
  [histories, pinnings, modes],
  (history, pins, mode) =>
    layAll(history, { pins, mode }).every((layout, i) => placesAll(layout, history[i] as Scene)),
);

law(
  options,
  'V8',
  'replaced replicas move nobody',
  [fleets, modes, fc.integer({ min: 1, max: 10 })],
  (fleet, mode, count) => {
    const replaced = replaceReplicas(fleet, count);
    const before = sceneOf(summariesOf(fleet));
    const after = sceneOf(summariesOf(replaced));
    const first = layOut(undefined, before, { mode });
    const second = layOut(first, after, { mode });
    const isHere = new Set(before.nodes.map(({ id }) => id));
    const points = (layout: Layout): string[] =>
      [...layout.places.values()].map(({ kin, x, y }) => `${kin} ${x},${y}`).sort();
    return (
      after.nodes.every(({ id }) => !isHere.has(id) || distance(first, second, id) === 0) &&
      String(points(first)) === String(points(second))
    );
  },
);

law(
  options,
  'V9',
  'layOut(previous, the same scene) = previous',
  [histories, pinnings, modes],
  (history, pins, mode) => {
    const last = layAll(history, { pins, mode }).at(-1) as Layout;
    return layOut(last, history.at(-1) as Scene, { pins, mode }) === last;
  },
);

law(
  options,
  'V10',
  'read(write(layout)) = layout, and lays out the next scene alike',
  [histories, scenes, pinnings, modes],
  (history, next, pins, mode) => {
    const last = layAll(history, { pins, mode }).at(-1) as Layout;
    const text = writeLayout(last);
    const again = readLayout(text);
    return (
      again !== undefined &&
      writeLayout(again) === text &&
      writeLayout(layOut(again, next, { pins, mode })) === writeLayout(layOut(last, next, { pins, mode }))
    );
  },
);

/** Text of a layout with one value in it replaced. */
const spoiled = fc
  .tuple(histories, modes, fc.nat(), fc.jsonValue({ maxDepth: 1 }), fc.boolean())
  .map(([history, mode, at, value, isNumber]) => {
    const text = writeLayout(layAll(history, { mode }).at(-1) as Layout);
    const spots = [...text.matchAll(isNumber ? /-?\d+(\.\d+)?/g : /"[^"]*"|\[|\]|null/g)];
    const spot = spots[at % spots.length] as RegExpMatchArray;
    return (
      text.slice(0, spot.index) + JSON.stringify(value) + text.slice((spot.index as number) + spot[0].length)
    );
  });

law(
  options,
  'V10',
  'whatever text is read, the next layout is sound',
  [fc.oneof(spoiled, fc.string(), fc.json()), scenes, modes],
  (text, scene: Scene, mode) => {
    const layout = layOut(readLayout(text), scene, { mode });
    return placesAll(layout, scene) && isFreeOfOverlap(layout) && areBoxesApart(layout);
  },
);

law(
  options,
  'V11',
  'who returns finds its place: an empty scene in between moves nobody',
  [histories, modes],
  (history, mode) => {
    const scene = history.at(-1) as Scene;
    const last = layAll(history, { mode }).at(-1) as Layout;
    const empty = layOut(last, sceneOf([], { grouping: scene.grouping ?? '' }), { mode });
    const again = layOut(empty, scene, { mode });
    return scene.nodes.every(({ id }) => distance(last, again, id) === 0);
  },
);
