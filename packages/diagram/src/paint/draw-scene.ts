import type { Layout } from '../layout/layout.ts';
import type { Scene } from '../scene/scene.ts';
import { drawBoxes, drawBoxLabels } from './draw-boxes.ts';
import { drawEdges } from './draw-edges.ts';
import { drawFlows } from './draw-flows.ts';
import { drawLabels } from './draw-labels.ts';
import { drawNodes } from './draw-nodes.ts';
import type { Look } from './look.ts';
import type { Painter } from './painter.ts';
import { setStage } from './stage.ts';
import type { Theme } from './theme.ts';

/**
 * Draws a picture: shape tells the kind, the sign inside the work, the hue the group, the filling the metric; trouble is
 * red or amber and has a `!`.
 *
 * From afar nodes are dots and groups are boxes with flows between them; from near there are labels. What is out of the
 * camera's sight is not drawn. Nothing is kept between two calls but what the painter keeps.
 *
 * @param layout - the places; nodes that have none are not drawn. While nodes move, one with places in between
 */
export function drawScene(painter: Painter, scene: Scene, layout: Layout, theme: Theme, look: Look): void {
  const stage = setStage(scene, layout, theme, look);
  if (stage.isGrouped) drawBoxes(painter, stage);
  drawEdges(painter, stage);
  drawNodes(painter, stage);
  drawLabels(painter, stage);
  drawFlows(painter, stage);
  if (stage.isGrouped) drawBoxLabels(painter, stage);
}
