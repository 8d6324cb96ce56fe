import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { countWords } from '../words/count.ts';
import { isChanged, restoreDefaults, showAll } from './edit-layer.ts';

/** What the layer comes to: `69 of 88 nodes · 19 filtered · 4 orphaned`, and the ways out. */
export function LayerCount({ state }: { readonly state: PageState }): VNode | null {
  const ledger = state.picture.value?.picture.ledger;
  if (ledger === undefined) return null;
  const { total, shown, filtered, orphaned, edges } = ledger;
  return (
    <span class="layer-count">
      <span
        role="status"
        aria-label="What is shown"
        title={`${countWords(edges.shown)} of ${countWords(edges.total)} connections between nodes`}
      >
        <b>{countWords(shown)}</b> of {countWords(total)} nodes
      </span>
      {filtered > 0 && (
        <button
          type="button"
          class="link filtered"
          aria-pressed={state.panel.value === 'hidden'}
          title="Which, and why"
          onClick={() => {
            state.panel.value = state.panel.value === 'hidden' ? 'none' : 'hidden';
          }}
        >
          {countWords(filtered)} filtered
        </button>
      )}
      {orphaned > 0 && (
        <span class="orphaned" title="Every clause keeps them, but they have no connection left">
          {countWords(orphaned)} orphaned
        </span>
      )}
      {filtered > 0 && (
        <button
          type="button"
          class="link"
          title="Show everything that the view has"
          onClick={() => showAll(state)}
        >
          Clear
        </button>
      )}
      {isChanged(state) && (
        <button
          type="button"
          class="link"
          title="Back to what the view and the config say"
          onClick={() => restoreDefaults(state)}
        >
          Reset
        </button>
      )}
    </span>
  );
}
