import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import './popover.css';

/** What {@link Popover} takes. */
export interface PopoverProps {
  /** The face of the button. */
  readonly face: ComponentChildren;
  /** What a screen reader calls button and content. */
  readonly label: string;
  readonly title?: string;
  /** Of the button. */
  readonly class?: string;
  /** The content; it is given what closes it. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a menu below it. Arrow keys walk its items, Escape and a click elsewhere close it. */
export function Popover({ face, label, title, class: name, children }: PopoverProps): VNode {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = (): void => {
    isOpen.value = false;
    root.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    if (!isOpen.value) return;
    const menu = root.current?.querySelector<HTMLElement>('.popover-menu');
    if (menu != null) {
      // Where the menu would leave the window it opens to the left.
      menu.classList.toggle(
        'ends',
        menu.getBoundingClientRect().right > document.documentElement.clientWidth,
      );
      (menu.querySelector<HTMLElement>('[aria-checked=true]') ?? itemsOf(menu)[0])?.focus();
    }
    const leave = ({ target }: Event): void => {
      if (!(target instanceof Node && root.current?.contains(target))) isOpen.value = false;
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [isOpen.value]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen.value) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      return;
    }
    const menu = root.current?.querySelector<HTMLElement>('.popover-menu');
    if (menu != null) walkItems(event, itemsOf(menu));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for the keys of the items inside.
    <div class="popover" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class={name}
        title={title}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        aria-controls={isOpen.value ? id : undefined}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {face}
      </button>
      {isOpen.value && (
        <div class="popover-menu" id={id} role="menu" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

/** Moves the focus among items: up, down, first, last. */
function walkItems(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined || items.length === 0) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}

function itemsOf(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]')];
}
