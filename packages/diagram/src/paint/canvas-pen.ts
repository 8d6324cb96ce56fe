import type { CanvasContext, CanvasPath } from './canvas-context.ts';
import type { Fill, Ink, Stroke } from './painter.ts';

/** Curves to one path: long paths make rasterisers slow, short ones cost a call each (measured: 16-32). */
const CURVES_A_PATH = 24;

/** Strokes and fills on a canvas, in units of the world or in pixels; what looks alike is held back and drawn at once. */
export class CanvasPen {
  readonly context: CanvasContext;
  readonly #parse: (path: string) => CanvasPath;
  readonly #paths: Map<string, CanvasPath>;
  /** Pixels to a unit of the world, and the pixel of the world's origin. */
  scale = 1;
  originX = 0;
  originY = 0;
  /** How much of what is drawn is to be seen, 0..1. */
  presence = 1;
  #isInPixels = false;
  /** What is held back, to be drawn with what may follow of the same kind. */
  #held: Stroke | Fill | undefined;
  #count = 0;

  /** @param paths - parsed before, by text; more are put in */
  constructor(context: CanvasContext, parse: (path: string) => CanvasPath, paths: Map<string, CanvasPath>) {
    this.context = context;
    this.#parse = parse;
    this.#paths = paths;
  }

  /** Puts the world's origin to a pixel of the canvas. */
  place(scale: number, originX: number, originY: number): void {
    this.release();
    this.scale = scale;
    this.originX = originX;
    this.originY = originY;
    this.context.lineJoin = 'round';
    this.context.lineCap = 'round';
    this.context.textAlign = 'left';
    this.context.textBaseline = 'alphabetic';
    this.context.setLineDash([]);
    this.toWorld();
  }

  /** Draws what is held back. */
  release(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    this.#count = 0;
    const context = this.context;
    if (!('width' in held)) {
      this.see(held.alpha);
      context.fillStyle = held.colour;
      context.fill();
      return;
    }
    // Round ends would fill the gaps of a dash.
    context.lineCap = 'butt';
    this.#useStroke(held, 1);
    context.stroke();
    if (held.dash !== undefined) context.setLineDash([]);
    context.lineCap = 'round';
  }

  /** Draws from now on as faint as `alpha`. */
  see(alpha: number): void {
    this.context.globalAlpha = alpha * this.presence;
  }

  /** A path as the canvas takes it. */
  pathOf(path: string): CanvasPath {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    const parsed = this.#parse(path);
    this.#paths.set(path, parsed);
    return parsed;
  }

  /**
   * Fills and strokes a path, or the current one.
   *
   * @param unit - how large a unit of the world is now
   */
  ink({ fill, stroke }: Ink, unit: number, path?: CanvasPath): void {
    const context = this.context;
    if (fill !== undefined) {
      this.see(fill.alpha);
      context.fillStyle = fill.colour;
      if (path === undefined) context.fill();
      else context.fill(path);
    }
    if (stroke === undefined) return;
    this.#useStroke(stroke, unit);
    if (path === undefined) context.stroke();
    else context.stroke(path);
    if (stroke.dash !== undefined) context.setLineDash([]);
  }

  #useStroke(stroke: Stroke, unit: number): void {
    const context = this.context;
    this.see(stroke.alpha);
    context.strokeStyle = stroke.colour;
    context.lineWidth = stroke.width * unit;
    if (stroke.dash === undefined) return;
    context.setLineDash(stroke.dash.map((length) => length * unit));
    context.lineDashOffset = (stroke.dashOffset ?? 0) * unit;
  }

  /** Begins a path of this look, or goes on with the one that is held back. */
  hold(look: Stroke | Fill): void {
    if (this.#held === look && this.#count < CURVES_A_PATH) {
      this.#count++;
      return;
    }
    this.release();
    this.inWorld();
    this.#held = look;
    this.#count = 1;
    this.context.beginPath();
  }

  /** Coordinates are from now on those of the world; or of a shape of this size, at this place. */
  toWorld(x = 0, y = 0, size = 1): void {
    this.#isInPixels = false;
    const scale = this.scale * size;
    const left = x * this.scale + this.originX;
    this.context.setTransform(scale, 0, 0, scale, left, y * this.scale + this.originY);
  }

  /** Coordinates are those of the world, whatever they were. */
  inWorld(): void {
    if (this.#isInPixels) this.toWorld();
  }

  /** Coordinates are from now on pixels of the canvas. */
  toPixels(): void {
    if (this.#isInPixels) return;
    this.#isInPixels = true;
    this.context.setTransform(1, 0, 0, 1, 0, 0);
  }
}
