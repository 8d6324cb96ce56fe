import type { Client, Followed } from '@ridgeline/client';
import type { Ledger } from '@ridgeline/core/wire';
import { describe, expect, it } from 'vitest';
import { clauseChips } from '../../src/panels/filter/clause-chips.ts';
import {
  addFilter,
  isChanged,
  removeFilter,
  respellFilter,
  restoreDefaults,
  showAll,
  toggleChip,
} from '../../src/panels/filter/edit-layer.ts';
import { PLAIN_ADDRESS } from '../../src/state/address.ts';
import { createPageState, type PageState } from '../../src/state/page-state.ts';
import { clause, ledger } from './arbitraries.ts';

/** A page that shows a picture with these books; it asks nobody. */
function pageOf(books: Ledger, filters: readonly string[] = []): PageState {
  const { state, inlets } = createPageState({} as Client, { ...PLAIN_ADDRESS, view: 'containers', filters });
  inlets.views.value = [
    {
      name: 'containers',
      label: 'Containers',
      rank: 1,
      hideIfEmpty: false,
      orphans: 'drop',
      options: [
        {
          id: 'state',
          default: 'running',
          selectType: 'one',
          values: [{ value: 'running', label: 'Running' }],
        },
        {
          id: 'system',
          default: 'all',
          configured: ['mine'],
          selectType: 'one',
          values: [{ value: 'all', label: 'All' }],
        },
      ],
    },
  ];
  inlets.picture.value = {
    epoch: 'e',
    seq: 1,
    picture: { view: 'containers', at: 0, ledger: books, sources: [] },
    nodes: new Map(),
  } satisfies Followed;
  return state;
}

const ofOption = clause('running', { from: [{ kind: 'option', group: 'state', value: 'running' }] });
const ofConfig = clause('not noise', { from: [{ kind: 'config', path: 'filters[0]' }] });
const otherOfConfig = clause('label.team = shop', { from: [{ kind: 'config', path: 'filters[1]' }] });

function toggle(state: PageState, text: string): void {
  const chips = clauseChips(state.picture.value?.picture.ledger, state.filters.value, state.parked.value);
  const chip = chips.find((each) => each.text === text);
  if (chip === undefined) throw new Error(`no chip ${text}`);
  toggleChip(state, chip);
}

describe('editing the filter layer', () => {
  it('adds a conjunction as its parts, each once, and nothing for what always holds', () => {
    const state = pageOf(ledger([]), ['a = b']);

    addFilter(state, 'a = b and not c');
    addFilter(state, 'true');

    expect(state.filters.value).toEqual(['a = b', 'not c']);
  });

  it('lays an own filter aside and asks for it again', () => {
    const state = pageOf(ledger([clause('a')]), ['a']);

    toggle(state, 'a');
    expect([state.filters.value, state.parked.value]).toEqual([[], ['a']]);
    toggle(state, 'a');
    expect([state.filters.value, state.parked.value]).toEqual([['a'], []]);
  });

  it('forgets a filter that is removed', () => {
    const state = pageOf(ledger([]), ['a', 'b']);

    removeFilter(state, 'a');

    expect([state.filters.value, state.parked.value]).toEqual([['b'], []]);
  });

  it('chooses a clause of an option group away', () => {
    const state = pageOf(ledger([ofOption]));

    toggle(state, 'running');

    expect(state.request.value).toEqual({ option: ['state='] });
  });

  it('leaves one clause of the config out, and takes over the others and what the options are', () => {
    const state = pageOf(ledger([ofOption, ofConfig, otherOfConfig]), ['own']);

    toggle(state, 'not noise');

    expect(state.request.value).toEqual({
      filter: ['own', 'label.team = shop'],
      option: ['state=running', 'system=mine'],
      orphans: 'drop',
      raw: 'true',
    });
    expect(state.parked.value).toEqual(['not noise']);
  });

  it('shows everything, and goes back to what view and config say; own filters are laid aside', () => {
    const state = pageOf(ledger([ofConfig]), ['own']);

    showAll(state);
    expect(state.request.value).toEqual({ orphans: 'keep', raw: 'true' });
    expect(isChanged(state)).toBe(true);
    restoreDefaults(state);
    expect(state.request.value).toEqual({});
    expect(isChanged(state)).toBe(false);
    expect(state.parked.value).toEqual(['own']);
  });

  it('respells a filter of a link in its place', () => {
    const state = pageOf(ledger([]), ['x', 'a=b and c', 'y']);

    respellFilter(state, 'a=b and c', 'a = b and c');

    expect(state.filters.value).toEqual(['x', 'a = b', 'c', 'y']);
  });
});
