import type { JSX } from 'preact';
import type { LinkState } from '../state/link-state.ts';
import type { PageState } from '../state/page-state.ts';

const TOLD: Readonly<Record<LinkState['kind'], string>> = {
  connecting: 'Connecting',
  live: 'Live',
  cut: 'Offline',
  trouble: 'Trouble',
  refused: 'No token',
};

/** Whether the picture is the newest one; a click makes it stand still, and go on. */
export function LiveButton({ state }: { readonly state: PageState }): JSX.Element {
  const { paused, news, link } = state;
  const { kind } = link.value;
  const isLive = kind === 'live' && !paused.value;
  const behind = news.value === 0 ? '' : ` · ${news.value.toLocaleString('en')} new`;
  const told = paused.value ? `Paused${behind}` : TOLD[kind];
  return (
    <button
      type="button"
      class="live"
      data-link={kind}
      data-live={isLive}
      aria-pressed={paused.value}
      title={paused.value ? 'Go on live (p)' : 'Make the picture stand still (p)'}
      onClick={() => {
        paused.value = !paused.value;
      }}
    >
      <i aria-hidden="true" />
      {told}
    </button>
  );
}
