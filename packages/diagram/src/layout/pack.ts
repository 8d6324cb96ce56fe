/** Something that has a width and a height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Step {
  x: number;
  width: number;
  /** Below this nothing lies yet. */
  bottom: number;
}

/** Where the next rectangle would lie. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Packs rectangles from the top into a strip, each as high as it can lie (bottom-left heuristic on a skyline). */
export class Skyline {
  #steps: Step[];
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
    this.#steps = [{ x: 0, width, bottom: 0 }];
  }

  /** The places where a rectangle can lie, from left to right: at least one. One wider than the strip lies at the left. */
  spots({ width }: Size): readonly Spot[] {
    const spots: Spot[] = [];
    for (let i = 0; i < this.#steps.length; i++) {
      const { x } = this.#steps[i] as Step;
      if (i > 0 && x + width > this.#width) break;
      let y = 0;
      for (let j = i; j < this.#steps.length; j++) {
        const step = this.#steps[j] as Step;
        if (step.x >= x + width) break;
        y = Math.max(y, step.bottom);
      }
      spots.push({ x, y });
    }
    return spots;
  }

  /** Takes a place for a rectangle. */
  take({ x, y }: Spot, { width, height }: Size): void {
    const end = x + width;
    const steps: Step[] = [];
    for (const step of this.#steps) {
      const stepEnd = step.x + step.width;
      if (stepEnd <= x || step.x >= end) {
        steps.push(step);
        continue;
      }
      if (step.x < x) steps.push({ ...step, width: x - step.x });
      if (stepEnd > end) steps.push({ ...step, x: end, width: stepEnd - end });
    }
    steps.push({ x, width, bottom: y + height });
    this.#steps = steps.sort((a, b) => a.x - b.x);
  }
}

/** The width of the strip in which rectangles of these sizes come to about the aspect. */
export function stripWidth(sizes: readonly Size[], aspect: number): number {
  let area = 0;
  let widest = 0;
  for (const { width, height } of sizes) {
    area += width * height;
    widest = Math.max(widest, width);
  }
  return Math.max(widest, Math.sqrt(area * aspect * 1.08));
}

/** Packs rectangles in the given order, the highest first at best; each at the topmost place, then the leftmost. */
function packRectangles(sizes: readonly Size[], width: number): readonly Spot[] {
  const skyline = new Skyline(width);
  return sizes.map((size) => {
    const spots = skyline.spots(size);
    const best = spots.reduce((least, spot) => (spot.y < least.y ? spot : least));
    skyline.take(best, size);
    return best;
  });
}

/** Strips so much wider than {@link stripWidth} are tried. */
const WIDER = [1, 1.1, 1.2, 1.35, 1.5, 1.7, 2, 2.4];
/** With more rectangles than this one strip must do: they fill it well anyway. */
const MOST_TRIED = 300;

/**
 * The packing with which the picture is seen largest on a screen.
 *
 * @param aspect - of the screen
 * @param heightBelow - what comes below a packing of some width, e.g. a grid
 */
export function packForScreen(
  sizes: readonly Size[],
  aspect: number,
  heightBelow: (width: number) => number,
): readonly Spot[] {
  const narrowest = stripWidth(sizes, aspect);
  let best: readonly Spot[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const factor of sizes.length > MOST_TRIED ? [1] : WIDER) {
    const spots = packRectangles(sizes, narrowest * factor);
    const right = spots.reduce((most, { x }, i) => Math.max(most, x + (sizes[i] as Size).width), 0);
    const bottom = spots.reduce((most, { y }, i) => Math.max(most, y + (sizes[i] as Size).height), 0);
    const extent = Math.max(right / aspect, bottom + heightBelow(right));
    if (extent >= least) continue;
    least = extent;
    best = spots;
  }
  return best;
}
