import type { HueBook } from '../scene/hue-book.ts';
import type { Camera } from './camera.ts';

/** A thing of a picture, by names that outlive the picture. */
export type Target =
  | { readonly kind: 'node'; readonly id: string }
  /** Ends are ids of nodes. */
  | { readonly kind: 'edge'; readonly from: string; readonly to: string }
  | { readonly kind: 'group'; readonly key: string }
  /** Ends are keys of groups. */
  | { readonly kind: 'flow'; readonly from: string; readonly to: string };

/** How a picture is looked at. */
export interface Look {
  readonly camera: Camera;
  readonly selection?: Target | undefined;
  /** Lit before the selection, as long as one points at it. */
  readonly hover?: Target | undefined;
  /** Ids of the nodes that a search has found; the others are dimmed. Absent: nobody searches. */
  readonly matches?: ReadonlySet<string> | undefined;
  readonly hues?: HueBook | undefined;
  /** Ids of nodes that a person has put somewhere. */
  readonly pins?: { has(id: string): boolean } | undefined;
  /** Nodes that come or go, 0..1; the others are there in full. */
  readonly presence?: ReadonlyMap<string, number> | undefined;
  /** Milliseconds of any clock; makes the dashes of lit edges run. Absent: they stand still. */
  readonly now?: number | undefined;
}
