import { effect } from '@preact/signals';
import type { ViewAnswer } from '@ridgeline/client/schema';
import { ClientError } from '@ridgeline/client/unchecked';
import type { PageParts } from './page-state.ts';

const POLL_MILLIS = 5000;

/**
 * Asks for the views and their counts: at once, when the server is back, and every few seconds while the page is in sight.
 * Chooses a view when the address names none.
 *
 * @returns what ends it
 */
export function pollViews({ state, inlets }: PageParts): () => void {
  let isDone = false;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking || isDone) return;
    isAsking = true;
    try {
      const { views } = await state.client.views();
      if (isDone) return;
      inlets.views.value = views;
      if (state.view.peek() === '') state.view.value = firstView(views) ?? '';
    } catch (error) {
      if (isDone) return;
      if (error instanceof ClientError && (error.status === 401 || error.status === 403))
        inlets.link.value = { kind: 'refused' };
      else if (inlets.link.peek().kind === 'connecting')
        inlets.link.value = { kind: 'cut', since: Date.now() };
    } finally {
      isAsking = false;
    }
  };
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') void ask();
  }, POLL_MILLIS);
  const soon = (): void => {
    if (document.visibilityState === 'visible') void ask();
  };
  document.addEventListener('visibilitychange', soon);
  // Without a view nothing is followed, and only these polls find out that the server is back.
  const retry = setInterval(() => {
    if (state.view.peek() === '' && inlets.link.peek().kind === 'cut') void ask();
  }, 1000);
  const end = effect(() => {
    const { kind } = inlets.link.value;
    if (kind === 'live' || kind === 'connecting') void ask();
  });
  return () => {
    isDone = true;
    clearInterval(timer);
    clearInterval(retry);
    document.removeEventListener('visibilitychange', soon);
    end();
  };
}

/** The view of the lowest rank that has anything in it; while none has, the one of the lowest rank. */
export function firstView(views: readonly ViewAnswer[]): string | undefined {
  const tops = views.filter((view) => view.parent === undefined).sort((a, b) => a.rank - b.rank);
  const filled = tops.find((view) => (view.stats?.shown ?? 0) > 0);
  return (filled ?? tops.find((view) => !view.hideIfEmpty) ?? tops[0])?.name;
}
