/** A rectangle in pixels, y downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point in pixels, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a node's middle is. Pixels, y downwards, whole numbers but for pins. */
export interface Place extends Point {
  /** See {@link SceneNode.kin}. */
  readonly kin: string;
  /** See {@link SceneNode.group}. */
  readonly group: string;
  /** It had no edge when it came, and lies in the grid below the others. */
  readonly aside?: true;
}

/** Places of nodes. A plain value: it can be posted to and from a worker, and `writeLayout` makes text of it. */
export interface Layout {
  readonly mode: LayoutMode;
  /** By node id; every node of the scene is there, and no other. */
  readonly places: ReadonlyMap<string, Place>;
  /** By group key; only when grouped. Boxes never overlap, and hold their nodes but for pins. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** Holds all nodes with their labels, and all boxes. */
  readonly bounds: Box;
  /** Rises by one with each fresh layout: nodes may then have moved far, and a camera may want to fit. */
  readonly generation: number;
  readonly memory: LayoutMemory;
}

/** What the next layout goes by. Of no use to painters. */
export interface LayoutMemory {
  /** The key of the grouping that boxes are of; `''`: none. */
  readonly grouping: string;
  /** The share of edges that run backwards (not from left to right), 0..1; 0 when grouped. */
  readonly drift: number;
  /** The same right after the last fresh layout: cycles make some run backwards however they are laid. */
  readonly settled: number;
  /** Layered: the grid of nodes without edges. */
  readonly aside?: AsideGrid;
  /** Grouped: the height of a box's title. */
  readonly head?: number;
  /** Where nodes were that are gone, the last ones, oldest first: they find their place again, or their kin does. */
  readonly vacated: ReadonlyMap<string, Place>;
  /** Grouped: the boxes of groups that are gone, for when they return; oldest first. */
  readonly emptied: ReadonlyMap<string, Box>;
}

/** A grid that fills row by row. */
export interface AsideGrid extends Point {
  /** Cells in a row; ≥ 1. */
  readonly across: number;
}

export type LayoutMode = 'layered' | 'grouped';

export interface LayoutOptions {
  /** Nodes that a person has put somewhere; they stay there, and others make room. */
  readonly pins?: ReadonlyMap<string, Point>;
  /** Forget the previous layout (Tidy); pins still hold. */
  readonly fresh?: boolean;
  /** Width ÷ height of the screen, for the first layout; default 1.6. */
  readonly aspect?: number;
  /** Layered or grouped; default: grouped above {@link GROUPED_ABOVE} nodes when the scene has a grouping. */
  readonly mode?: LayoutMode;
}

/** With more nodes than this, single nodes and edges say little: nodes are laid out in boxes by group. */
export const GROUPED_ABOVE = 1200;

/** How far a node's drawing reaches from its middle, label rows included, in pixels. Footprints never overlap. */
export interface Footprint {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The radius of a node's shape, in pixels, in both modes. */
export const NODE_RADIUS = 24;
/** Layered: the shape with two rows of label below it. Labels wider than this are to be cut. */
export const LAYERED_FOOTPRINT: Footprint = { left: 64, right: 64, top: 30, bottom: 58 };
/** Grouped: the shape with one short row of label. */
export const GROUPED_FOOTPRINT: Footprint = { left: 42, right: 42, top: 28, bottom: 44 };
