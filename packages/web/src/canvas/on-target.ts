import { collapsedGroup, type Scene, type Target } from '@ridgeline/diagram';
import type { Point, Selection } from '../state/address.ts';
import type { PageState } from '../state/page-state.ts';

export function isSameTarget(a: Target | undefined, b: Target | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}

/** Selects what was clicked at; nothing there: nothing is selected. */
export function select(state: PageState, scene: Scene | undefined, target: Target | undefined): void {
  const selection = selectionOf(scene, target);
  if (!isSameTarget(selection, state.selection.peek())) state.selection.value = selection;
}

/** A group that is drawn as one node is a group; an edge at one stands for all edges between two groups. */
function selectionOf(scene: Scene | undefined, target: Target | undefined): Selection | undefined {
  if (target?.kind === 'node') {
    const key = collapsedGroup(target.id);
    return key === undefined ? target : { kind: 'group', key };
  }
  if (target?.kind !== 'edge') return target;
  const isFolded = [target.from, target.to].some((id) => collapsedGroup(id) !== undefined);
  if (!isFolded) return target;
  const groupOf = (id: string): string => scene?.nodes.find((node) => node.id === id)?.group ?? '';
  return { kind: 'flow', from: groupOf(target.from), to: groupOf(target.to) };
}

/** What is left to do for the canvas after a double click. */
export type Wish = 'fit' | { readonly focus: string } | undefined;

/** A double click: unpins what is pinned, folds and unfolds groups, goes near to any other node. */
export function actOn(state: PageState, target: Target | undefined): Wish {
  switch (target?.kind) {
    case undefined:
      return 'fit';
    case 'group':
      foldGroup(state, target.key, true);
      return undefined;
    case 'node': {
      const group = collapsedGroup(target.id);
      if (group !== undefined) foldGroup(state, group, false);
      else if (state.pins.peek().has(target.id)) unpinNode(state, target.id);
      else return { focus: target.id };
      return undefined;
    }
    default:
      return undefined;
  }
}

export function pinNode(state: PageState, id: string, { x, y }: Point): void {
  state.pins.value = new Map(state.pins.peek()).set(id, { x: Math.round(x), y: Math.round(y) });
}

export function unpinNode(state: PageState, id: string): void {
  const pins = new Map(state.pins.peek());
  if (pins.delete(id)) state.pins.value = pins;
}

/** Draws a group as one node, or its nodes again. */
export function foldGroup(state: PageState, key: string, isFolded: boolean): void {
  const collapsed = new Set(state.collapsed.peek());
  if (isFolded) collapsed.add(key);
  else collapsed.delete(key);
  state.collapsed.value = collapsed;
}
