import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { countWords } from '../words/count.ts';

/** Says how many of a long list are not shown yet, and shows them; nothing where all are. */
export function ShowRest({
  left,
  isWhole,
}: {
  readonly left: number;
  readonly isWhole: Signal<boolean>;
}): VNode | null {
  if (left <= 0) return null;
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        isWhole.value = true;
      }}
    >
      {countWords(left)} more
    </button>
  );
}
