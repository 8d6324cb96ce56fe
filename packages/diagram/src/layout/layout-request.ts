import type { Graph } from './graph.ts';
import type { Point } from './layout.ts';

/** What both kinds of layout are made of. */
export interface LayoutRequest {
  readonly graph: Graph;
  /** The key of the scene's grouping; `''`: none. */
  readonly grouping: string;
  readonly pins: ReadonlyMap<string, Point>;
  readonly aspect: number;
}
