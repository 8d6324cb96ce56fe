import type { JSX } from 'preact';
import type { CanvasHandle, PageState } from '../state/page-state.ts';
import { Icon, type IconName } from '../topbar/icons.tsx';

const ZOOM_STEP = 1.3;

/** From where the picture is looked at, by buttons. */
export function CanvasButtons({ state }: { readonly state: PageState }): JSX.Element {
  const button = (icon: IconName, label: string, act: (canvas: CanvasHandle) => void): JSX.Element => (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => {
        const canvas = state.canvas.peek();
        if (canvas !== undefined) act(canvas);
      }}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <fieldset class="canvas-buttons" aria-label="Picture" disabled={state.canvas.value === undefined}>
      {button('nearer', 'Nearer (+)', (canvas) => canvas.zoom(ZOOM_STEP))}
      {button('farther', 'Farther (-)', (canvas) => canvas.zoom(1 / ZOOM_STEP))}
      {button('fit', 'Fit the picture (f)', (canvas) => canvas.fit())}
      {button('tidy', 'Tidy: lay out afresh (y)', (canvas) => canvas.tidy())}
    </fieldset>
  );
}
