import { type Camera, type Curve, layeredRun, pickFlows, straightRun, toScreen } from '@ridgeline/diagram';
import type { Point } from '../state/address.ts';
import type { Still } from './motion.ts';

/** What is where on the screen, in CSS pixels of the window: what a person sees, for tests to point at. */
export interface SceneOnScreen {
  readonly view: string;
  readonly mode: 'layered' | 'grouped';
  /** Nothing moves, and nothing is being laid out. */
  readonly isSettled: boolean;
  readonly zoom: number;
  readonly frameMillis: number;
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly x: number;
    readonly y: number;
    /** In the picture's own pixels: the same whatever the camera. */
    readonly place: Point;
    readonly isPinned: boolean;
    readonly isGhost: boolean;
  }[];
  /** With a point on each edge's line. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly weight: number;
    readonly x: number;
    readonly y: number;
  }[];
  readonly groups: readonly {
    readonly key: string;
    readonly label: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly flows: readonly {
    readonly from: string;
    readonly to: string;
    readonly weight: number;
    readonly edges: number;
    readonly x: number;
    readonly y: number;
  }[];
}

/** What a scene is described from. */
export interface Shown {
  readonly view: string;
  readonly still: Still | undefined;
  readonly camera: Camera;
  /** Where the canvas begins in the window. */
  readonly origin: Point;
  readonly pins: { has(id: string): boolean };
  readonly isSettled: boolean;
  readonly frameMillis: number;
}

/** What is where on the screen. */
export function describeScene({
  view,
  still,
  camera,
  origin,
  pins,
  isSettled,
  frameMillis,
}: Shown): SceneOnScreen {
  const told = { view, isSettled, frameMillis, zoom: camera.zoom };
  if (still === undefined) return { ...told, mode: 'layered', nodes: [], edges: [], groups: [], flows: [] };
  const { scene, layout } = still;
  const onScreen = (point: Point): Point => {
    const { x, y } = toScreen(camera, point);
    return { x: x + origin.x, y: y + origin.y };
  };
  const placed = scene.nodes.map((node) => ({ node, place: layout.places.get(node.id) }));
  return {
    ...told,
    mode: layout.mode,
    nodes: placed.flatMap(({ node: { id, label, ghost = false }, place }) =>
      place === undefined
        ? []
        : [
            {
              id,
              label,
              ...onScreen(place),
              place: { x: place.x, y: place.y },
              isPinned: pins.has(id),
              isGhost: ghost,
            },
          ],
    ),
    edges: scene.edges.flatMap(({ from, to, weight }) => {
      const [a, b] = [placed[from], placed[to]];
      if (a?.place === undefined || b?.place === undefined) return [];
      const { curve } =
        layout.mode === 'grouped'
          ? straightRun(a.place.x, a.place.y, b.place.x, b.place.y, 0)
          : layeredRun(a.place.x, a.place.y, a.node.shape, b.place.x, b.place.y, b.node.shape, 0);
      return [{ from: a.node.id, to: b.node.id, weight, ...onScreen(middleOf(curve)) }];
    }),
    groups: scene.groups.flatMap(({ key, label }) => {
      const box = layout.boxes.get(key);
      if (box === undefined) return [];
      const { width, height } = box;
      return [{ key, label, ...onScreen(box), width: width * camera.zoom, height: height * camera.zoom }];
    }),
    flows: pickFlows(scene, layout, undefined, 1 / camera.zoom).map(({ flow, from, to, run }) => ({
      from: from.key,
      to: to.key,
      weight: flow.weight,
      edges: flow.edges,
      ...onScreen(run.middle),
    })),
  };
}

function middleOf({ x0, y0, x1, y1, x2, y2, x3, y3 }: Curve): Point {
  return { x: (x0 + 3 * x1 + 3 * x2 + x3) / 8, y: (y0 + 3 * y1 + 3 * y2 + y3) / 8 };
}
