import { effect } from '@preact/signals';
import type { PageParts } from './page-state.ts';

/** The books may change with every picture; what is hidden is a list to be read, and need not be newer than this. */
const REST_MILLIS = 1000;

/**
 * Loads what is hidden while somebody looks at it: the ghosts on the canvas, or the list.
 *
 * @returns what ends it
 */
export function loadHidden({ state, inlets }: PageParts): () => void {
  let round = 0;
  let loadedFor: unknown;
  const load = async (view: string, request: typeof state.request.value): Promise<void> => {
    const mine = ++round;
    try {
      const hidden = await state.client.hidden(view, request);
      if (mine !== round) return;
      loadedFor = request;
      inlets.hidden.value = hidden;
    } catch {
      // The link tells that the server is gone; the list stands as it was.
    }
  };
  return effect(() => {
    const isWanted = state.ghosts.value || state.panel.value === 'hidden';
    const view = state.view.value;
    const request = state.request.value;
    const picture = state.picture.value;
    if (!isWanted || picture === undefined || picture.picture.view !== view) {
      round++;
      loadedFor = undefined;
      inlets.hidden.value = undefined;
      return;
    }
    const timer = setTimeout(() => void load(view, request), loadedFor === request ? REST_MILLIS : 0);
    return () => clearTimeout(timer);
  });
}
