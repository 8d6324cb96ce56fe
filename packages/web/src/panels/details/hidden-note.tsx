import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { clauseChips } from '../filter/clause-chips.ts';
import { toggleChip } from '../filter/edit-layer.ts';
import { useAnswer } from '../parts/use-answer.ts';

/** Why the node that is looked at is not in the picture, and which clause to turn off to see it. */
export function HiddenNote({ state, id }: { readonly state: PageState; readonly id: string }): VNode {
  const view = state.view.value;
  const request = state.request.value;
  const ledger = state.picture.value?.picture.ledger;
  const loaded = useAnswer(JSON.stringify([view, request]), ledger, () => state.client.hidden(view, request));
  const answer = loaded.value;
  const hidden = answer?.hidden.find(({ node }) => node.id === id);
  const chips = clauseChips(answer?.ledger, state.filters.value, []).filter(({ key }) =>
    hidden?.clauses.includes(key),
  );
  return (
    <p class="trouble hidden" role="status">
      <b aria-hidden="true">○</b>
      <span>
        Not in the picture
        {hidden?.orphaned === true && ': no connection is left once the filters are applied'}
        {hidden !== undefined &&
          !hidden.orphaned &&
          chips.length === 0 &&
          ': several filters together hide it'}
        {chips.length > 0 && ': hidden by '}
        {chips.map((chip, index) => (
          <span key={chip.key}>
            {index > 0 && ', '}
            <button
              type="button"
              class="link"
              title={`Turn this off: ${chip.text}`}
              onClick={() => toggleChip(state, chip)}
            >
              {chip.label}
            </button>
          </span>
        ))}
        .
      </span>
    </p>
  );
}
