import {
  type Box,
  type Camera,
  fitCamera,
  type Insets,
  panCamera,
  revealPoint,
  zoomCamera,
} from '@ridgeline/diagram';
import type { Point } from '../state/address.ts';
import type { Viewpoint } from './view-memory.ts';

/** What lies over the canvas: the legend below, the buttons at the right. */
const INSETS: Insets = { left: 16, right: 16, top: 16, bottom: 56 };
const GLIDE_MILLIS = 260;

/** The camera, and whether somebody has taken it into their hands. */
export class Eye {
  #camera: Camera = { x: 0, y: 0, zoom: 1, width: 1, height: 1 };
  #glide: { readonly from: Camera; readonly to: Camera; readonly start: number } | undefined;
  /** Moved by hand: from then on it is nobody else's. */
  isTouched = false;

  get camera(): Camera {
    return this.#camera;
  }

  get isGliding(): boolean {
    return this.#glide !== undefined;
  }

  /** Goes on with a glide. */
  step(now: number): void {
    const glide = this.#glide;
    if (glide === undefined) return;
    const { from, to, start } = glide;
    const share = Math.min(1, (now - start) / GLIDE_MILLIS);
    const eased = 1 - (1 - share) ** 3;
    const { width, height } = this.#camera;
    this.#camera = {
      width,
      height,
      x: from.x + (to.x - from.x) * eased,
      y: from.y + (to.y - from.y) * eased,
      zoom: from.zoom * (to.zoom / from.zoom) ** eased,
    };
    if (share === 1) this.#glide = undefined;
  }

  /** The picture stays where it is on the screen when its right or lower border moves. */
  resize(width: number, height: number): void {
    const glide = this.#glide;
    // A way that somebody is on is not cut off because a panel opens.
    if (glide !== undefined)
      this.#glide = {
        ...glide,
        from: resized(glide.from, width, height),
        to: resized(glide.to, width, height),
      };
    this.#camera = resized(this.#camera, width, height);
  }

  /** Sees all of `bounds`. */
  fit(bounds: Box, now?: number): void {
    this.isTouched = false;
    this.#go(fitCamera(this.#camera, bounds, INSETS), now);
  }

  /** Whether a fitted picture would be much smaller than this one: it has outgrown the screen. */
  isOutgrownBy(bounds: Box): boolean {
    return fitCamera(this.#camera, bounds, INSETS).zoom < this.#camera.zoom * 0.7;
  }

  stand(viewpoint: Viewpoint): void {
    this.#glide = undefined;
    this.#camera = { ...this.#camera, ...viewpoint };
    this.isTouched = true;
  }

  pan(dx: number, dy: number): void {
    this.#touch();
    this.#camera = panCamera(this.#camera, dx, dy);
  }

  zoom(factor: number, at?: Point): void {
    this.#touch();
    this.#camera = zoomCamera(this.#camera, factor, at);
  }

  /** Goes near to a point of the world. */
  focus({ x, y }: Point, now?: number): void {
    this.#touch();
    this.#go({ ...this.#camera, x, y, zoom: Math.max(this.#camera.zoom, 1.1) }, now);
  }

  /** Moves just enough that a point of the world is in sight. */
  reveal(point: Point, now?: number): void {
    const target = this.#glide?.to ?? this.#camera;
    const camera = revealPoint(target, point, 90, INSETS);
    if (camera !== target) this.#go(camera, now);
  }

  #touch(): void {
    this.#glide = undefined;
    this.isTouched = true;
  }

  /** @param now - left out: at once */
  #go(to: Camera, now: number | undefined): void {
    if (now === undefined) {
      this.#glide = undefined;
      this.#camera = to;
    } else this.#glide = { from: this.#camera, to, start: now };
  }
}

/** The same picture with its left upper corner where it was. */
function resized(camera: Camera, width: number, height: number): Camera {
  const { x, y, zoom } = camera;
  return {
    width,
    height,
    zoom,
    x: x + (width - camera.width) / 2 / zoom,
    y: y + (height - camera.height) / 2 / zoom,
  };
}
