import type { Look } from '@ridgeline/diagram';
import { Easel } from '../../canvas/easel.ts';
import type { CanvasHandle, PageState } from '../../state/page-state.ts';

/** Around the picture, in pixels. */
const MARGIN = 40;
/** What browsers can draw on, and mail programs take. */
const LONGEST_SIDE = 8000;

/** The whole picture as it is laid out, whatever part of it is in sight. */
function drawn({ canvas }: PageState): Pick<CanvasHandle, 'scene' | 'layout'> & { readonly look: Look } {
  const handle = canvas.peek();
  if (handle === undefined) throw new Error('no picture is drawn: show the graph first');
  const { scene, layout, hues } = handle;
  const { bounds } = layout;
  const width = bounds.width + 2 * MARGIN;
  const height = bounds.height + 2 * MARGIN;
  const zoom = Math.min(1, LONGEST_SIDE / width, LONGEST_SIDE / height);
  const camera = {
    x: bounds.x + bounds.width / 2,
    y: bounds.y + bounds.height / 2,
    zoom,
    width: Math.ceil(width * zoom),
    height: Math.ceil(height * zoom),
  };
  return { scene, layout, look: { camera, hues } };
}

/** The picture as it is drawn, in the colours of the page. Rejects where there is no picture, or too much of it for this browser. */
export async function pngOf(state: PageState): Promise<Blob> {
  const { scene, layout, look } = drawn(state);
  const canvas = document.createElement('canvas');
  const easel = new Easel(canvas);
  easel.resize(look.camera.width, look.camera.height);
  easel.draw({ scene, layout, presence: new Map() }, state.isDark.value, look);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the picture is too large for this browser: export SVG'));
      else resolve(blob);
    }, 'image/png');
  });
}
