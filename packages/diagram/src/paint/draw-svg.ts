import type { Layout } from '../layout/layout.ts';
import { giveHues, type HueBook, noHues } from '../scene/hue-book.ts';
import type { Scene } from '../scene/scene.ts';
import { drawScene } from './draw-scene.ts';
import { SvgPainter } from './svg-painter.ts';
import { LIGHT, type Theme } from './theme.ts';

/** How a picture is written as a file. */
export interface SvgChoice {
  /** Default: light. */
  readonly theme?: Theme;
  /** Left out: groups get their hues as if this was the first picture. */
  readonly hues?: HueBook;
  /** What the picture is called, e.g. its view's label. */
  readonly title: string;
}

/** Around the picture, in units of the world. */
const MARGIN = 24;
/** Pictures of boxes are made this wide at most, in pixels, and seen from afar: boxes and flows, not ten thousand labels. */
const WIDTH_OF_BOXES = 2400;
const ZOOM_OF_BOXES = 0.4;

/**
 * A whole picture as an SVG document: the same text for the same (scene, layout, choice).
 *
 * @example
 * const scene = sceneOf(snapshot.nodes)
 * writeFileSync('pods.svg', drawSvg(scene, layOut(undefined, scene), { title: 'Pods' }))
 */
export function drawSvg(
  scene: Scene,
  layout: Layout,
  { theme = LIGHT, hues = noHues, title }: SvgChoice,
): string {
  const { bounds, mode } = layout;
  const width = Math.max(1, bounds.width) + 2 * MARGIN;
  const height = Math.max(1, bounds.height) + 2 * MARGIN;
  const zoom = mode === 'grouped' ? Math.min(ZOOM_OF_BOXES, WIDTH_OF_BOXES / width) : 1;
  const painter = new SvgPainter();
  drawScene(painter, scene, layout, theme, {
    camera: {
      x: bounds.x + bounds.width / 2,
      y: bounds.y + bounds.height / 2,
      zoom,
      width: width * zoom,
      height: height * zoom,
    },
    hues: giveHues(hues, scene.groups),
  });
  const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;
  return painter.document({
    area: { x: bounds.x - MARGIN, y: bounds.y - MARGIN, width, height },
    zoom,
    ground: theme.ground,
    title,
    description: `${counted(scene.nodes.length, 'node')}, ${counted(scene.edges.length, 'edge')} from client to server.`,
  });
}
