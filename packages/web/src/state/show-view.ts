import { batch } from '@preact/signals';
import type { ViewAnswer } from '@ridgeline/client/schema';
import type { PageState } from './page-state.ts';

/** Goes to another view. What belongs to one view alone (its options, what is selected, pins) does not come along. */
export function showView(state: PageState, view: string): void {
  if (state.view.peek() === view) return;
  batch(() => {
    state.view.value = view;
    state.options.value = {};
    state.selection.value = undefined;
    state.grouping.value = undefined;
    state.collapsed.value = new Set();
    state.pins.value = new Map();
  });
}

/** The views that stand in the first row: by rank, and those that are empty and ask for it left out. */
export function topViews(state: PageState): readonly ViewAnswer[] {
  return viewsBelow(state, undefined);
}

/** The views that show a view's nodes in another way. */
export function viewsBelow(state: PageState, parent: string | undefined): readonly ViewAnswer[] {
  const { views, counts, view } = state;
  return views.value
    .filter((one) => one.parent === parent)
    .filter(
      ({ name, hideIfEmpty }) =>
        !hideIfEmpty || name === view.value || (counts.value.get(name)?.total ?? 1) > 0,
    )
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
}

/** The view of the first row that the shown one stands below, or is. */
export function topOf(state: PageState, name: string): string {
  const found = state.views.value.find((view) => view.name === name);
  return found?.parent === undefined ? name : topOf(state, found.parent);
}
