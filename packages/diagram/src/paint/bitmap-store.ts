import type { Bitmap } from './canvas-context.ts';

/** A drawing that is kept, and where its own origin lies in it. */
export interface KeptBitmap extends Bitmap {
  readonly offsetX: number;
  readonly offsetY: number;
  readonly pixels: number;
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
    this.#pixels += bitmap.pixels;
    if (this.#pixels > MOST_PIXELS) this.#dropTo(MOST_PIXELS / 2);
    this.#bitmaps.set(key, bitmap);
    return bitmap;
  }

  #dropTo(pixels: number): void {
    for (const [key, bitmap] of this.#bitmaps) {
      if (this.#pixels <= pixels) return;
      this.#bitmaps.delete(key);
      this.#pixels -= bitmap.pixels;
    }
  }
}
