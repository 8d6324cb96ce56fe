import { BitmapStore, type KeptBitmap } from './bitmap-store.ts';
import type { Camera } from './camera.ts';
import type { CanvasContext, CanvasPath, CanvasTools } from './canvas-context.ts';
import { CanvasPen } from './canvas-pen.ts';
import { fontOf } from './font.ts';
import type { Curve, Fill, Ink, Lettering, Painter, Stroke } from './painter.ts';

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
  readonly #pen: CanvasPen;
  readonly #tools: CanvasTools;
  readonly #paths: Map<string, CanvasPath>;
  readonly #bitmaps = new BitmapStore();
  readonly #widths: Map<string, number>;
  #sharpened = 0;
  #isSharp = true;

  /** @param shared - a painter whose paths and measures it uses, too */
  constructor(context: CanvasContext, tools: CanvasTools, shared?: CanvasPainter) {
    this.#tools = tools;
    this.#paths = shared === undefined ? new Map() : shared.#paths;
    this.#widths = shared === undefined ? new Map() : shared.#widths;
    this.#pen = new CanvasPen(context, tools.path, this.#paths);
  }

  /** Begins a picture as the camera sees it, on `ground`. */
  frame(camera: Camera, pixelRatio: number, ground: string): void {
    const scale = camera.zoom * pixelRatio;
    const context = this.#pen.context;
    this.#pen.release();
    this.#sharpened = 0;
    this.#isSharp = true;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = ground;
    context.fillRect(0, 0, Math.ceil(camera.width * pixelRatio), Math.ceil(camera.height * pixelRatio));
    this.#pen.place(
      scale,
      (camera.width / 2) * pixelRatio - camera.x * scale,
      (camera.height / 2) * pixelRatio - camera.y * scale,
    );
  }

  /**
   * Draws what is still held back: a picture is whole only after this.
   *
   * @returns whether it is as sharp as can be. Else bitmaps of another zoom were stretched, to be fast: draw another
   *   frame soon; a few of them make it sharp
   */
  finish(): boolean {
    this.#pen.release();
    return this.#isSharp;
  }

  begin(): void {}

  end(): void {}

  curve(curve: Curve, stroke: Stroke): void {
    this.#pen.hold(stroke);
    const context = this.#pen.context;
    context.moveTo(curve.x0, curve.y0);
    if (curve.isStraight === true) context.lineTo(curve.x3, curve.y3);
    else context.bezierCurveTo(curve.x1, curve.y1, curve.x2, curve.y2, curve.x3, curve.y3);
  }

  arrow(x: number, y: number, dx: number, dy: number, size: number, fill: Fill): void {
    this.#pen.hold(fill);
    const context = this.#pen.context;
    const half = size * 0.45;
    context.moveTo(x, y);
    context.lineTo(x - dx * size - dy * half, y - dy * size + dx * half);
    context.lineTo(x - dx * size + dy * half, y - dy * size - dx * half);
    context.closePath();
  }

  dot(x: number, y: number, reach: number, fill: Fill): void {
    this.#pen.release();
    this.#pen.toPixels();
    const context = this.#pen.context;
    const size = Math.max(1, Math.round(2 * reach * this.#pen.scale));
    this.#pen.see(fill.alpha);
    context.fillStyle = fill.colour;
    context.fillRect(
      Math.round(x * this.#pen.scale + this.#pen.originX - size / 2),
      Math.round(y * this.#pen.scale + this.#pen.originY - size / 2),
      size,
      size,
    );
  }

  shape(path: string, x: number, y: number, size: number, ink: Ink): void {
    this.#pen.release();
    this.#pen.toWorld(x, y, size);
    this.#pen.ink(ink, 1 / size, this.#pen.pathOf(path));
    this.#pen.toWorld();
  }

  level(path: string, x: number, y: number, size: number, level: number, fill: Fill): void {
    this.#pen.release();
    const context = this.#pen.context;
    context.save();
    this.#pen.toWorld(x, y, size);
    context.clip(this.#pen.pathOf(path));
    this.#pen.see(fill.alpha);
    context.fillStyle = fill.colour;
    context.fillRect(-1.3, 1 - 2 * level, 2.6, 2 * level + 0.3);
    context.restore();
    this.#pen.toWorld();
  }

  box(x: number, y: number, width: number, height: number, radius: number, ink: Ink): void {
    this.#pen.release();
    this.#pen.inWorld();
    this.#pen.context.beginPath();
    this.#pen.context.roundRect(x, y, width, height, radius);
    this.#pen.ink(ink, 1);
  }

  text(text: string, x: number, y: number, lettering: Lettering): void {
    this.#pen.release();
    this.#pen.toPixels();
    const { size, weight, anchor, alpha } = lettering;
    // In steps of half a pixel: while one zooms, most bitmaps can be used again.
    const pixels = Math.max(1, Math.round(size * this.#pen.scale * 2) / 2);
    const width = this.#measure(text, fontOf(pixels, weight));
    const left =
      x * this.#pen.scale +
      this.#pen.originX -
      (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0);
    const base = y * this.#pen.scale + this.#pen.originY;
    this.#pen.see(alpha);
    const kept = this.#textBitmap(text, pixels, width, lettering);
    if (kept === undefined) setText(this.#pen.context, text, left, base, pixels, lettering);
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
    this.#pen.release();
    const left = x * this.#pen.scale + this.#pen.originX;
    const top = y * this.#pen.scale + this.#pen.originY;
    const half = Math.ceil(reach * this.#pen.scale) + 1;
    const make = this.#tools.bitmap;
    const isLarge = 2 * half > WIDEST_BITMAP;
    if (make === undefined || (isLarge && alpha >= 1)) {
      this.#draw(draw, left, top, alpha);
      return;
    }
    // A faint drawing has to be made apart, whatever its size: else its parts would shine through one another.
    let kept = this.#bitmaps.get(key);
    if (kept === undefined || (kept.scale !== this.#pen.scale && this.#mayRedraw(kept.scale))) {
      const bitmap = make(2 * half, 2 * half);
      const painter = new CanvasPainter(bitmap.context, { path: this.#tools.path }, this);
      painter.#pen.place(this.#pen.scale, half, half);
      draw(painter);
      painter.finish();
      const size = { offsetX: half, offsetY: half, width: 2 * half, height: 2 * half };
      kept = this.#bitmaps.keep(key, { ...bitmap, ...size, scale: this.#pen.scale });
    }
    this.#pen.toPixels();
    this.#pen.see(alpha);
    this.#copy(kept, left, top, this.#pen.scale / kept.scale);
  }

  /** Whether a bitmap of another zoom is to be drawn anew now. */
  #mayRedraw(scale: number): boolean {
    const ratio = this.#pen.scale / scale;
    if (this.#sharpened++ < SHARPENED_A_FRAME || ratio > 2 || ratio < 0.5) return true;
    this.#isSharp = false;
    return false;
  }

  /** Draws a stamp where it belongs, without a bitmap. */
  #draw(draw: (painter: Painter) => void, left: number, top: number, presence: number): void {
    const [scale, originX, originY] = [this.#pen.scale, this.#pen.originX, this.#pen.originY];
    this.#pen.place(scale, left, top);
    this.#pen.presence = presence;
    draw(this);
    this.#pen.release();
    this.#pen.presence = 1;
    this.#pen.place(scale, originX, originY);
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
    return this.#bitmaps.keep(key, { ...bitmap, ...size, scale: this.#pen.scale });
  }

  /** @param ratio - how much larger it is than it was drawn */
  #copy(bitmap: KeptBitmap, left: number, top: number, ratio = 1): void {
    // On whole pixels: between two of them, letters are blurred.
    const x = Math.round(left - bitmap.offsetX * ratio);
    const y = Math.round(top - bitmap.offsetY * ratio);
    this.#pen.context.drawImage(bitmap.image as never, x, y, bitmap.width * ratio, bitmap.height * ratio);
  }

  #measure(text: string, font: string): number {
    const key = `${font}\u0000${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    if (this.#widths.size > 20_000) this.#widths.clear();
    this.#pen.context.font = font;
    const { width } = this.#pen.context.measureText(text);
    this.#widths.set(key, width);
    return width;
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
