import { effect } from '@preact/signals';
import { ClientError } from '@ridgeline/client/unchecked';
import type { PageParts } from './page-state.ts';
import { isFilterText } from './search.ts';

/** Typing is over when nothing was typed for so long. */
const SETTLE_MILLIS = 250;

/**
 * Asks the server what a search in the filter language finds: it alone knows all fields and filters, those of plugins
 * too. Asked anew when the picture changes, at most once a second.
 *
 * @returns what ends it
 */
export function bindSearch({ state, inlets }: PageParts): () => void {
  let round = 0;
  let askedText = '';
  const end = effect(() => {
    const text = state.search.value.trim();
    const view = state.view.value;
    const request = state.request.value;
    // Read for the sake of following it: what a text finds changes with the picture.
    const picture = state.picture.value;
    if (text === '' || view === '' || picture === undefined || !isFilterText(text)) return;
    const mine = ++round;
    const timer = setTimeout(
      () => void ask(text, view, request, mine),
      askedText === text ? 1000 : SETTLE_MILLIS,
    );
    return () => clearTimeout(timer);
  });
  const ask = async (
    text: string,
    view: string,
    request: typeof state.request.value,
    mine: number,
  ): Promise<void> => {
    askedText = text;
    try {
      // Found is what the filter holds for, with or without a neighbour that it holds for, too.
      const found = await state.client.snapshot(view, {
        ...request,
        filter: [...(request.filter ?? []), text],
        orphans: 'keep',
      });
      if (mine === round) inlets.hits.value = { text, ids: new Set(found.nodes.map((node) => node.id)) };
    } catch (error) {
      // Any other failure is told by the link; the search keeps what it has.
      if (mine === round && error instanceof ClientError && error.status === 400)
        inlets.hits.value = { text, ids: new Set(), problem: error.message };
    }
  };
  return end;
}
