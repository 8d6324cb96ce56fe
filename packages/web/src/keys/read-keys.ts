import type { PageState } from '../state/page-state.ts';
import { type KeyBinding, keyBindings } from './key-bindings.ts';

/**
 * Reads the keys of the page. In a field letters are letters: there only keys with Ctrl are read; a dialog keeps its keys
 * to itself.
 *
 * @returns what ends it
 */
export function readKeys(state: PageState): () => void {
  const byKey = new Map<string, KeyBinding>(keyBindings.map((binding) => [binding.key, binding]));
  const read = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey) return;
    const isHeld = event.ctrlKey || event.metaKey;
    const isTyping = event.target instanceof Element && isField(event.target);
    if (!isHeld && isTyping) return;
    const binding = byKey.get(isHeld ? `Ctrl+${event.key.toLowerCase()}` : event.key);
    if (binding?.run(state) === true) event.preventDefault();
  };
  addEventListener('keydown', read);
  return () => removeEventListener('keydown', read);
}

/** Whether an element takes keys for itself: text, choices, and what is walked by arrows. */
function isField(element: Element): boolean {
  return (
    element.closest('input, textarea, select, [contenteditable], dialog, [role="grid"], [role="menu"]') !==
    null
  );
}
