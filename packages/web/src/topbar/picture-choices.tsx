import { useComputed } from '@preact/signals';
import { groupingsOf, metricsOf } from '@ridgeline/diagram';
import type { JSX } from 'preact';
import type { PageState } from '../state/page-state.ts';
import { Icon } from './icons.tsx';

/** No grouping is a choice, too. */
const NONE = '';
/** Left to the picture itself. */
const SUGGESTED = '\u0000';

/** What nodes are filled by and coloured by. */
export function PictureChoices({ state }: { readonly state: PageState }): JSX.Element {
  const { metric, grouping, collapsed, canvas } = state;
  const nodes = useComputed(() => [...(state.picture.value?.nodes.values() ?? [])]);
  const metrics = useComputed(() => metricsOf(nodes.value));
  const groupings = useComputed(() => groupingsOf(nodes.value));
  const groups = canvas.value?.scene.groups ?? [];
  const shownBy = canvas.value?.scene.grouping;
  const suggestion = groupings.value.find((one) => one.key === shownBy)?.label.toLowerCase();
  return (
    <div class="choices">
      {metrics.value.length > 0 && (
        <select
          class="choice"
          aria-label="Fill by metric"
          value={metric.value ?? NONE}
          onChange={({ currentTarget: { value } }) => {
            metric.value = value === NONE ? undefined : value;
          }}
        >
          <option value={NONE}>No metric</option>
          {metrics.value.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      )}
      {groupings.value.length > 0 && (
        <select
          class="choice"
          aria-label="Group by"
          value={grouping.value ?? SUGGESTED}
          onChange={({ currentTarget: { value } }) => {
            collapsed.value = new Set();
            grouping.value = value === SUGGESTED ? undefined : value;
          }}
        >
          <option value={SUGGESTED}>
            {grouping.value !== undefined
              ? 'As suggested'
              : suggestion === undefined
                ? 'Not grouped'
                : `By ${suggestion}`}
          </option>
          <option value={NONE}>No groups</option>
          {groupings.value.map(({ key, label, groups: count }) => (
            <option key={key} value={key}>
              {`By ${label.toLowerCase()} (${count})`}
            </option>
          ))}
        </select>
      )}
      {groups.length > 1 && <FoldButton state={state} keys={groups.map(({ key }) => key)} />}
    </div>
  );
}

/** Draws each group as one node, or all nodes again. */
function FoldButton({
  state,
  keys,
}: {
  readonly state: PageState;
  readonly keys: readonly string[];
}): JSX.Element {
  const isFolded = state.collapsed.value.size > 0;
  const label = isFolded ? 'Unfold all groups' : 'Fold each group into one';
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={label}
      onClick={() => {
        state.collapsed.value = new Set(isFolded ? [] : keys.filter((key) => key !== ''));
      }}
    >
      <Icon name={isFolded ? 'unfold' : 'fold'} />
    </button>
  );
}
