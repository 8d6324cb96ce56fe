import { BitmapStore, type KeptBitmap } from './bitmap-store.ts';
import type { Camera } from './camera.ts';
import type { CanvasContext, CanvasPath, CanvasTools } from './canvas-context.ts';
import { fontOf } from './font.ts';
import type { Curve, Fill, Ink, Lettering, Painter, Stroke } from './painter.ts';

/** Curves to one path: long paths make rasterisers slow, short ones cost a call each (measured: 16-32). */
const CURVES_A_PATH = 24;
/** Stamps that are drawn anew in one frame because the zoom has changed; the others' bitmaps are stretched. */
const SHARPENED_A_FRAME = 60;
/** Bitmaps wider than this (in pixels) are not kept: so large, one sees few of them. */
const WIDEST_BITMAP = 512;

/**
 * Paints on a Canvas 2D context: the page, and PNG files.
 *
 * Texts and stamps are kept as bitmaps where the tools can make some; frames of the same zoom then only copy them.
 *
 * @example
 * const painter = new CanvasPainter(canvas.getContext('2d'), { path: (path) => new Path2D(path) })
 * painter.frame(camera, devicePixelRatio, LIGHT.ground)
 * drawScene(painter, scene, layout, LIGHT, { camera })
 * painter.finish()
 */
export class CanvasPainter implements Painter {
  readonly keepsNames = false;
  readonly #context: CanvasContext;
  readonly #tools: CanvasTools;
  readonly #paths: Map<string, CanvasPath>;
  readonly #bitmaps = new BitmapStore();
  readonly #widths: Map<string, number>;
  /** Pixels to a unit of the world, and the pixel of the world's origin. */
  #scale = 1;
  #originX = 0;
  #originY = 0;
  #isInPixels = false;
  #sharpened = 0;
  #isSharp = true;
  /** How much of what is drawn is to be seen: of stamps that no bitmap can be made of. */
  #presence = 1;
  /** What is held back, to be drawn with what may follow of the same kind. */
  #held: Stroke | Fill | undefined;
  #count = 0;

  /** @param shared - a painter whose paths and measures it uses, too */
  constructor(context: CanvasContext, tools: CanvasTools, shared?: CanvasPainter) {
    this.#context = context;
    this.#tools = tools;
    this.#paths = shared === undefined ? new Map() : shared.#paths;
    this.#widths = shared === undefined ? new Map() : shared.#widths;
  }

  /** Begins a picture as the camera sees it, on `ground`. */
  frame(camera: Camera, pixelRatio: number, ground: string): void {
    const scale = camera.zoom * pixelRatio;
    const context = this.#context;
    this.#held = undefined;
    this.#sharpened = 0;
    this.#isSharp = true;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = ground;
    context.fillRect(0, 0, Math.ceil(camera.width * pixelRatio), Math.ceil(camera.height * pixelRatio));
    this.place(
      scale,
      (camera.width / 2) * pixelRatio - camera.x * scale,
      (camera.height / 2) * pixelRatio - camera.y * scale,
    );
  }

  /** Puts the world's origin to a pixel of the canvas. */
  place(scale: number, originX: number, originY: number): void {
    this.#release();
    this.#scale = scale;
    this.#originX = originX;
    this.#originY = originY;
    this.#context.lineJoin = 'round';
    this.#context.lineCap = 'round';
    this.#context.textAlign = 'left';
    this.#context.textBaseline = 'alphabetic';
    this.#context.setLineDash([]);
    this.#toWorld();
  }

  /**
   * Draws what is still held back: a picture is whole only after this.
   *
   * @returns whether it is as sharp as can be. Else bitmaps of another zoom were stretched, to be fast: draw another
   *   frame soon; a few of them make it sharp
   */
  finish(): boolean {
    this.#release();
    return this.#isSharp;
  }

