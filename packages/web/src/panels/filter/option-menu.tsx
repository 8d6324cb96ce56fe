import type { OptionGroupAnswer } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { Popover } from '../parts/popover.tsx';
import { countWords } from '../words/count.ts';
import { type ClauseChip, chipWords } from './clause-chips.ts';
import { chooseOption } from './edit-layer.ts';
import { chosenValues, toggleValue } from './option-choice.ts';

/** What {@link OptionMenu} takes. */
export interface OptionMenuProps {
  readonly state: PageState;
  readonly group: OptionGroupAnswer;
  /** The clauses that the group's choice comes to. */
  readonly chips: readonly ClauseChip[];
}

/** A choice that the view offers, with the labels it gives its values: the chosen one, and a menu of all. */
export function OptionMenu({ state, group, chips }: OptionMenuProps): VNode {
  const chosen = chosenValues(group, { options: state.options.value, raw: state.raw.value });
  const rejected = chips.reduce((sum, { count }) => sum + (count?.rejected ?? 0), 0);
  const only = chips.reduce((sum, { count }) => sum + (count?.only ?? 0), 0);
  const isUnion = group.selectType === 'union';
  const pick = (values: readonly string[]): void => chooseOption(state, group.id, values);
  return (
    <Popover
      label={`Option ${group.id}`}
      class={`chip option ${chosen.length > 0 ? 'on' : ''}`}
      title={chips.map(chipWords).join('\n') || `Option ${group.id} of the view: hides nothing`}
      face={
        <>
          <span class="label">{faceWords(group, chosen)}</span>
          {rejected > 0 && (
            <>
              <b class="rejected">{countWords(rejected)}</b>
              <b class="only">off → +{countWords(only)}</b>
            </>
          )}
          <i class="caret" aria-hidden="true" />
        </>
      }
    >
      {(close) => (
        <>
          {group.values.map(({ value, label }) => (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have it.
            <button
              key={value}
              type="button"
              role={isUnion ? 'menuitemcheckbox' : 'menuitemradio'}
              aria-checked={chosen.includes(value)}
              onClick={() => {
                pick(toggleValue(group, chosen, value));
                if (!isUnion) close();
              }}
            >
              {label}
            </button>
          ))}
          {(isUnion || rejected > 0) && (
            <button
              type="button"
              role={isUnion ? 'menuitemcheckbox' : 'menuitem'}
              {...(isUnion ? { 'aria-checked': chosen.length === 0 } : {})}
              class="none"
              onClick={() => {
                pick([]);
                close();
              }}
            >
              {group.noneLabel ?? 'Off'}
              {rejected > 0 && <small>+{countWords(only)}</small>}
            </button>
          )}
        </>
      )}
    </Popover>
  );
}

/** The labels of what is chosen; of many, how many. */
function faceWords(group: OptionGroupAnswer, chosen: readonly string[]): string {
  if (chosen.length === 0) return group.noneLabel ?? `${group.id}: off`;
  const labels = chosen.map(
    (value) => group.values.find((offered) => offered.value === value)?.label ?? value,
  );
  return labels.length > 3 ? `${labels.slice(0, 2).join(', ')} +${labels.length - 2}` : labels.join(', ');
}
