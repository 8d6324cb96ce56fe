import { effect, signal } from '@preact/signals';
import type { ViewQuery } from '@ridgeline/client/schema';
import { ClientError, type Followed, follow } from '@ridgeline/client/unchecked';
import type { PageParts } from './page-state.ts';

/** A picture of another view is not kept in sight for longer than this. */
const STALE_VIEW_MILLIS = 400;
/** A page that is looked at comes back soon after its server does. */
const LONGEST_WAIT_MILLIS = 3000;

/**
 * Keeps the picture at the newest one of what is asked, over any number of cuts and restarts of the server. While it is
 * paused the picture stands and the newer ones are counted, but for the first one of a new request.
 *
 * @returns what ends it
 */
export function followPicture({ state, inlets }: PageParts): () => void {
  const newest = signal<Followed | undefined>(undefined);
  const endFollowing = effect(() => {
    const view = state.view.value;
    const query = state.request.value;
    if (view === '') return;
    return followOne({ state, inlets }, view, query, (followed, isFirst) => {
      newest.value = followed;
      if (!isFirst && state.paused.peek()) {
        inlets.news.value++;
        return;
      }
      inlets.picture.value = followed;
      inlets.news.value = 0;
    });
  });
  const endPausing = effect(() => {
    if (state.paused.value || newest.peek() === undefined) return;
    inlets.picture.value = newest.peek();
    inlets.news.value = 0;
  });
  return () => {
    endFollowing();
    endPausing();
  };
}

function followOne(
  { state, inlets }: PageParts,
  view: string,
  query: ViewQuery,
  show: (followed: Followed, isFirst: boolean) => void,
): () => void {
  const { link } = inlets;
  let isFirst = true;
  let isOpen = false;
  let isDone = false;
  const forget = setTimeout(() => {
    const shown = inlets.picture.peek();
    if (shown !== undefined && shown.picture.view !== view) inlets.picture.value = undefined;
  }, STALE_VIEW_MILLIS);
  const stop = follow(
    { ...state.client.options, view, query, longestWaitMillis: LONGEST_WAIT_MILLIS },
    {
      changed: (followed) => {
        link.value = { kind: 'live' };
        show(followed, isFirst);
        isFirst = false;
      },
      opened: () => {
        isOpen = true;
        if (link.peek().kind !== 'live' && !isFirst) link.value = { kind: 'live' };
      },
      trouble: ({ code, message }) => {
        link.value = { kind: 'trouble', code, message, since: Date.now() };
      },
      cut: () => {
        const wasOpen = isOpen;
        isOpen = false;
        if (link.peek().kind === 'live' || link.peek().kind === 'connecting')
          link.value = { kind: 'cut', since: Date.now() };
        // A browser does not say why a socket was refused; the same question over HTTP does.
        if (!wasOpen) void askWhy();
      },
    },
  );
  const askWhy = async (): Promise<void> => {
    try {
      await state.client.status();
      await state.client.snapshot(view, query);
    } catch (error) {
      if (isDone || isOpen) return;
      if (!(error instanceof ClientError)) return;
      const { status, code, message } = error;
      if (status === 401 || status === 403) link.value = { kind: 'refused' };
      else if (status < 500) link.value = { kind: 'trouble', code, message, since: Date.now() };
    }
  };
  return () => {
    isDone = true;
    clearTimeout(forget);
    stop();
  };
}
