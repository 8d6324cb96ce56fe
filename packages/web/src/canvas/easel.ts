import {
  type Bitmap,
  type CanvasContext,
  CanvasPainter,
  DARK,
  drawScene,
  LIGHT,
  type Look,
} from '@ridgeline/diagram';
import type { Still } from './motion.ts';

/** The canvas with its painter, as many pixels as the screen has. */
export class Easel {
  readonly #canvas: HTMLCanvasElement;
  readonly #painter: CanvasPainter;
  /** How long the last frame took to draw, in milliseconds. */
  frameMillis = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#painter = new CanvasPainter(contextOf(canvas), {
      path: (path) => new Path2D(path),
      bitmap: (width, height) => emptyBitmap(width, height),
    });
  }

  /** @param width - in CSS pixels, as the height */
  resize(width: number, height: number): void {
    const canvas = this.#canvas;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }

  /** @returns whether the picture is as sharp as can be; else another frame should follow */
  draw(still: Still | undefined, isDark: boolean, look: Look): boolean {
    const started = performance.now();
    const theme = isDark ? DARK : LIGHT;
    this.#painter.frame(look.camera, devicePixelRatio, theme.ground);
    if (still !== undefined)
      drawScene(this.#painter, still.scene, still.layout, theme, { ...look, presence: still.presence });
    const isSharp = this.#painter.finish();
    this.frameMillis = performance.now() - started;
    return isSharp;
  }
}

/** The browser's own context does what the painter needs; it says so in other words. */
function contextOf(canvas: HTMLCanvasElement | OffscreenCanvas): CanvasContext {
  const context = canvas.getContext('2d');
  if (context === null) throw new TypeError('this browser has no canvas to draw on');
  return context as unknown as CanvasContext;
}

function emptyBitmap(width: number, height: number): Bitmap {
  const image = new OffscreenCanvas(width, height);
  return { context: contextOf(image), image };
}
