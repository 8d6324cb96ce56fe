import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';

/** What {@link CopyButton} takes. */
export interface CopyButtonProps {
  readonly label: string;
  readonly text: () => string;
}

const SHOWN_MILLIS = 1500;

/** Puts a text where it can be pasted, and says so. */
export function CopyButton({ label, text }: CopyButtonProps): VNode {
  const outcome = useSignal<'copied' | 'refused' | undefined>(undefined);
  const tell = (what: 'copied' | 'refused'): void => {
    outcome.value = what;
    setTimeout(() => {
      outcome.value = undefined;
    }, SHOWN_MILLIS);
  };
  return (
    <button
      type="button"
      class="act"
      title={text()}
      onClick={() => {
        copyText(text()).then(
          () => tell('copied'),
          () => tell('refused'),
        );
      }}
    >
      <span aria-live="polite">
        {outcome.value === undefined ? label : outcome.value === 'copied' ? 'Copied' : 'The browser refuses'}
      </span>
    </button>
  );
}

/** The clipboard is only there where the page is served safely: by https, or from the machine itself. */
async function copyText(text: string): Promise<void> {
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard !== undefined) return clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  // Deprecated, and the only way where there is no clipboard.
  const isCopied = document.execCommand('copy');
  area.remove();
  if (!isCopied) throw new Error('the browser does not allow it');
}
