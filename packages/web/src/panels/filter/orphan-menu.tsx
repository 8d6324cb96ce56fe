import type { VNode } from 'preact';
import type { OrphanPolicy } from '../../state/address.ts';
import type { PageState } from '../../state/page-state.ts';
import { Popover } from '../parts/popover.tsx';
import { countWords } from '../words/count.ts';

interface Choice {
  readonly policy: OrphanPolicy | undefined;
  readonly face: string;
  readonly label: string;
}

const AS_DEFINED: Choice = { policy: undefined, face: 'Unconnected', label: 'As the view says' };

/** A stand-in is a node for what nobody reports: the Internet, the uncontained. */
const CHOICES: readonly Choice[] = [
  AS_DEFINED,
  { policy: 'keep', face: 'Unconnected shown', label: 'Show all that is unconnected' },
  { policy: 'drop-pseudo', face: 'Unconnected stand-ins hidden', label: 'Hide unconnected stand-ins only' },
  { policy: 'drop', face: 'Unconnected hidden', label: 'Hide all that is unconnected' },
];

/** What becomes of nodes that have no connection once the filters are applied. */
export function OrphanMenu({ state }: { readonly state: PageState }): VNode {
  const { orphans } = state;
  const orphaned = state.picture.value?.picture.ledger.orphaned ?? 0;
  const chosen = CHOICES.find(({ policy }) => policy === orphans.value) ?? AS_DEFINED;
  return (
    <Popover
      label="Unconnected nodes"
      class={`chip option ${chosen.policy === undefined ? '' : 'on'}`}
      title="What becomes of nodes without a connection, once the filters are applied"
      face={
        <>
          <span class="label">{chosen.face}</span>
          {orphaned > 0 && <b class="rejected">{countWords(orphaned)}</b>}
          <i class="caret" aria-hidden="true" />
        </>
      }
    >
      {(close) =>
        CHOICES.map(({ policy, label }) => (
          <button
            key={label}
            type="button"
            role="menuitemradio"
            aria-checked={policy === orphans.value}
            onClick={() => {
              orphans.value = policy;
              close();
            }}
          >
            {label}
          </button>
        ))
      }
    </Popover>
  );
}
