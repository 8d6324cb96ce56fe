import type { ViewAnswer } from '@ridgeline/client/schema';

/** What a view is called where its parent is not to be seen: `Processes by name`. */
export function viewTitle(views: readonly ViewAnswer[], name: string): string {
  const view = views.find((each) => each.name === name);
  if (view === undefined) return name;
  const parent = views.find((each) => each.name === view.parent);
  return parent === undefined ? view.label : `${parent.label} ${view.label}`;
}
