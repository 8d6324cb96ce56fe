import { createClient } from '@ridgeline/client/unchecked';
import { readAddress } from './address.ts';
import { bindAddress } from './bind-address.ts';
import { bindSearch } from './bind-search.ts';
import { bindTheme } from './bind-theme.ts';
import { followPicture } from './follow-picture.ts';
import { loadHidden } from './load-hidden.ts';
import { createPageState, type PageState } from './page-state.ts';
import { pollViews } from './poll-views.ts';

/** A page at work. */
export interface StartedPage {
  readonly state: PageState;
  stop(): void;
}

/**
 * A page bound to its address and to the server that it came from.
 *
 * @param token - as it was asked for, where the server wants one
 */
export function startPage(token: string | undefined): StartedPage {
  const client = createClient({ url: location.origin, ...(token === undefined ? {} : { token }) });
  const parts = createPageState(client, readAddress(location.hash));
  const ends = [
    bindTheme(parts),
    bindAddress(parts.state),
    followPicture(parts),
    pollViews(parts),
    bindSearch(parts),
    loadHidden(parts),
  ];
  return {
    state: parts.state,
    stop: () => {
      for (const end of ends) end();
    },
  };
}
