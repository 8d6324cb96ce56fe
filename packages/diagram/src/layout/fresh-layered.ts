import { componentsOf, degreeOf, type Graph, subgraph } from './graph.ts';
import { layComponent } from './lay-component.ts';
import { type AsideGrid, type Box, LAYERED_FOOTPRINT, type Point } from './layout.ts';
import { packForScreen } from './pack.ts';

/** From cell to cell of the grid of nodes without edges. */
const ASIDE_CELL: Point = { x: 142, y: 96 };
/** Between parts that do not hang together. */
export const PART_GAP = 64;
/** Between the parts and the grid below them. */
const ASIDE_GAP = 40;

/** Places of all vertices, as if there had been no layout before. */
export interface FreshPlaces {
  /** By vertex. */
  readonly points: readonly Point[];
  readonly aside?: AsideGrid;
}

/** Lays out each connected part, packs the parts, and puts what has no edge into a grid below. */
export function layFresh(graph: Graph, aspect: number): FreshPlaces {
  const points: Point[] = Array.from({ length: graph.size }, () => ({ x: 0, y: 0 }));
  const parts = componentsOf(graph, (v) => degreeOf(graph, v) > 0);
  const laid = parts.map((members) => layComponent(subgraph(graph, members), aspect));
  const sizes = laid.map(({ width, height }) => ({ width: width + PART_GAP, height: height + PART_GAP / 2 }));
  const packing = byHeight(sizes);
  const lonely = lonelyVertices(graph);
  const spots = packForScreen(
    packing.map((part) => sizes[part] as Box),
    aspect,
    (across) => ASIDE_CELL.y * Math.ceil(lonely.length / Math.max(1, Math.floor(across / ASIDE_CELL.x))),
  );
  let width = 0;
  let height = 0;
  packing.forEach((part, k) => {
    const { x, y } = spots[k] as Point;
    const { x: xs, y: ys, ...size } = laid[part] as (typeof laid)[number];
    const [left, top] = [Math.round(x), Math.round(y)];
    (parts[part] as readonly number[]).forEach((v, i) => {
      points[v] = { x: left + (xs[i] as number), y: top + (ys[i] as number) };
    });
    width = Math.max(width, left + size.width);
    height = Math.max(height, top + size.height);
  });

  if (lonely.length === 0) return { points };
  const aside = asideBelow({ x: 0, y: 0, width, height }, lonely.length, aspect);
  lonely.forEach((v, cell) => {
    points[v] = asidePoint(aside, cell);
  });
  return { points, aside };
}

/** The highest first: the parts that follow fill the room beside it. */
function byHeight(sizes: readonly { readonly height: number }[]): number[] {
  return sizes
    .map((_, part) => part)
    .sort((a, b) => (sizes[b] as Box).height - (sizes[a] as Box).height || a - b);
}

/** What has no edge, groups and replicas side by side. */
function lonelyVertices(graph: Graph): number[] {
  const key = (v: number): string => `${graph.groups[v]}\u0000${graph.kin[v]}`;
  return graph.ids
    .map((_, v) => v)
    .filter((v) => degreeOf(graph, v) === 0)
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
}

/** A grid below a picture: as wide as the picture, or as wide as so many cells want to be by themselves. */
export function asideBelow(bounds: Box, cells: number, aspect: number): AsideGrid {
  const { left, top } = LAYERED_FOOTPRINT;
  const alone = Math.ceil(Math.sqrt((cells * aspect * ASIDE_CELL.y) / ASIDE_CELL.x));
  const across = Math.max(1, alone, Math.floor((bounds.width + 14) / ASIDE_CELL.x));
  const gap = bounds.height === 0 ? 0 : ASIDE_GAP;
  return { x: bounds.x + left, y: Math.round(bounds.y + bounds.height + gap + top), across };
}

/** The middle of a cell of the grid. */
export function asidePoint({ x, y, across }: AsideGrid, cell: number): Point {
  return { x: x + (cell % across) * ASIDE_CELL.x, y: y + Math.floor(cell / across) * ASIDE_CELL.y };
}
