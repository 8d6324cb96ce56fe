import type { FilterMistake } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import { markMistake, mendMistake } from './mistake-mark.ts';

/** What {@link MistakeNote} takes. */
export interface MistakeNoteProps {
  readonly text: string;
  readonly mistake: FilterMistake;
  readonly onMend: (text: string) => void;
}

/** How many characters of the text have room. */
const WIDTH = 44;

/** What is wrong with a filter, and where: the text with a caret below the place. A suggestion mends it by a click. */
export function MistakeNote({ text, mistake, onMend }: MistakeNoteProps): VNode {
  const { before, marked, after } = markMistake(text, mistake, WIDTH);
  const mended = mendMistake(text, mistake);
  return (
    <div class="mistake">
      <code>
        {before}
        <mark>{marked === '' ? ' ' : marked}</mark>
        {after}
      </code>
      <p>
        {mistake.message}
        {mistake.expected !== undefined && mistake.expected.length > 0 && (
          <span class="expected"> Expected {mistake.expected.join(', ')}.</span>
        )}
      </p>
      {mended !== undefined && (
        <button
          type="button"
          class="link"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onMend(mended)}
        >
          Use {mistake.suggestion}
        </button>
      )}
    </div>
  );
}
