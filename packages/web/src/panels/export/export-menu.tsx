import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { Modal } from '../parts/modal.tsx';
import { CloseButton } from '../parts/sheet.tsx';
import { fileName } from './file-name.ts';
import { pngOf, svgOf } from './picture-file.ts';
import { saveFile } from './save-file.ts';
import './export-menu.css';

interface Format {
  readonly name: string;
  readonly what: string;
  readonly extension: string;
  readonly type: string;
  /** It is drawn here, from the picture as it is laid out. */
  readonly isDrawn: boolean;
  readonly make: (state: PageState) => Promise<Blob | string>;
}

const asked =
  (format: 'dot' | 'mermaid' | 'json') =>
  (state: PageState): Promise<string> =>
    state.client.export(state.view.value, format, state.request.value);

const FORMATS: readonly Format[] = [
  {
    name: 'SVG',
    what: 'the picture, sharp at any size',
    extension: 'svg',
    type: 'image/svg+xml',
    isDrawn: true,
    make: svgOf,
  },
  {
    name: 'PNG',
    what: 'the picture, for slides and tickets',
    extension: 'png',
    type: 'image/png',
    isDrawn: true,
    make: pngOf,
  },
  {
    name: 'DOT',
    what: 'for Graphviz',
    extension: 'dot',
    type: 'text/vnd.graphviz',
    isDrawn: false,
    make: asked('dot'),
  },
  {
    name: 'Mermaid',
    what: 'for Markdown pages',
    extension: 'mmd',
    type: 'text/vnd.mermaid',
    isDrawn: false,
    make: asked('mermaid'),
  },
  {
    name: 'JSON',
    what: 'all of it, for programs',
    extension: 'json',
    type: 'application/json',
    isDrawn: false,
    make: asked('json'),
  },
];

/** Takes the picture elsewhere: with the same view, filters and options as it is shown. */
export function ExportMenu({ state }: { readonly state: PageState }): VNode | null {
  const problem = useSignal<string | undefined>(undefined);
  if (state.panel.value !== 'export') return null;
  const close = (): void => {
    problem.value = undefined;
    if (state.panel.value === 'export') state.panel.value = 'none';
  };
  const save = async ({ extension, type, make }: Format): Promise<void> => {
    try {
      const at = state.picture.value?.picture.at ?? Date.now();
      const made = await make(state);
      saveFile(
        fileName(state.view.value, at, extension),
        typeof made === 'string' ? new Blob([made], { type }) : made,
      );
      close();
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <Modal label="Export" class="export-menu" onClose={close}>
      <div class="modal-head">
        <h2>Export</h2>
        <CloseButton label="Close" onClick={close} />
      </div>
      {FORMATS.map((format) => {
        const isMissing = format.isDrawn && state.canvas.value === undefined;
        return (
          <button
            key={format.name}
            type="button"
            class="format"
            disabled={isMissing}
            onClick={() => void save(format)}
          >
            <b>{format.name}</b>
            <span>{isMissing ? 'show the graph for this' : format.what}</span>
            <small>.{format.extension}</small>
          </button>
        );
      })}
      {problem.value !== undefined && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </Modal>
  );
}
