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

/** Where a node's middle is. Pixels, y downwards. */
export interface Place extends Point {
  /** Layered: its layer, clients left of servers. Grouped: its depth inside the box. */
  readonly layer: number;
  /** See {@link SceneNode.kin}. */
  readonly kin: string;
  /** Its box's key when grouped. */
  readonly group: string;
  /** It has no edge, and lies in the grid below the others. */
  readonly aside?: boolean;
}

/** Places of nodes. A plain value: it can be posted to and from a worker, and {@link writeLayout} makes text of it. */
export interface Layout {
  readonly mode: LayoutMode;
  /** By node id; every node of the scene is there. */
  readonly places: ReadonlyMap<string, Place>;
  /** By group key; only when grouped. Boxes never overlap, and hold their nodes. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** Holds all nodes with their labels, and all boxes. */
  readonly bounds: Box;
  /** The share of edges that run backwards (right to left), 0..1. Layered only. */
  readonly drift: number;
  /** Where nodes were that are gone, the last ones: they find their place again, or their kin does. Oldest first. */
  readonly vacated: ReadonlyMap<string, Place>;
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
