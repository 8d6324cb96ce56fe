import { type Draft, enablePatches, type Patch, produceWithPatches } from 'immer';
import type { ClauseInput, OrphanPolicy } from '../filter/layer.ts';

enablePatches();

/** What an operator sets for a view, or for all views. */
export interface ViewSettings {
  /** Filters that are added to every request. */
  readonly chain: readonly ClauseInput[];
  /** Values of option groups, in place of the view's defaults. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly orphans?: OrphanPolicy;
}

/** What may be changed while running. Small: immer is for control state, never for tables of nodes. */
export interface Settings {
  readonly all: ViewSettings;
  readonly views: Readonly<Record<string, ViewSettings>>;
}

/** Nothing is set. */
export const noSettings: Settings = Object.freeze({ all: { chain: [], options: {} }, views: {} });

/** Changes settings; the patches tell a follower what changed. */
export function changeSettings(
  settings: Settings,
  recipe: (draft: Draft<Settings>) => void,
): readonly [next: Settings, patches: readonly Patch[]] {
  const [next, patches] = produceWithPatches(settings, recipe);
  return [next, patches];
}
