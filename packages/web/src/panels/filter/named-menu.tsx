import type { NamedFilterAnswer } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { Popover } from '../parts/popover.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { addFilter } from './edit-layer.ts';

/** What {@link NamedMenu} takes. */
export interface NamedMenuProps {
  readonly state: PageState;
  /** A filter that wants arguments is handed over to be completed. */
  readonly onDraft: (text: string) => void;
}

/** The filters that have names: of the config, and of plugins. One click adds one. */
export function NamedMenu({ state, onDraft }: NamedMenuProps): VNode | null {
  const { value } = useAnswer('named', undefined, () => state.client.namedFilters());
  const filters = value?.filters ?? [];
  if (filters.length === 0) return null;
  return (
    <Popover
      label="Named filters"
      class="chip option"
      title="Filters of the config and of plugins"
      face={
        <>
          <span class="label">Named</span>
          <i class="caret" aria-hidden="true" />
        </>
      }
    >
      {(close) =>
        filters.map((filter) => (
          <button
            key={filter.name}
            type="button"
            role="menuitem"
            title={filter.text}
            onClick={() => {
              close();
              if (wantsArguments(filter)) onDraft(`${filter.name}(`);
              else addFilter(state, filter.name);
            }}
          >
            <span class="named">
              {filter.name}
              {wantsArguments(filter) && '(…)'}
              <em>{filter.description ?? filter.text}</em>
            </span>
          </button>
        ))
      }
    </Popover>
  );
}

/** Whether a named filter cannot stand without arguments. */
function wantsArguments({ parameters = [] }: NamedFilterAnswer): boolean {
  return parameters.some(({ required }) => required);
}
