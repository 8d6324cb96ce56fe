import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { PageState } from '../../state/page-state.ts';
import { Modal } from '../parts/modal.tsx';
import { NodeMark } from '../parts/node-mark.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { type Entry, nodeEntry, paletteEntries } from './entries.ts';
import { rankEntries } from './rank-entries.ts';
import './palette.css';

const MOST_NODES = 8;
const MOST_OTHERS = 24;

/** Everything by its name: nodes, views, options, filters, commands. */
export function Palette({ state }: { readonly state: PageState }): VNode | null {
  return state.panel.value === 'palette' ? <OpenPalette state={state} /> : null;
}

function OpenPalette({ state }: { readonly state: PageState }): VNode {
  const typed = useSignal('');
  const active = useSignal(0);
  const listId = useId();
  const { value: named } = useAnswer('named', undefined, () => state.client.namedFilters());
  const close = (): void => {
    if (state.panel.value === 'palette') state.panel.value = 'none';
  };
  const entries = found(state, typed.value, paletteEntries(state, named?.filters ?? []));
  const at = Math.min(active.value, entries.length - 1);
  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      active.value = (at + step + entries.length) % entries.length;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[at]);
    }
  };
  return (
    <Modal label="Command palette" class="palette" onClose={close}>
      <input
        type="text"
        role="combobox"
        aria-label="A command, a view, a filter or a node"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
        placeholder="Type a command or the name of a node…"
        autocomplete="off"
        spellcheck={false}
        autofocus
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
          active.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="Found" class="found">
        {entries.map((entry, index) => (
          <PaletteRow
            key={entry.key}
            id={`${listId}-${index}`}
            entry={entry}
            isFirst={entries[index - 1]?.section !== entry.section}
            isActive={index === at}
            onRun={() => run(entry)}
          />
        ))}
        {entries.length === 0 && <p class="nothing">Nothing is called so.</p>}
      </div>
    </Modal>
  );
}

interface PaletteRowProps {
  readonly id: string;
  readonly entry: Entry;
  readonly isFirst: boolean;
  readonly isActive: boolean;
  readonly onRun: () => void;
}

function PaletteRow({ id, entry, isFirst, isActive, onRun }: PaletteRowProps): VNode {
  const { section, label, hint, keys, node } = entry;
  return (
    <>
      {isFirst && (
        <div class="section" role="presentation">
          {section}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field; the focus stays there. */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        {...(isActive ? { ref: showRow } : {})}
        onClick={onRun}
      >
        {node !== undefined && <NodeMark node={node} />}
        <span>{label}</span>
        {hint !== undefined && <small>{hint}</small>}
        {keys !== undefined && <kbd>{keys}</kbd>}
      </div>
    </>
  );
}

/** What fits what was typed: nodes first when a name was typed, else what the page can do. */
function found(state: PageState, typed: string, others: readonly Entry[]): readonly Entry[] {
  const nodes =
    typed.trim() === ''
      ? []
      : rankEntries(
          state.picture.value?.nodes.values() ?? [],
          typed,
          ({ label, labelMinor, id }) => `${label} ${labelMinor} ${id}`,
          MOST_NODES,
        ).map((node) => nodeEntry(state, node));
  const rest = rankEntries(others, typed, ({ label, section }) => `${label} ${section}`, MOST_OTHERS);
  // By section, in the order in which the best of each comes.
  const sections = [...new Set(rest.map(({ section }) => section))];
  return [...nodes, ...sections.flatMap((section) => rest.filter((entry) => entry.section === section))];
}

function showRow(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}
