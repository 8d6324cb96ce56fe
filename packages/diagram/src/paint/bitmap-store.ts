import type { Bitmap } from './canvas-context.ts';

/** A drawing that is kept. */
export interface KeptBitmap extends Bitmap {
  /** Where its own origin lies in it, in pixels. */
  readonly offsetX: number;
  readonly offsetY: number;
  readonly width: number;
  readonly height: number;
  /** Pixels to a unit of the world at which it was drawn. */
  readonly scale: number;
}

/** Pixels that are kept at most: 48 MB. A screen of labels and nodes is less than a tenth of it. */
const MOST_PIXELS = 12_000_000;

/** Bitmaps by what they show; when there are too many, those go that were made first. */
export class BitmapStore {
  readonly #bitmaps = new Map<string, KeptBitmap>();
  #pixels = 0;

  get(key: string): KeptBitmap | undefined {
    return this.#bitmaps.get(key);
  }

  keep(key: string, bitmap: KeptBitmap): KeptBitmap {
    const old = this.#bitmaps.get(key);
    this.#pixels += bitmap.width * bitmap.height - (old === undefined ? 0 : old.width * old.height);
    if (this.#pixels > MOST_PIXELS) this.#dropTo(MOST_PIXELS / 2);
    this.#bitmaps.set(key, bitmap);
    return bitmap;
  }

  #dropTo(pixels: number): void {
    for (const [key, bitmap] of this.#bitmaps) {
      if (this.#pixels <= pixels) return;
      this.#bitmaps.delete(key);
      this.#pixels -= bitmap.width * bitmap.height;
    }
  }
}
