import { DARK, drawSvg, LIGHT } from '@ridgeline/diagram';
import { Easel } from '../../canvas/easel.ts';
import type { CanvasHandle, PageState } from '../../state/page-state.ts';
import { currentView } from '../filter/edit-layer.ts';

/** Around the picture, in pixels. */
const MARGIN = 24;
/** What browsers can draw on, and mail programs take. */
const LONGEST_SIDE = 8000;
/** Pictures of boxes are made this wide: then they show boxes and flows, not ten thousand labels. */
const WIDTH_OF_BOXES = 2400;

/** The whole picture as it is laid out, as SVG, in the colours of the page. Rejects where no picture is drawn. */
export async function svgOf(state: PageState): Promise<string> {
  const { scene, layout, hues } = drawnBy(state);
  const theme = state.isDark.peek() ? DARK : LIGHT;
  return drawSvg(scene, layout, { theme, hues, title: currentView(state)?.label ?? state.view.peek() });
}

/** The same as pixels. Rejects where no picture is drawn, or too much of it for this browser. */
export async function pngOf(state: PageState): Promise<Blob> {
  const { scene, layout, hues } = drawnBy(state);
  const { bounds, mode } = layout;
  const width = bounds.width + 2 * MARGIN;
  const height = bounds.height + 2 * MARGIN;
  const most = mode === 'grouped' ? WIDTH_OF_BOXES : LONGEST_SIDE;
  const zoom = Math.min(1, most / width, LONGEST_SIDE / height);
  const camera = {
    x: bounds.x + bounds.width / 2,
    y: bounds.y + bounds.height / 2,
    zoom,
    width: Math.ceil(width * zoom),
    height: Math.ceil(height * zoom),
  };
  const canvas = document.createElement('canvas');
  const easel = new Easel(canvas);
  easel.resize(camera.width, camera.height);
  easel.draw({ scene, layout, presence: new Map() }, state.isDark.peek(), { camera, hues });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the picture is too large for this browser: export SVG'));
      else resolve(blob);
    }, 'image/png');
  });
}

function drawnBy({ canvas }: PageState): CanvasHandle {
  const handle = canvas.peek();
  if (handle === undefined) throw new Error('no picture is drawn: show the graph first');
  return handle;
}
