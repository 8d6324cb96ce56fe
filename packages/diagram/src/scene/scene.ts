/** The outline of a node. It tells what kind of thing the node is. */
export type ShapeName =
  | 'circle'
  | 'square'
  | 'diamond'
  | 'pentagon'
  | 'hexagon'
  | 'heptagon'
  | 'octagon'
  | 'triangle'
  | 'wide'
  | 'cylinder'
  | 'sheet'
  | 'cloud';

/** The sign inside a node. It tells what the node does. */
export type GlyphName =
  | 'db'
  | 'cache'
  | 'queue'
  | 'web'
  | 'gate'
  | 'search'
  | 'gear'
  | 'cube'
  | 'key'
  | 'ml'
  | 'dots'
  | 'none';

/** What to draw of a node, without its place. */
export interface SceneNode {
  /** The node's id; of a collapsed group, {@link collapsedId}. */
  readonly id: string;
  readonly label: string;
  readonly labelMinor: string;
  readonly shape: ShapeName;
  /** Drawn with a broken outline: it stands for what nobody reports (uncontained, unmanaged, a bare address). */
  readonly dashed: boolean;
  readonly glyph: GlyphName;
  /** The key of its group under the chosen grouping; `''`: it has none. */
  readonly group: string;
  /** Equal for replicas of one another: a new node takes the place of one of its kin that is gone. */
  readonly kin: string;
  readonly pseudo: boolean;
  /** Drawn as a pile: it stands for several. */
  readonly stacked: boolean;
  /** Of a collapsed group: how many nodes it stands for. */
  readonly count?: number;
  /** How full it is by the chosen metric, 0..1; absent: it has no such metric, or none is chosen. */
  readonly level?: number;
  /** The metric's value in words, e.g. `42.5 %`. Present with `level`. */
  readonly levelText?: string;
  readonly trouble?: 'warn' | 'bad';
  /** Why, in the words of who reported it, e.g. `CrashLoopBackOff`. Present with `trouble`. */
  readonly troubleReason?: string;
  /** Hidden by the filter layer, and drawn faint on request. */
  readonly ghost?: boolean;
}

/** From client to server. Ends are indexes into the scene's nodes; never a loop, never twice the same pair. */
export interface SceneEdge {
  readonly from: number;
  readonly to: number;
  /** Connections; ≥ 1. */
  readonly weight: number;
  /** How many edges of the picture it stands for; more than 1 only at collapsed groups. */
  readonly edges: number;
}

/** A group of the chosen grouping that has at least one node in the scene. */
export interface SceneGroup {
  readonly key: string;
  readonly label: string;
  /** How many nodes of the picture are in it, ghosts left out. */
  readonly size: number;
  readonly collapsed: boolean;
}

/** All edges from the nodes of one group to those of another. Ends are indexes into the scene's groups, `from ≠ to`. */
export interface Flow {
  readonly from: number;
  readonly to: number;
  /** Connections: the sum over the edges it stands for. */
  readonly weight: number;
  /** How many edges of the picture it stands for. */
  readonly edges: number;
}

/** What to draw, without places. Nodes ascend by id, ghosts after all others; edges by (from, to); groups by key. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  /** The groups of the chosen grouping; the nodes of no group are in a group of key `''`. Empty: no grouping. */
  readonly groups: readonly SceneGroup[];
  /** Between groups; their weights add up to those of the edges whose ends are in two groups. */
  readonly flows: readonly Flow[];
  readonly grouping?: string;
}

/** The id of the node that stands for a collapsed group; no node of a picture has such an id. */
export function collapsedId(group: string): string {
  return `\u0000group:${group}`;
}

/** The key of the group that a node of the scene stands for; `undefined` of a node that is no collapsed group. */
export function collapsedGroup(id: string): string | undefined {
  return id.startsWith('\u0000group:') ? id.slice('\u0000group:'.length) : undefined;
}
