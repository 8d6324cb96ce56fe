import { GROUPED_FOOTPRINT, LAYERED_FOOTPRINT, NODE_RADIUS } from '../layout/layout.ts';
import type { SceneNode } from '../scene/scene.ts';
import { fitText } from './fit-text.ts';
import type { Painter } from './painter.ts';
import type { Stage } from './stage.ts';

/** The sizes of labels: in units of the world from near, in pixels of the screen from afar. */
const MAJOR = { world: 12.5, screen: 10.5, weight: 600 };
/** From one row to the next, in sizes of the first. */
const LINE = 1.27;
const MINOR = { world: 10, screen: 9, weight: 400 };
/** Below these zooms there are no labels, and no second rows. */
const ZOOM_FOR = { layered: { major: 0.3, minor: 0.6 }, grouped: { major: 0.6, minor: 99 } };
/** Between a node's shape and its label, and between two labels. */
const GAP = 3;
/** Labels whose node is fainter than this are left out: they could not be read. */
const LEAST_ALPHA = 0.2;

/** One label, and where. */
interface Row {
  readonly index: number;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Writes the labels below the nodes in sight.
 *
 * A label may be as wide as the room to its neighbours is. It depends on the places of nodes and on the zoom, and on
 * nothing else, so that labels do not change while one moves the picture.
 */
export function drawLabels(painter: Painter, stage: Stage): void {
  const { zoom, pixel, isGrouped, scene, alphas, xs, ys, lit, theme } = stage;
  const from = isGrouped ? ZOOM_FOR.grouped : ZOOM_FOR.layered;
  const size = Math.max(MAJOR.world, MAJOR.screen * pixel);
  const minorSize = Math.max(MINOR.world, MINOR.screen * pixel);
  const rows: Row[] = [];
  const named: number[] = [];
  const shown: number[] = [];
  for (const [index, node] of scene.nodes.entries()) {
    const alpha = alphas[index] as number;
    if (alpha <= 0) continue;
    shown.push(index);
    // What is pointed at, or chosen, has its name in full, above all others.
    if (isNamed(stage, node)) {
      named.push(index);
      continue;
    }
    if (zoom < from.major && !(lit !== undefined && lit[index] === 1 && zoom >= from.major * 0.6)) continue;
    if (alpha < LEAST_ALPHA && node.ghost !== true) continue;
    const top = (ys[index] as number) + NODE_RADIUS + GAP;
    rows.push({ index, x: xs[index] as number, top, bottom: top + size * LINE });
  }
  const room = new Neighbours(
    stage,
    shown,
    isGrouped ? 2 * GROUPED_FOOTPRINT.right : 2 * LAYERED_FOOTPRINT.right,
  );
  const minorHeight = zoom < from.minor ? 0 : minorSize * 1.2;
  const below = size * LINE + minorHeight;
  const halo = isGrouped ? theme.boxSurface : theme.ground;
  const look = { anchor: 'middle', halo } as const;
  // The small rows first: their halos would cut off what hangs below the line of the rows above them.
  if (minorHeight > 0) {
    for (const { index, x, bottom } of rows) {
      const { labelMinor } = scene.nodes[index] as SceneNode;
      if (labelMinor === '') continue;
      const width = 2 * room.halfWidth(index, bottom, bottom + minorHeight, below);
      const text = fitText(painter, labelMinor, minorSize, MINOR.weight, width);
      if (text === '') continue;
      const lettering = { ...look, size: minorSize, weight: MINOR.weight, colour: theme.muted };
      painter.text(text, x, bottom + minorSize * 0.86, { ...lettering, alpha: alphas[index] as number });
    }
  }
  for (const { index, x, top, bottom } of rows) {
    const { label } = scene.nodes[index] as SceneNode;
    const width = 2 * room.halfWidth(index, top, bottom, below);
    const text = fitText(painter, label, size, MAJOR.weight, width);
    if (text === '') continue;
    const lettering = { ...look, size, weight: MAJOR.weight, colour: theme.text };
    painter.text(text, x, top + size * 0.92, { ...lettering, alpha: alphas[index] as number });
  }
  for (const index of named) drawName(painter, stage, index, size, minorSize);
}

function isNamed({ lit, focus, look }: Stage, { id }: SceneNode): boolean {
  if (look.selection?.kind === 'node' && look.selection.id === id) return true;
  if (lit === undefined || focus === undefined) return false;
  if (focus.kind === 'node') return focus.id === id;
  return focus.kind === 'edge' && (focus.from === id || focus.to === id);
}

/** A name in full, on ground of its own. */
function drawName(painter: Painter, stage: Stage, index: number, size: number, minorSize: number): void {
  const { scene, theme, xs, ys, zoom } = stage;
  const { label, labelMinor } = scene.nodes[index] as SceneNode;
  const x = xs[index] as number;
  const reach = zoom < 0.2 ? 8 / zoom : NODE_RADIUS + 8;
  const top = (ys[index] as number) + reach;
  const width = Math.max(
    painter.textWidth(label, size, MAJOR.weight),
    painter.textWidth(labelMinor, minorSize, MINOR.weight),
  );
  const height = size * 1.3 + (labelMinor === '' ? 0 : minorSize * 1.25);
  painter.box(x - width / 2 - size * 0.5, top, width + size, height + size * 0.15, size * 0.45, {
    fill: { colour: theme.surface, alpha: 0.92 },
    stroke: { colour: theme.accent, width: stage.pixel * 0.8, alpha: 0.35 },
  });
  const base = { anchor: 'middle', alpha: 1 } as const;
  painter.text(label, x, top + size, { ...base, size, weight: MAJOR.weight, colour: theme.text });
  if (labelMinor === '') return;
  const minor = { ...base, size: minorSize, weight: MINOR.weight, colour: theme.muted };
  painter.text(labelMinor, x, top + size * 1.2 + minorSize, minor);
}

/** Where the nodes are around a node: how wide may a label be before it meets a shape or another label? */
class Neighbours {
  readonly #stage: Stage;
  readonly #most: number;
  readonly #rows = new Map<number, number[]>();

