import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './modal.css';

/** What {@link Modal} takes. */
export interface ModalProps {
  readonly label: string;
  readonly class?: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page: the platform's own keeps the focus inside, closes by Escape, and gives the focus back. */
export function Modal({ label, class: name = '', onClose, children }: ModalProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class={`modal ${name}`}
      aria-label={label}
      onClose={onClose}
      onClick={({ target }) => {
        if (target === dialog.current) onClose();
      }}
      onKeyDown={(event) => {
        // Keys pressed in a dialog are not meant for the page behind it.
        event.stopPropagation();
      }}
    >
      <div class="modal-body">{children}</div>
    </dialog>
  );
}
