import type { JSX } from 'preact';
import type { PageState } from '../state/page-state.ts';
import { Icon } from './icons.tsx';

/**
 * Words that occur in labels, ids and metadata, or a filter: what is found is lit, the rest is dimmed and stays. Enter goes
 * from one find to the next, Escape ends it.
 */
export function SearchField({ state }: { readonly state: PageState }): JSX.Element {
  const { search, matches, searchProblem } = state;
  const found = matches.value;
  const problem = searchProblem.value;
  const read = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }): void => {
    if (event.key === 'Escape') {
      search.value = '';
      event.currentTarget.blur();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      goToNext(state, event.shiftKey ? -1 : 1);
    }
  };
  return (
    <search class="search">
      <Icon name="search" />
      <input
        type="search"
        data-field="search"
        aria-label="Search nodes"
        placeholder="Search, or a filter"
        autocomplete="off"
        spellcheck={false}
        value={search.value}
        aria-invalid={problem !== undefined}
        aria-describedby="search-told"
        onInput={(event) => {
          search.value = event.currentTarget.value;
        }}
        onKeyDown={read}
      />
      <output id="search-told" class={problem === undefined ? 'found' : 'found problem'} title={problem}>
        {problem !== undefined
          ? 'no such filter'
          : found !== undefined && `${found.size.toLocaleString('en')} found`}
      </output>
      {found === undefined && <kbd>/</kbd>}
    </search>
  );
}

/** Selects the next find after the selected node, in the order of ids. */
function goToNext({ matches, selection, picture, canvas }: PageState, step: number): void {
  const shown = picture.peek()?.nodes;
  const ids = [...(matches.peek() ?? [])].filter((id) => shown?.has(id as never) === true).sort();
  const selected = selection.peek();
  const at = selected?.kind === 'node' ? ids.indexOf(selected.id) : step > 0 ? -1 : 0;
  const id = ids[(at + step + ids.length) % ids.length];
  if (id === undefined) return;
  selection.value = { kind: 'node', id };
  canvas.peek()?.focus(id);
}
