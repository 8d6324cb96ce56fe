import type { Graph } from './graph.ts';
import { type Box, LAYERED_FOOTPRINT, type Point } from './layout.ts';
import { Occupancy } from './occupancy.ts';

/** No untouched node moves farther than this when others come and go, in pixels. */
export const MOST_PUSH = 28;

/** How a vertex takes part. */
export interface Hold {
  /** It may not be pushed: a pin, or a cell of the grid aside. */
  readonly fixed?: boolean;
  readonly aside?: boolean;
}

/** The layered picture while it is made: where vertices are, and how far each may still be pushed. */
export class Field {
  readonly graph: Graph;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly placed: Uint8Array;
  readonly fixed: Uint8Array;
  readonly aside: Uint8Array;
  /** The y at which a vertex was when this layout began; pushes are measured from there. */
  readonly home: Float64Array;
  readonly occupancy: Occupancy;
  /** By x: the vertices whose middle is exactly there, from top to bottom. */
  readonly columns: Map<number, number[]>;

  constructor(graph: Graph) {
    this.graph = graph;
    this.x = new Float64Array(graph.size);
    this.y = new Float64Array(graph.size);
    this.home = new Float64Array(graph.size);
    this.placed = new Uint8Array(graph.size);
    this.fixed = new Uint8Array(graph.size);
    this.aside = new Uint8Array(graph.size);
    this.occupancy = new Occupancy(LAYERED_FOOTPRINT, this.x, this.y);
    this.columns = new Map();
  }

  place(v: number, { x, y }: Point, { fixed = false, aside = false }: Hold = {}): void {
    this.x[v] = x;
    this.y[v] = y;
    this.home[v] = y;
    this.placed[v] = 1;
    this.fixed[v] = fixed || aside ? 1 : 0;
    this.aside[v] = aside ? 1 : 0;
    this.occupancy.add(v);
    const column = this.columns.get(x);
    if (column === undefined) this.columns.set(x, [v]);
    else {
      let at = column.length;
      while (at > 0 && (this.y[column[at - 1] as number] as number) > y) at--;
      column.splice(at, 0, v);
    }
  }

  /** Pushes a vertex up or down its column; the order in the column stays. */
  push(v: number, y: number): void {
    this.occupancy.move(v, y);
  }

  isFree({ x, y }: Point): boolean {
    return this.occupancy.isFree(x, y);
  }

  /** The rectangle that holds all placed footprints. */
  bounds(): Box {
    const { left, right, top, bottom } = LAYERED_FOOTPRINT;
    let x0 = Number.POSITIVE_INFINITY;
    let y0 = Number.POSITIVE_INFINITY;
    let x1 = Number.NEGATIVE_INFINITY;
    let y1 = Number.NEGATIVE_INFINITY;
    for (let v = 0; v < this.graph.size; v++) {
      if (this.placed[v] === 0) continue;
      x0 = Math.min(x0, this.x[v] as number);
      x1 = Math.max(x1, this.x[v] as number);
      y0 = Math.min(y0, this.y[v] as number);
      y1 = Math.max(y1, this.y[v] as number);
    }
    if (x0 > x1) return { x: 0, y: 0, width: 0, height: 0 };
    return { x: x0 - left, y: y0 - top, width: x1 - x0 + left + right, height: y1 - y0 + top + bottom };
  }

  /** The footprints of all placed vertices, each with a margin around it. */
  footprints(margin: number): Box[] {
    const { left, right, top, bottom } = LAYERED_FOOTPRINT;
    const boxes: Box[] = [];
    for (let v = 0; v < this.graph.size; v++) {
      if (this.placed[v] === 0) continue;
      boxes.push({
        x: (this.x[v] as number) - left - margin,
        y: (this.y[v] as number) - top - margin,
        width: left + right + 2 * margin,
        height: top + bottom + 2 * margin,
      });
    }
    return boxes;
  }

  /** The share of edges that do not run from left to right. */
  drift(): number {
    const { size, outStart, outTo } = this.graph;
    if (outTo.length === 0) return 0;
    let backward = 0;
    for (let v = 0; v < size; v++) {
      for (let e = outStart[v] as number; e < (outStart[v + 1] as number); e++) {
        if ((this.x[outTo[e] as number] as number) <= (this.x[v] as number)) backward++;
      }
    }
    return backward / outTo.length;
  }
}