  /** @param most - the width of a label with nothing near it */
  constructor(stage: Stage, shown: readonly number[], most: number) {
    this.#stage = stage;
    this.#most = Math.max(most, 110 * stage.pixel) - 2 * GAP;
    for (const index of shown) {
      const row = this.#rowOf(stage.ys[index] as number);
      const list = this.#rows.get(row);
      if (list === undefined) this.#rows.set(row, [index]);
      else list.push(index);
    }
    for (const list of this.#rows.values()) {
      list.sort((a, b) => (stage.xs[a] as number) - (stage.xs[b] as number) || a - b);
    }
  }

  /**
   * Half of the width that a row of text from `top` to `bottom` has below its node.
   *
   * @param below - how far the labels of the others reach below their shapes, at most
   */
  halfWidth(index: number, top: number, bottom: number, below: number): number {
    const { xs, ys } = this.#stage;
    const x = xs[index] as number;
    let half = this.#most / 2;
    const first = this.#rowOf(top - NODE_RADIUS - GAP - below);
    const last = this.#rowOf(bottom + NODE_RADIUS);
    for (let row = first; row <= last; row++) {
      const list = this.#rows.get(row);
      if (list === undefined) continue;
      for (let at = lowerBound(list, xs, x - 2 * half); at < list.length; at++) {
        const other = list[at] as number;
        const dx = Math.abs((xs[other] as number) - x);
        if ((xs[other] as number) > x + 2 * half) break;
        if (other === index) continue;
        const otherY = ys[other] as number;
        const meetsShape = top < otherY + NODE_RADIUS && bottom > otherY - NODE_RADIUS;
        const labelTop = otherY + NODE_RADIUS + GAP;
        const meetsLabel = top < labelTop + below && bottom > labelTop;
        // Each of two labels takes its half of the room between them.
        if (meetsShape) half = Math.min(half, dx - NODE_RADIUS * 1.2 - GAP);
        if (meetsLabel) half = Math.min(half, dx / 2 - GAP / 2);
        if (half <= 0) return 0;
      }
    }
    return half;
  }

  #rowOf(y: number): number {
    return Math.floor(y / (2 * NODE_RADIUS));
  }
}

/** The first of the ascending `list` whose x is not below `x`. */
function lowerBound(list: readonly number[], xs: Float64Array, x: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[list[middle] as number] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
