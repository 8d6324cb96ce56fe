import type { Box, Point } from '../layout/layout.ts';

/** From where the world is seen: the point of it in the middle of the screen, and how large. */
export interface Camera extends Point {
  /** Pixels of the screen to one of the world. */
  readonly zoom: number;
  /** The screen, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels at the screen's borders that are covered by something else. */
export interface Insets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far one can zoom, and how large a small picture is made when it is fitted. */
export const ZOOM: { readonly least: number; readonly most: number; readonly mostToFit: number } = {
  least: 0.02,
  most: 3,
  mostToFit: 1.25,
};

const NO_INSETS: Insets = { left: 0, right: 0, top: 0, bottom: 0 };
/** The share of the free screen that a fitted picture fills. */
const FIT_SHARE = 0.96;

/** A camera that sees all of `bounds` in what the insets leave free; of an empty picture, the middle. */
export function fitCamera(camera: Camera, bounds: Box, insets: Insets = NO_INSETS): Camera {
  const width = Math.max(1, camera.width - insets.left - insets.right);
  const height = Math.max(1, camera.height - insets.top - insets.bottom);
  const fitting =
    Math.min(width / Math.max(1, bounds.width), height / Math.max(1, bounds.height)) * FIT_SHARE;
  const zoom = Math.max(ZOOM.least, Math.min(ZOOM.mostToFit, fitting));
  return {
    ...camera,
    zoom,
    x: bounds.x + bounds.width / 2 - (insets.left - insets.right) / 2 / zoom,
    y: bounds.y + bounds.height / 2 - (insets.top - insets.bottom) / 2 / zoom,
  };
}

/** Zooms by a factor; the point of the world below `at` (a point of the screen; left out: its middle) stays there. */
export function zoomCamera(
  camera: Camera,
  factor: number,
  at: Point = { x: camera.width / 2, y: camera.height / 2 },
): Camera {
  const zoom = Math.max(ZOOM.least, Math.min(ZOOM.most, camera.zoom * factor));
  const held = toWorld(camera, at);
  return {
    ...camera,
    zoom,
    x: held.x - (at.x - camera.width / 2) / zoom,
    y: held.y - (at.y - camera.height / 2) / zoom,
  };
}

/** Moves the picture by so many pixels of the screen. */
export function panCamera(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom };
}

/** Where a point of the world is on the screen. */
export function toScreen(camera: Camera, { x, y }: Point): Point {
  return {
    x: (x - camera.x) * camera.zoom + camera.width / 2,
    y: (y - camera.y) * camera.zoom + camera.height / 2,
  };
}

/** The inverse of {@link toScreen}. */
export function toWorld(camera: Camera, { x, y }: Point): Point {
  return {
    x: camera.x + (x - camera.width / 2) / camera.zoom,
    y: camera.y + (y - camera.height / 2) / camera.zoom,
  };
}

/** What of the world is on the screen, and `margin` units around it. */
export function visibleArea(camera: Camera, margin = 0): Box {
  const width = camera.width / camera.zoom + 2 * margin;
  const height = camera.height / camera.zoom + 2 * margin;
  return { x: camera.x - width / 2, y: camera.y - height / 2, width, height };
}

/** The same camera, moved just enough to bring a point of the world `margin` pixels into what the insets leave free. */
export function revealPoint(camera: Camera, point: Point, margin = 90, insets: Insets = NO_INSETS): Camera {
  const { x, y } = toScreen(camera, point);
  const dx = overshoot(x, insets.left, camera.width - insets.right, margin);
  const dy = overshoot(y, insets.top, camera.height - insets.bottom, margin);
  return dx === 0 && dy === 0 ? camera : panCamera(camera, -dx, -dy);
}

/** How far `at` is out of `from + margin .. to - margin`; where that is empty, out of the middle. */
function overshoot(at: number, from: number, to: number, margin: number): number {
  const room = Math.min(margin, (to - from) / 2);
  return Math.min(0, at - (from + room)) + Math.max(0, at - (to - room));
}
