/**
 * What the canvas painter needs of a browser's `CanvasRenderingContext2D`: a browser's own fits, and so does an
 * `OffscreenCanvas`' or one of a library in Node. The package has no types of the DOM.
 */
export interface CanvasContext {
  globalAlpha: number;
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  lineDashOffset: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  save(): void;
  restore(): void;
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  fill(path?: CanvasPath): void;
  stroke(path?: CanvasPath): void;
  clip(path?: CanvasPath): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  setLineDash(segments: number[]): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  drawImage(image: never, x: number, y: number, width: number, height: number): void;
}

/** A `Path2D`; nothing but the canvas looks into it. */
export type CanvasPath = object;

/** A drawing surface apart from the one that is seen, in pixels. */
export interface Bitmap {
  readonly context: CanvasContext;
  /** What `drawImage` takes: the canvas itself. */
  readonly image: object;
}

/** What the canvas painter takes from its surroundings. */
export interface CanvasTools {
  /** `(path) => new Path2D(path)` */
  readonly path: (path: string) => CanvasPath;
  /** Makes an empty, transparent surface; left out: nothing is kept, everything is drawn anew in each frame. */
  readonly bitmap?: (width: number, height: number) => Bitmap;
}
