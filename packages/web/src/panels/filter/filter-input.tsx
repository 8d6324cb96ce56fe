import { useSignal } from '@preact/signals';
import type { FilterMistake } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { PageState } from '../../state/page-state.ts';
import { countWords } from '../words/count.ts';
import {
  type Completion,
  moveActive,
  NO_COMPLETION,
  nextWords,
  openCompletion,
  takeItem,
} from './completion.ts';
import { addFilter } from './edit-layer.ts';
import { MistakeNote } from './mistake-note.tsx';
import './filter-input.css';

/** What {@link FilterInput} takes. */
export interface FilterInputProps {
  readonly state: PageState;
  /** A text that someone else began; a new object puts it in. */
  readonly draft?: { readonly text: string } | undefined;
}

/** How long typing has to pause before the server is asked. */
const PAUSE_MILLIS = 120;

/** A field in which a filter is written: with names and values that there are now, and with mistakes shown where they are. */
export function FilterInput({ state, draft }: FilterInputProps): VNode {
  const text = useSignal('');
  const completion = useSignal<Completion>(NO_COMPLETION);
  const mistakes = useSignal<readonly FilterMistake[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const listId = useId();

  const settle = (): void => {
    clearTimeout(timer.current);
    turn.current++;
    completion.value = NO_COMPLETION;
  };
  const offer = (): void => {
    clearTimeout(timer.current);
    const asked = ++turn.current;
    const place = { text: text.peek(), at: field.current?.selectionStart ?? text.peek().length };
    const words = nextWords(place);
    if (words !== undefined) {
      completion.value = openCompletion(place, { from: place.at, items: words });
      return;
    }
    timer.current = setTimeout(() => {
      const typed = { text: text.peek(), at: field.current?.selectionStart ?? text.peek().length };
      state.client.complete(state.view.peek(), typed.text, typed.at).then(
        (answer) => {
          if (turn.current === asked) completion.value = openCompletion(typed, answer);
        },
        () => {
          // Without the server nothing is offered; that it is gone is said elsewhere.
        },
      );
    }, PAUSE_MILLIS);
  };
  const put = (next: string, at: number = next.length): void => {
    text.value = next;
    mistakes.value = [];
    const input = field.current;
    if (input == null) return;
    input.value = next;
    input.focus();
    input.setSelectionRange(at, at);
    offer();
  };
  const take = (index: number): void => {
    const typed = takeItem(completion.peek(), index);
    if (typed !== undefined) put(typed.text, typed.at);
  };
  const enter = async (): Promise<void> => {
    const asked = text.peek().trim();
    settle();
    if (asked === '') return;
    try {
      const answer = await state.client.check(asked);
      if (text.peek().trim() !== asked) return;
      if (answer.ok) {
        addFilter(state, answer.text);
        put('');
        settle();
      } else mistakes.value = answer.errors;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      mistakes.value = [
        { code: 'unasked', message: `it could not be checked: ${message}`, offset: 0, length: 0 },
      ];
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { items, active } = completion.peek();
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        if (items.length === 0) offer();
        else completion.value = moveActive(completion.peek(), event.key === 'ArrowDown' ? 1 : -1);
        return;
      case 'Tab':
        if (items.length === 0 || event.shiftKey) return;
        event.preventDefault();
        take(Math.max(0, active));
        return;
      case 'Enter':
        event.preventDefault();
        if (active >= 0) take(active);
        else void enter();
        return;
      case 'Escape':
        event.stopPropagation();
        if (items.length > 0) settle();
        else if (text.peek() !== '') put('');
        else field.current?.blur();
        return;
      default:
        // A letter typed here is no command of the page.
        if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    }
  };
  useEffect(() => {
    if (draft !== undefined) put(draft.text);
  }, [draft]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const { items, active } = completion.value;
  return (
    <div class="filter-input">
      <input
        ref={field}
        type="text"
        role="combobox"
        data-field="filter"
        aria-label="Add a filter"
        aria-autocomplete="list"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={mistakes.value.length > 0}
        aria-describedby={mistakes.value.length > 0 ? `${listId}-mistakes` : undefined}
        placeholder="Add a filter…"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
          mistakes.value = [];
          offer();
        }}
        onFocus={offer}
        onBlur={settle}
        onKeyDown={onKeyDown}
      />
      <div
        class="offers"
        id={listId}
        role="listbox"
        aria-label="What may stand here"
        hidden={items.length === 0}
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field; the focus stays there.
          <div
            key={`${item.kind} ${item.text}`}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            {...(index === active ? { ref: showItem } : {})}
            // The field must not lose the focus before the click is done.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(index)}
          >
            <span>{item.text}</span>
            {item.count === undefined ? (
              <small>{item.description ?? item.kind}</small>
            ) : (
              <b title="nodes that have it">{countWords(item.count)}</b>
            )}
          </div>
        ))}
      </div>
      {mistakes.value.length > 0 && (
        <div class="mistakes" id={`${listId}-mistakes`} role="alert">
          {mistakes.value.map((mistake) => (
            <MistakeNote key={mistake.offset} text={text.value} mistake={mistake} onMend={put} />
          ))}
        </div>
      )}
    </div>
  );
}

function showItem(item: HTMLElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
}
