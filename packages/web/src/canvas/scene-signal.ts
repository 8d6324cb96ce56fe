import { computed, type ReadonlySignal } from '@preact/signals';
import { groupingsOf, type Scene, SceneMemo, sceneOf, suggestGrouping } from '@ridgeline/diagram';
import type { PageState } from '../state/page-state.ts';

/** A scene and the view that it is of. */
export interface ViewScene {
  readonly view: string;
  readonly scene: Scene;
}

/**
 * What is to be drawn of the picture. The grouping that is suggested first stays the view's: a picture is not coloured anew
 * because a namespace came.
 */
export function sceneSignal(state: PageState): ReadonlySignal<ViewScene | undefined> {
  const suggested = new Map<string, string>();
  const memo = new SceneMemo();
  return computed(() => {
    const followed = state.picture.value;
    if (followed === undefined) return undefined;
    const { view } = followed.picture;
    const nodes = [...followed.nodes.values()];
    const metric = state.metric.value;
    const ghosts = state.ghosts.value ? state.hidden.value?.hidden.map(({ node }) => node) : undefined;
    const choice = {
      grouping: state.grouping.value ?? suggestionFor(suggested, view, nodes),
      collapsed: state.collapsed.value,
      ...(metric === undefined ? {} : { metric }),
      ...(ghosts === undefined ? {} : { ghosts }),
    };
    const scene = sceneOf(nodes, choice, memo);
    return { view, scene };
  });
}

function suggestionFor(
  suggested: Map<string, string>,
  view: string,
  nodes: Parameters<typeof groupingsOf>[0],
): string {
  const known = suggested.get(view);
  if (known !== undefined) return known;
  const grouping = suggestGrouping(groupingsOf(nodes));
  if (grouping !== undefined) suggested.set(view, grouping);
  return grouping ?? '';
}
