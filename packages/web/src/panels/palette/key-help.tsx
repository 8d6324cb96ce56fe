import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { Modal } from '../parts/modal.tsx';
import { CloseButton } from '../parts/sheet.tsx';
import { keyGroups } from './keys.ts';
import './palette.css';

/** The keys of the page. */
export function KeyHelp({ state }: { readonly state: PageState }): VNode | null {
  if (state.panel.value !== 'keys') return null;
  const close = (): void => {
    if (state.panel.value === 'keys') state.panel.value = 'none';
  };
  return (
    <Modal label="Keys" class="key-help" onClose={close}>
      <div class="modal-head">
        <h2>Keys</h2>
        <CloseButton label="Close" onClick={close} />
      </div>
      {keyGroups().map(({ label, keys }) => (
        <section key={label} aria-label={label}>
          <h3>{label}</h3>
          <table>
            <tbody>
              {keys.map((row) => (
                <tr key={row.what}>
                  <td>
                    {row.keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </td>
                  <td>{row.what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Modal>
  );
}
