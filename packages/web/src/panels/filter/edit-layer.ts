/**
 * What a reader does to the filter layer: all of it is in the address, so a link shows the same picture.
 */

import { batch } from '@preact/signals';
import type { ViewAnswer } from '@ridgeline/client/schema';
import type { PageState } from '../../state/page-state.ts';
import type { ClauseChip } from './clause-chips.ts';
import { splitConjuncts } from './conjuncts.ts';
import { chosenValues } from './option-choice.ts';

/** The view that is looked at, once the views are known. */
export function currentView(state: PageState): ViewAnswer | undefined {
  return state.views.value.find(({ name }) => name === state.view.value);
}

/** Adds filters as the server prints them; a conjunction is as many clauses as it has parts. */
export function addFilter(state: PageState, printed: string): void {
  const parts = splitConjuncts(printed).filter((part) => part !== 'true');
  batch(() => {
    state.parked.value = state.parked.value.filter((text) => !parts.includes(text));
    state.filters.value = [...new Set([...state.filters.value, ...parts])];
  });
}

/** Puts what the server prints in the place of an own filter. */
export function respellFilter(state: PageState, text: string, printed: string): void {
  const parts = splitConjuncts(printed).filter((part) => part !== 'true');
  state.filters.value = [...new Set(state.filters.value.flatMap((own) => (own === text ? parts : [own])))];
}

/** Forgets one of the own filters. */
export function removeFilter(state: PageState, text: string): void {
  batch(() => {
    state.filters.value = state.filters.value.filter((own) => own !== text);
    state.parked.value = state.parked.value.filter((own) => own !== text);
  });
}

/** Chooses values of an option group; none is a choice, too. */
export function chooseOption(state: PageState, group: string, values: readonly string[]): void {
  state.options.value = { ...state.options.value, [group]: values };
}

/** Lays a clause aside, or asks for it again. One of the view's options is chosen away, one of the config left out. */
export function toggleChip(state: PageState, chip: ClauseChip): void {
  batch(() => {
    if (chip.isParked) {
      addFilter(state, chip.text);
      return;
    }
    if (chip.isOwn) {
      removeFilter(state, chip.text);
      if (chip.place === 'own') state.parked.value = [...state.parked.value, chip.text];
    }
    if (chip.group !== undefined) chooseOption(state, chip.group, []);
    if (chip.isOfConfig) leaveOutOfConfig(state, chip);
  });
}

/**
 * Leaves one clause of the config out. A request can only leave out all that is not its own, so it takes over what it still wants: the
 * other clauses of the config and its word on unconnected nodes, and the values that option groups have now.
 */
function leaveOutOfConfig(state: PageState, chip: ClauseChip): void {
  const ledger = state.picture.value?.picture.ledger;
  const choice = { options: state.options.value, raw: state.raw.value };
  const view = currentView(state);
  const groups = view?.options ?? [];
  const others = (ledger?.clauses ?? [])
    .filter(({ text, from }) => text !== chip.text && from.some(({ kind }) => kind === 'config'))
    .map(({ text }) => text);
  state.options.value = Object.fromEntries(groups.map((group) => [group.id, chosenValues(group, choice)]));
  state.filters.value = [...new Set([...state.filters.value, ...others])];
  if (!state.raw.value) state.orphans.value ??= view?.orphans;
  state.raw.value = true;
  state.parked.value = [...state.parked.value, chip.text];
}

/** Takes every clause away, and keeps unconnected nodes: everything that the view has. */
export function showAll(state: PageState): void {
  batch(() => {
    state.parked.value = [...new Set([...state.parked.value, ...state.filters.value])];
    state.filters.value = [];
    state.options.value = {};
    state.orphans.value = 'keep';
    state.raw.value = true;
  });
}

/** Back to what the view and the config say; own filters are laid aside. */
export function restoreDefaults(state: PageState): void {
  batch(() => {
    state.parked.value = [...new Set([...state.parked.value, ...state.filters.value])];
    state.filters.value = [];
    state.options.value = {};
    state.orphans.value = undefined;
    state.raw.value = false;
  });
}

/** Whether anything is asked for beyond what the view and the config say. */
export function isChanged(state: PageState): boolean {
  return (
    state.filters.value.length > 0 ||
    Object.keys(state.options.value).length > 0 ||
    state.orphans.value !== undefined ||
    state.raw.value
  );
}
