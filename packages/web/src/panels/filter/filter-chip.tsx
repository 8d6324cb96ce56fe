import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { countWords } from '../words/count.ts';
import { type ClauseChip, chipWords } from './clause-chips.ts';
import { removeFilter, toggleChip } from './edit-layer.ts';

/** A clause: how much it hides; what its absence would show; a click lays it aside. */
export function FilterChip({ state, chip }: { readonly state: PageState; readonly chip: ClauseChip }): VNode {
  const { label, text, count, isParked, place } = chip;
  return (
    <span class={`chip ${place} ${isParked ? 'off' : 'on'}`}>
      <button
        type="button"
        class="face"
        aria-pressed={!isParked}
        title={chipWords(chip)}
        onClick={() => toggleChip(state, chip)}
      >
        <span class={label === text ? 'label code' : 'label'}>{label}</span>
        {count !== undefined && (
          <>
            <b class="rejected">{countWords(count.rejected)}</b>
            <b class="only">off → +{countWords(count.only)}</b>
          </>
        )}
        {count === undefined && !isParked && <b class="rejected">…</b>}
      </button>
      {place === 'own' && (
        <button
          type="button"
          class="remove"
          aria-label={`Remove filter ${label}`}
          title="Remove"
          onClick={() => removeFilter(state, text)}
        >
          ✕
        </button>
      )}
    </span>
  );
}
