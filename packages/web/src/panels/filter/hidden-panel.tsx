import { useSignal } from '@preact/signals';
import type { HiddenNode } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { NodeMark } from '../parts/node-mark.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { countWords } from '../words/count.ts';
import { clauseChips } from './clause-chips.ts';
import { toggleChip } from './edit-layer.ts';
import './hidden-panel.css';

/** How many hidden nodes are listed at a time: more are found by their names. */
const MOST = 300;

/** What the filter layer hides, node by node, and which clauses hide each. */
export function HiddenPanel({ state }: { readonly state: PageState }): VNode | null {
  const sought = useSignal('');
  const ofClause = useSignal<string | undefined>(undefined);
  if (state.panel.value !== 'hidden') return null;
  const answer = state.hidden.value;
  const ledger = answer?.ledger;
  const chips = clauseChips(ledger, state.filters.value, []).filter(
    ({ count }) => (count?.rejected ?? 0) > 0,
  );
  const labels = new Map(chips.map(({ key, label }) => [key, label]));
  const found = (answer?.hidden ?? []).filter(
    (hidden) => isSought(hidden, sought.value) && isOfClause(hidden, ofClause.value),
  );
  const close = (): void => {
    state.panel.value = 'none';
  };
  return (
    <Sheet
      label="Hidden nodes"
      class="hidden-panel"
      onClose={close}
      head={
        <div>
          <h2>{ledger === undefined ? 'Hidden' : `${countWords(ledger.filtered)} filtered`}</h2>
          <p>What the filters hide. It is not lost: it is only not shown.</p>
        </div>
      }
    >
      <label class="ghosts">
        <input
          type="checkbox"
          checked={state.ghosts.value}
          onChange={({ currentTarget }) => {
            state.ghosts.value = currentTarget.checked;
          }}
        />
        Show them faintly in the picture
      </label>
      {chips.length > 0 && (
        <section aria-label="Clauses">
          <h3>By clause</h3>
          {chips.map((chip) => (
            <div class="by-clause" key={chip.key}>
              <button
                type="button"
                class="plain"
                aria-pressed={ofClause.value === chip.key}
                title={`List only what this hides: ${chip.text}`}
                onClick={() => {
                  ofClause.value = ofClause.value === chip.key ? undefined : chip.key;
                }}
              >
                {chip.label}
              </button>
              <span>{countWords(chip.count?.rejected ?? 0)}</span>
              <button
                type="button"
                class="link"
                title={`Only “${chip.label}” off; all others stay`}
                onClick={() => toggleChip(state, chip)}
              >
                off → +{countWords(chip.count?.only ?? 0)}
              </button>
            </div>
          ))}
        </section>
      )}
      <section aria-label="Nodes">
        <h3>
          Nodes<b>{countWords(found.length)}</b>
        </h3>
        <input
          class="sought"
          type="search"
          aria-label="Find hidden nodes"
          placeholder="Find by name…"
          value={sought.value}
          onInput={({ currentTarget }) => {
            sought.value = currentTarget.value;
          }}
        />
        {answer === undefined && <p class="note">Asking the server…</p>}
        <ul>
          {found.slice(0, MOST).map((hidden) => (
            <li key={hidden.node.id}>
              <NodeMark node={hidden.node} />
              <span>
                <button
                  type="button"
                  class="plain"
                  onClick={() => {
                    state.selection.value = { kind: 'node', id: hidden.node.id };
                  }}
                >
                  {hidden.node.label}
                </button>
                <small>{hidden.node.labelMinor}</small>
                <em>{reasonWords(hidden, labels)}</em>
              </span>
            </li>
          ))}
        </ul>
        {found.length > MOST && <p class="note">{countWords(found.length - MOST)} more: find them by name</p>}
      </section>
    </Sheet>
  );
}

/** Why a node is hidden. */
function reasonWords({ clauses, orphaned }: HiddenNode, labels: ReadonlyMap<string, string>): string {
  if (orphaned) return 'no connection left';
  if (clauses.length === 0) return 'several filters together';
  return clauses.map((id) => labels.get(id) ?? id).join(', ');
}

function isSought({ node }: HiddenNode, sought: string): boolean {
  return `${node.label} ${node.labelMinor} ${node.id}`.toLowerCase().includes(sought.trim().toLowerCase());
}

function isOfClause({ clauses }: HiddenNode, clause: string | undefined): boolean {
  return clause === undefined || clauses.includes(clause);
}
