import type { Box } from '../layout/layout.ts';
import type { SceneGroup } from '../scene/scene.ts';
import { fitText } from './fit-text.ts';
import type { Painter } from './painter.ts';
import { groupColour, meets, type Stage } from './stage.ts';

/** The size of a box's label: in pixels of the screen from afar, in units of the world from near. */
const LABEL = { screen: 13, world: 18, weight: 650 };
/** Labels smaller than this, in pixels of the screen, are left out. */
const LEAST_LABEL = 8;

/** Draws the boxes of groups in sight, below everything else. */
export function drawBoxes(painter: Painter, stage: Stage): void {
  const { theme, pixel } = stage;
  for (const { group, box } of boxesInSight(stage)) {
    const colour = groupColour(stage, group.key);
    const radius = Math.min(26, 9 * pixel, box.width / 4, box.height / 4);
    const isChosen = stage.look.selection?.kind === 'group' && stage.look.selection.key === group.key;
    const alpha = isMeant(stage, group.key) ? 1 : 0.35;
    if (painter.keepsNames) {
      const nodes = `${group.size} ${group.size === 1 ? 'node' : 'nodes'}`;
      painter.begin({ kind: 'box', id: group.key, title: `${group.label} (${nodes})` });
    }
    const { x, y, width, height } = box;
    painter.box(x, y, width, height, radius, { fill: { colour: theme.boxSurface, alpha: 1 } });
    painter.box(x, y, width, height, radius, {
      fill: { colour, alpha: 0.07 * alpha },
      stroke: { colour: isChosen ? theme.accent : colour, width: (isChosen ? 3 : 1.5) * pixel, alpha },
    });
    if (painter.keepsNames) painter.end();
  }
}

/** Writes what the boxes are called and how many nodes they hold, above everything else. */
export function drawBoxLabels(painter: Painter, stage: Stage): void {
  const troubled = countTroubled(stage);
  for (const { group, box } of boxesInSight(stage)) {
    drawBoxLabel(painter, stage, group, box, troubled.get(group.key) ?? 0);
  }
}

function drawBoxLabel(
  painter: Painter,
  stage: Stage,
  group: SceneGroup,
  box: Box,
  troubledNodes: number,
): void {
  const { theme, pixel } = stage;
  const size = Math.max(LABEL.world, Math.min(LABEL.screen * pixel, box.height * 0.3, box.width * 0.22));
  if (size < LEAST_LABEL * pixel) return;
  const { weight } = LABEL;
  const pad = size * 0.5;
  const base = box.y + size * 1.25;
  const alpha = isMeant(stage, group.key) ? 1 : 0.45;
  const room = box.width - 2 * pad;
  const name = group.label === '' ? '–' : group.label;
  const count = String(group.size);
  const trouble = troubledNodes === 0 ? '' : `! ${troubledNodes}`;
  const small = size * 0.86;
  const countWidth = painter.textWidth(count, small, 500);
  const bothWidth = countWidth + (trouble === '' ? 0 : painter.textWidth(trouble, small, 700) + pad);
  const beside = fitText(painter, name, size, weight, room - bothWidth - pad);
  // The name before the count where there is no room for both.
  const label = beside === '' ? fitText(painter, name, size, weight, room) : beside;
  if (label === '') return;
  // From afar on ground of its own: dots and flows pass below it.
  const drawGround = (left: number, width: number): void => {
    if (size <= LABEL.world) return;
    const fill = { colour: theme.boxSurface, alpha: 0.9 };
    painter.box(left - pad / 2, box.y + pad / 2, width + pad, size * 1.15, size * 0.3, { fill });
  };
  drawGround(box.x + pad, painter.textWidth(label, size, weight));
  painter.text(label, box.x + pad, base, { size, weight, colour: theme.text, anchor: 'start', alpha });
  if (beside === '') return;
  const right = box.x + box.width - pad;
  const counted = { size: small, weight: 500, colour: theme.muted, anchor: 'end', alpha } as const;
  drawGround(right - bothWidth, bothWidth);
  painter.text(count, right, base, counted);
  if (trouble !== '')
    painter.text(trouble, right - countWidth - pad, base, { ...counted, weight: 700, colour: theme.bad });
}

/** How many nodes of each group are in trouble. */
function countTroubled({ scene }: Stage): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { group, trouble } of scene.nodes) {
    if (trouble === 'bad') counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}

function boxesInSight({
  scene,
  layout,
  area,
}: Stage): readonly { readonly group: SceneGroup; readonly box: Box }[] {
  const boxes: { readonly group: SceneGroup; readonly box: Box }[] = [];
  for (const group of scene.groups) {
    const box = layout.boxes.get(group.key);
    if (box !== undefined && meets(area, box.x, box.y, box.width, box.height)) boxes.push({ group, box });
  }
  return boxes;
}

/** Whether a box belongs to the focus, if that is a group or a flow. */
function isMeant({ focus }: Stage, key: string): boolean {
  if (focus?.kind === 'flow') return focus.from === key || focus.to === key;
  return true;
}
