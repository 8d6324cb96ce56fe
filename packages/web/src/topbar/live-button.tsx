import type { JSX } from 'preact';
import type { PageState } from '../state/page-state.ts';

/** Whether the picture is the newest one; a click makes it stand still, and go on. */
export function LiveButton({ state }: { readonly state: PageState }): JSX.Element {
  const { paused, news, link } = state;
  const { kind } = link.value;
  const isLive = kind === 'live' && !paused.value;
  const told = paused.value
    ? news.value === 0
      ? 'Paused'
      : `Paused · ${news.value.toLocaleString('en')} new`
    : kind === 'live'
      ? 'Live'
      : kind === 'connecting'
        ? 'Connecting'
        : kind === 'cut'
          ? 'Offline'
          : 'Trouble';
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
