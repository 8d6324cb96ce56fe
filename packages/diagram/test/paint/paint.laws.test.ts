import {
  type Box,
  type Camera,
  drawScene,
  fitCamera,
  HitIndex,
  LIGHT,
  panCamera,
  revealPoint,
  toScreen,
  toWorld,
  ZOOM,
  zoomCamera,
} from '@ridgeline/diagram';
import { law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { it } from 'vitest';
import { SHAPES_FROM_ZOOM } from '../../src/paint/draw-nodes.ts';
import { type Placed, placedScenes } from './paint-scenes.ts';
import { RecordingPainter } from './recording-painter.ts';

const options = { test: it };
const coordinate = fc.double({ min: -3000, max: 3000, noNaN: true });
const points = fc.record({ x: coordinate, y: coordinate });
const cameras: fc.Arbitrary<Camera> = fc.record({
  x: coordinate,
  y: coordinate,
  zoom: fc.double({ min: ZOOM.least, max: ZOOM.most, noNaN: true }),
  width: fc.integer({ min: 200, max: 2500 }),
  height: fc.integer({ min: 200, max: 1500 }),
});

/** The ids of the nodes that a camera is shown, in the order of drawing. */
function drawnNodes({ scene, layout }: Placed, camera: Camera): readonly string[] {
  const painter = new RecordingPainter();
  drawScene(painter, scene, layout, LIGHT, { camera });
  return painter.pieces.filter(({ kind }) => kind === 'node').map(({ id }) => id);
}

law(
  options,
  'V20',
  'a picture that is seen as a whole has each node, and each edge or else each flow that is shown, once',
  [placedScenes],
  ({ scene, layout }) => {
    const painter = new RecordingPainter();
    const camera = fitCamera({ x: 0, y: 0, zoom: 1, width: 1600, height: 900 }, layout.bounds);
    drawScene(painter, scene, layout, LIGHT, { camera });
    const ids = (kind: string): readonly string[] =>
      painter.pieces.filter((piece) => piece.kind === kind).map(({ id }) => id);
    const edges = scene.edges.map(({ from, to }) => `${scene.nodes[from]?.id} -> ${scene.nodes[to]?.id}`);
    const showsEdges = layout.mode === 'layered' || scene.flows.length === 0 || camera.zoom >= 0.45;
    return (
      String(ids('node')) === String(scene.nodes.map(({ id }) => id)) &&
      String([...ids('edge')].sort()) === String(showsEdges ? edges.sort() : []) &&
      ids('box').length === layout.boxes.size &&
      new Set(ids('flow')).size === ids('flow').length
    );
  },
);

law(
  options,
  'V21',
  'a node is drawn where its place is when that is in sight; a camera that looks elsewhere is shown nothing',
  [placedScenes, cameras],
  (placed, camera) => {
    const drawn = new Set(drawnNodes(placed, camera));
    const inSight = placed.scene.nodes.filter(({ id }) => {
      const { x, y } = toScreen(camera, placed.layout.places.get(id) ?? { x: Number.NaN, y: 0 });
      return x >= 0 && x <= camera.width && y >= 0 && y <= camera.height;
    });
    const { x, y, width } = placed.layout.bounds;
    const far = { ...camera, x: x + width + 10_000 + camera.width / camera.zoom, y };
    return inSight.every(({ id }) => drawn.has(id)) && drawnNodes(placed, far).length === 0;
  },
);

law(
  options,
  'V22',
  "what is found at a node's middle is this node, at any zoom; of dots, it or a flow drawn over it",
  [placedScenes, cameras],
  ({ scene, layout }, camera) => {
    const index = new HitIndex(scene, layout);
    return scene.nodes.every(({ id }) => {
      const place = layout.places.get(id);
      if (place === undefined) return false;
      const hit = index.at({ camera }, toScreen(camera, place));
      return (
        (hit?.kind === 'node' && hit.id === id) || (hit?.kind === 'flow' && camera.zoom < SHAPES_FROM_ZOOM)
      );
    });
  },
);

law(
  options,
  'V23',
  'a point of the screen is one of the world and back; zooming keeps the point that is pointed at',
  [cameras, points, fc.double({ min: 0.1, max: 10, noNaN: true })],
  (camera, at, factor) => {
    const back = toScreen(camera, toWorld(camera, at));
    const zoomed = zoomCamera(camera, factor, at);
    const [before, after] = [toWorld(camera, at), toWorld(zoomed, at)];
    const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6 * (1 + Math.abs(a) + Math.abs(b));
    return (
      near(back.x, at.x) &&
      near(back.y, at.y) &&
      near(before.x, after.x) &&
      near(before.y, after.y) &&
      zoomed.zoom >= ZOOM.least &&
      zoomed.zoom <= ZOOM.most
    );
  },
);

law(
  options,
  'V24',
  'a fitted picture lies within what the insets leave free, or the zoom is the least; what is revealed is in sight',
  [placedScenes, cameras, points],
  ({ layout: { bounds } }, camera, point) => {
    const insets = { left: 16, right: 80, top: 10, bottom: 56 };
    const fitted = fitCamera(camera, bounds, insets);
    const first = toScreen(fitted, bounds);
    const last = toScreen(fitted, { x: bounds.x + bounds.width, y: bounds.y + bounds.height });
    const fits =
      first.x >= insets.left &&
      first.y >= insets.top &&
      last.x <= camera.width - insets.right &&
      last.y <= camera.height - insets.bottom;
    const revealed = revealPoint(camera, point, 40, insets);
    const seen = toScreen(revealed, point);
    const again = revealPoint(revealed, point, 40, insets);
    return (
      (fits || fitted.zoom === ZOOM.least) &&
      seen.x >= insets.left - 1e-6 &&
      seen.x <= camera.width - insets.right + 1e-6 &&
      seen.y >= insets.top - 1e-6 &&
      seen.y <= camera.height - insets.bottom + 1e-6 &&
      Math.hypot(again.x - revealed.x, again.y - revealed.y) < 1e-6 &&
      panCamera(camera, 0, 0).x === camera.x
    );
  },
);

law(
  options,
  'V27',
  'no label meets another, at any zoom and however long the names are; nothing is written that is no name',
  [placedScenes, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 24, maxLength: 24 }), cameras],
  ({ scene, layout }, lengths, { zoom }) => {
    if (layout.mode === 'grouped') return true;
    const nodes = scene.nodes.map((node, i) => {
      const name = `${i}-`.padEnd(lengths[i % 24] as number, 'abcdefg');
      return { ...node, label: name, labelMinor: name, stacked: false, trouble: undefined as never };
    });
    const painter = new RecordingPainter();
    const { bounds } = layout;
    const camera = {
      x: bounds.x + bounds.width / 2,
      y: bounds.y + bounds.height / 2,
      zoom,
      width: bounds.width * zoom + 200,
      height: bounds.height * zoom + 200,
    };
    drawScene(painter, { ...scene, nodes }, layout, LIGHT, { camera });
    return painter.texts.every(({ text, room }, i) => {
      const isName = nodes.some(({ label }) => label.startsWith(text.replace(/…$/, '')));
      return isName && painter.texts.slice(i + 1).every((other) => !overlap(room, other.room));
    });
  },
);

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
