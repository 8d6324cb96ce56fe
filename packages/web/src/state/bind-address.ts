import { batch, effect } from '@preact/signals';
import { type Address, readAddress, writeAddress } from './address.ts';
import type { PageState } from './page-state.ts';

/** The parts whose change is a step that `back` undoes; others are written into the step they belong to. */
const STEPS = ['view', 'filters', 'options', 'orphans', 'raw', 'selection', 'grouping', 'mode'] as const;
const REST = ['search', 'metric', 'collapsed', 'pins'] as const;
/** Browsers refuse to write the address more often than about 200 times in half a minute. */
const SETTLE_MILLIS = 200;

/**
 * Binds the state to the address of the page, both ways: what changes is written into the fragment; back, forward and a
 * fragment typed by hand change the state.
 *
 * @returns what ends it
 */
export function bindAddress(state: PageState): () => void {
  let shown = addressOf(state);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = writeAddress(shown);
    if (text !== location.hash) history.replaceState(history.state, '', text);
  };
  const end = effect(() => {
    const next = addressOf(state);
    const isStep = shown.view !== '' && STEPS.some((part) => !isSame(shown[part], next[part]));
    if (isStep) {
      // What was not written yet belongs to the step before this one.
      if (timer !== undefined) write();
      shown = next;
      const text = writeAddress(next);
      if (text !== location.hash) history.pushState(null, '', text);
      return;
    }
    shown = next;
    clearTimeout(timer);
    timer = setTimeout(write, SETTLE_MILLIS);
  });
  const read = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const address = readAddress(location.hash);
    // Said before the state changes, so that the change is no new step.
    shown = address.view === '' ? { ...address, view: state.view.peek() } : address;
    showAddress(state, shown);
  };
  addEventListener('popstate', read);
  return () => {
    clearTimeout(timer);
    removeEventListener('popstate', read);
    end();
  };
}

function addressOf(state: PageState): Address {
  return {
    view: state.view.value,
    filters: state.filters.value,
    options: state.options.value,
    orphans: state.orphans.value,
    raw: state.raw.value,
    selection: state.selection.value,
    search: state.search.value,
    metric: state.metric.value,
    grouping: state.grouping.value,
    collapsed: state.collapsed.value,
    mode: state.mode.value,
    pins: state.pins.value,
  };
}

/** Makes the state show an address. A part that is the same stays the same object: nothing is asked anew. */
function showAddress(state: PageState, address: Address): void {
  batch(() => {
    for (const part of [...STEPS, ...REST]) {
      const held: { value: unknown } = state[part];
      if (!isSame(state[part].peek(), address[part])) held.value = address[part];
    }
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

function plain(value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
