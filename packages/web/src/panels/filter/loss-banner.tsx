import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { CloseButton } from '../parts/sheet.tsx';
import { lossNotes } from './loss-notes.ts';

/** How many notes are shown in words. */
const MOST = 2;

/** What the picture does not know: apart from what is hidden, because nobody chose it. */
export function LossBanner({ state }: { readonly state: PageState }): VNode | null {
  const dismissed = useSignal<ReadonlySet<string>>(new Set());
  const picture = state.picture.value?.picture;
  if (picture === undefined) return null;
  const notes = lossNotes(picture.ledger.lost, picture.sources).filter(
    ({ key }) => !dismissed.value.has(key),
  );
  if (notes.length === 0) return null;
  return (
    <div
      class={`loss ${notes.some(({ isGrave }) => isGrave) ? 'grave' : ''}`}
      role="status"
      aria-label="Missing facts"
    >
      <b aria-hidden="true">!</b>
      <span>
        {notes
          .slice(0, MOST)
          .map(({ text }) => text)
          .join(' · ')}
      </span>
      <button
        type="button"
        class="link"
        onClick={() => {
          state.panel.value = 'status';
        }}
      >
        {notes.length > MOST ? `${notes.length - MOST} more` : 'Sources'}
      </button>
      <CloseButton
        label="Dismiss"
        onClick={() => {
          dismissed.value = new Set([...dismissed.value, ...notes.map(({ key }) => key)]);
        }}
      />
    </div>
  );
}
