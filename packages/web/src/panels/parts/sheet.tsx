import type { ComponentChildren, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import './sheet.css';

/** What {@link Sheet} takes. */
export interface SheetProps {
  readonly label: string;
  /** What stands at its head, beside the button that closes it. */
  readonly head: ComponentChildren;
  readonly class?: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A panel at the side of the picture; on a narrow screen over its lower part. */
export function Sheet({ label, head, class: name = '', onClose, children }: SheetProps): VNode {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  };
  // A sheet closes by Escape wherever the focus is, unless the page has a nearer use of it.
  useEffect(() => {
    const read = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.closest('input, dialog') !== null;
      if (event.key !== 'Escape' || event.defaultPrevented || isTyping) return;
      event.preventDefault();
      onClose();
    };
    addEventListener('keydown', read);
    return () => removeEventListener('keydown', read);
  }, [onClose]);
  return (
    <aside class={`sheet ${name}`} aria-label={label} onKeyDown={onKeyDown}>
      <header>
        {head}
        <CloseButton label={`Close ${label.toLowerCase()}`} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}

/** A cross that closes something. */
export function CloseButton({
  label,
  onClick,
}: {
  readonly label: string;
  readonly onClick: () => void;
}): VNode {
  return (
    <button type="button" class="close" aria-label={label} title={label} onClick={onClick}>
      ✕
    </button>
  );
}
