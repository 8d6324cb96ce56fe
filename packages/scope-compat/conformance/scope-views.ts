import type { ViewDef } from '@ridgeline/core';
import { builtinViews } from '@ridgeline/renderers-builtin';

/** Views whose filters act at an inner site: their variants are superseded by kind "site". */
export const siteViews: ReadonlySet<string> = new Set(
  builtinViews.filter((view) => view.site !== undefined).map((view) => view.name),
);

/** Whether Scope marks the connected nodes of a view: it does where they can be asked for. */
export function isColoured(view: ViewDef): boolean {
  return view.options.some((group) => group.id === 'unconnected');
}
