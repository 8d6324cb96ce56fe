import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PageState } from '../../state/page-state.ts';
import { clauseChips, unsettledFilters } from './clause-chips.ts';
import { currentView, respellFilter } from './edit-layer.ts';
import { FilterChip } from './filter-chip.tsx';
import { FilterInput } from './filter-input.tsx';
import { LayerCount } from './layer-count.tsx';
import { LossBanner } from './loss-banner.tsx';
import { NamedMenu } from './named-menu.tsx';
import { OptionMenu } from './option-menu.tsx';
import { OrphanMenu } from './orphan-menu.tsx';
import './filter-bar.css';

/** The filter layer of the view: every clause with its own count, what the view offers, and what it comes to. */
export function FilterBar({ state }: { readonly state: PageState }): VNode {
  useSpelling(state);
  const draft = useSignal<{ readonly text: string } | undefined>(undefined);
  const chips = clauseChips(state.picture.value?.picture.ledger, state.filters.value, state.parked.value);
  const groups = (currentView(state)?.options ?? []).filter(({ values }) => values.length > 0);
  const inMenus = new Set(groups.map(({ id }) => id));
  const others = chips.filter(({ group }) => group === undefined || !inMenus.has(group));
  const ofConfig = others.filter(({ place }) => place !== 'own');
  return (
    <>
      <nav class="filter-bar" aria-label="Filters">
        <div class="clauses">
          {groups.map((group) => (
            <OptionMenu
              key={group.id}
              state={state}
              group={group}
              chips={chips.filter((chip) => chip.group === group.id)}
            />
          ))}
          <OrphanMenu state={state} />
          {ofConfig.length > 0 && <span class="bar-line" />}
          {ofConfig.map((chip) => (
            <FilterChip key={chip.key} state={state} chip={chip} />
          ))}
          <span class="bar-line" />
          {others
            .filter(({ place }) => place === 'own')
            .map((chip) => (
              <FilterChip key={chip.key} state={state} chip={chip} />
            ))}
          <FilterInput state={state} draft={draft.value} />
          <NamedMenu
            state={state}
            onDraft={(text) => {
              draft.value = { text };
            }}
          />
        </div>
        <LayerCount state={state} />
      </nav>
      <LossBanner state={state} />
    </>
  );
}

/**
 * Sees to it that filters of a link are spelt as the server prints them: only then it is known which clause is whose. The picture is
 * the same, so the address is only written differently.
 */
function useSpelling(state: PageState): void {
  const asked = useRef(new Set<string>());
  const followed = state.picture.value;
  useEffect(() => {
    if (followed === undefined) return;
    for (const text of unsettledFilters(followed.picture.ledger, state.filters.peek())) {
      if (asked.current.has(text)) continue;
      asked.current.add(text);
      state.client.check(text).then(
        (answer) => {
          if (answer.ok && answer.text !== text) respellFilter(state, text, answer.text);
        },
        () => asked.current.delete(text),
      );
    }
  }, [followed, state]);
}