  #release(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    this.#count = 0;
    const context = this.#context;
    if (!('width' in held)) {
      this.#see(held.alpha);
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

  begin(): void {}

  end(): void {}

  curve(curve: Curve, stroke: Stroke): void {
    this.#hold(stroke);
    const context = this.#context;
    context.moveTo(curve.x0, curve.y0);
    if (curve.isStraight === true) context.lineTo(curve.x3, curve.y3);
    else context.bezierCurveTo(curve.x1, curve.y1, curve.x2, curve.y2, curve.x3, curve.y3);
  }

  arrow(x: number, y: number, dx: number, dy: number, size: number, fill: Fill): void {
    this.#hold(fill);
    const context = this.#context;
    const half = size * 0.45;
    context.moveTo(x, y);
    context.lineTo(x - dx * size - dy * half, y - dy * size + dx * half);
    context.lineTo(x - dx * size + dy * half, y - dy * size - dx * half);
    context.closePath();
  }

  dot(x: number, y: number, reach: number, fill: Fill): void {
    this.#release();
    this.#toPixels();
    const context = this.#context;
    const size = Math.max(1, Math.round(2 * reach * this.#scale));
    this.#see(fill.alpha);
    context.fillStyle = fill.colour;
    context.fillRect(
      Math.round(x * this.#scale + this.#originX - size / 2),
      Math.round(y * this.#scale + this.#originY - size / 2),
      size,
      size,
    );
  }

  shape(path: string, x: number, y: number, size: number, ink: Ink): void {
    this.#release();
    this.#toWorld(x, y, size);
    this.#ink(ink, 1 / size, this.#path(path));
    this.#toWorld();
  }

  level(path: string, x: number, y: number, size: number, level: number, fill: Fill): void {
    this.#release();
    const context = this.#context;
    context.save();
    this.#toWorld(x, y, size);
    context.clip(this.#path(path));
    this.#see(fill.alpha);
    context.fillStyle = fill.colour;
    context.fillRect(-1.3, 1 - 2 * level, 2.6, 2 * level + 0.3);
    context.restore();
    this.#toWorld();
  }

  box(x: number, y: number, width: number, height: number, radius: number, ink: Ink): void {
    this.#release();
    if (this.#isInPixels) this.#toWorld();
    this.#context.beginPath();
    this.#context.roundRect(x, y, width, height, radius);
    this.#ink(ink, 1);
  }

  text(text: string, x: number, y: number, lettering: Lettering): void {
    this.#release();
    this.#toPixels();
    const { size, weight, anchor, alpha } = lettering;
    // In steps of half a pixel: while one zooms, most bitmaps can be used again.
    const pixels = Math.max(1, Math.round(size * this.#scale * 2) / 2);
    const width = this.#measure(text, fontOf(pixels, weight));
    const left =
      x * this.#scale + this.#originX - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0);
    const base = y * this.#scale + this.#originY;
    this.#see(alpha);
    const kept = this.#textBitmap(text, pixels, width, lettering);
    if (kept === undefined) setText(this.#context, text, left, base, pixels, lettering);
    else this.#copy(kept, left, base);
  }

  textWidth(text: string, size: number, weight: number): number {
    // Measured at one size for all: it grows nearly in proportion.
    return (this.#measure(text, fontOf(20, weight)) * size) / 20;
  }

  stamp(
    key: string,
    x: number,
    y: number,
    reach: number,
    alpha: number,
    draw: (painter: Painter) => void,
  ): void {
    this.#release();
    const left = x * this.#scale + this.#originX;
    const top = y * this.#scale + this.#originY;
    const half = Math.ceil(reach * this.#scale) + 1;
    const make = this.#tools.bitmap;
    const isLarge = 2 * half > WIDEST_BITMAP;
    if (make === undefined || (isLarge && alpha >= 1)) {
      this.#draw(draw, left, top, alpha);
      return;
    }
    // A faint drawing has to be made apart, whatever its size: else its parts would shine through one another.
    let kept = this.#bitmaps.get(key);
    if (kept === undefined || (kept.scale !== this.#scale && this.#mayRedraw(kept.scale))) {
      const bitmap = make(2 * half, 2 * half);
      const painter = new CanvasPainter(bitmap.context, { path: this.#tools.path }, this);
      painter.place(this.#scale, half, half);
      draw(painter);
      painter.finish();
      const size = { offsetX: half, offsetY: half, width: 2 * half, height: 2 * half };
      kept = this.#bitmaps.keep(key, { ...bitmap, ...size, scale: this.#scale });
    }
    this.#toPixels();
    this.#see(alpha);
    this.#copy(kept, left, top, this.#scale / kept.scale);
  }

  /** Whether a bitmap of another zoom is to be drawn anew now. */
  #mayRedraw(scale: number): boolean {
    const ratio = this.#scale / scale;
    if (this.#sharpened++ < SHARPENED_A_FRAME || ratio > 2 || ratio < 0.5) return true;
    this.#isSharp = false;
    return false;
  }

  /** Draws a stamp where it belongs, without a bitmap. */
  #draw(draw: (painter: Painter) => void, left: number, top: number, presence: number): void {
    const [scale, originX, originY] = [this.#scale, this.#originX, this.#originY];
    this.place(scale, left, top);
    this.#presence = presence;
    draw(this);
    this.#release();
    this.#presence = 1;
    this.place(scale, originX, originY);
  }

  #see(alpha: number): void {
    this.#context.globalAlpha = alpha * this.#presence;
  }

  #textBitmap(text: string, pixels: number, width: number, lettering: Lettering): KeptBitmap | undefined {
    const make = this.#tools.bitmap;
    if (make === undefined || width > WIDEST_BITMAP) return undefined;
    const { weight, colour, halo } = lettering;
    const key = `${pixels} ${weight} ${colour} ${halo}\u0001${text}`;
    const known = this.#bitmaps.get(key);
    if (known !== undefined) return known;
    const pad = 1 + (halo === undefined ? 0 : Math.ceil(pixels * HALO));
    const above = Math.ceil(pixels * 1.1) + pad;
    const bitmapWidth = Math.ceil(width) + 2 * pad;
    const height = above + Math.ceil(pixels * 0.4) + pad;
    const bitmap = make(bitmapWidth, height);
    bitmap.context.lineJoin = 'round';
    setText(bitmap.context, text, pad, above, pixels, lettering);
    const size = { offsetX: pad, offsetY: above, width: bitmapWidth, height };
    return this.#bitmaps.keep(key, { ...bitmap, ...size, scale: this.#scale });
  }

  /** @param ratio - how much larger it is than it was drawn */
  #copy(bitmap: KeptBitmap, left: number, top: number, ratio = 1): void {
    // On whole pixels: between two of them, letters are blurred.
    const x = Math.round(left - bitmap.offsetX * ratio);
    const y = Math.round(top - bitmap.offsetY * ratio);
    this.#context.drawImage(bitmap.image as never, x, y, bitmap.width * ratio, bitmap.height * ratio);
  }

  #measure(text: string, font: string): number {
    const key = `${font}\u0000${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    if (this.#widths.size > 20_000) this.#widths.clear();
    this.#context.font = font;
    const { width } = this.#context.measureText(text);
    this.#widths.set(key, width);
    return width;
  }

  #path(path: string): CanvasPath {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    const parsed = this.#tools.path(path);
    this.#paths.set(path, parsed);
    return parsed;
  }

  #ink({ fill, stroke }: Ink, unit: number, path?: CanvasPath): void {
    const context = this.#context;
    if (fill !== undefined) {
      this.#see(fill.alpha);
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
    const context = this.#context;
    this.#see(stroke.alpha);
    context.strokeStyle = stroke.colour;
    context.lineWidth = stroke.width * unit;
    if (stroke.dash === undefined) return;
    context.setLineDash(stroke.dash.map((length) => length * unit));
    context.lineDashOffset = (stroke.dashOffset ?? 0) * unit;
  }

  #hold(look: Stroke | Fill): void {
    if (this.#held === look && this.#count < CURVES_A_PATH) {
      this.#count++;
      return;
    }
    this.#release();
    if (this.#isInPixels) this.#toWorld();
    this.#held = look;
    this.#count = 1;
    this.#context.beginPath();
  }

  #toWorld(x = 0, y = 0, size = 1): void {
    this.#isInPixels = false;
    const scale = this.#scale * size;
    const left = x * this.#scale + this.#originX;
    this.#context.setTransform(scale, 0, 0, scale, left, y * this.#scale + this.#originY);
  }

  #toPixels(): void {
    if (this.#isInPixels) return;
    this.#isInPixels = true;
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
  }
}

/** How wide the rim around letters is, on each side, in sizes of them. */
const HALO = 0.17;

/** Sets a text from (left, base) on, in pixels. */
function setText(
  context: CanvasContext,
  text: string,
  left: number,
  base: number,
  pixels: number,
  { weight, colour, halo }: Lettering,
): void {
  context.font = fontOf(pixels, weight);
  if (halo !== undefined) {
    context.strokeStyle = halo;
    context.lineWidth = 2 * HALO * pixels;
    context.strokeText(text, left, base);
  }
  context.fillStyle = colour;
  context.fillText(text, left, base);
}
