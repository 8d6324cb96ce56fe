import { NODE_RADIUS } from '../layout/layout.ts';
import type { SceneNode } from '../scene/scene.ts';
import type { Fill, Ink, Painter } from './painter.ts';
import { GLYPHS, SHAPES, TROUBLE_SIGN, WARNING_SIGN } from './shapes.ts';
import { groupColour, type Stage } from './stage.ts';

/** Below this zoom nodes are dots. */
export const SHAPES_FROM_ZOOM = 0.2;
/** Below these zooms a node has no sign of its work, no sign of trouble. */
const ZOOM_FOR = { glyph: 0.32, badge: 0.22 };
/** How far a node's drawing reaches: its radius, the ring of a selection, the sheets of a pile. */
const STAMP_REACH = NODE_RADIUS * 1.2 + 12;
const OUTLINE = 2.6;
/** Sheets below the first one of a pile, and how far each is moved. */
const SHEETS = 2;
const SHEET_STEP = 4.5;
/** Levels that are told apart. */
const LEVEL_STEPS = 16;
const BADGE = { at: 0.82, size: 8.5 };

/** Draws the nodes in sight: from afar as dots, from near as shapes with a sign of their work. */
export function drawNodes(painter: Painter, stage: Stage): void {
  const { scene, alphas, zoom } = stage;
  const draw = zoom < SHAPES_FROM_ZOOM ? drawDot : drawNode;
  for (const [index, node] of scene.nodes.entries()) {
    const alpha = alphas[index] as number;
    if (alpha <= 0) continue;
    if (painter.keepsNames) painter.begin({ kind: 'node', id: node.id, title: titleOf(node) });
    draw(painter, stage, index, node, alpha);
    if (painter.keepsNames) painter.end();
  }
}

/** What a person is told of a node who points at it. */
function titleOf({ label, labelMinor, levelText, troubleReason }: SceneNode): string {
  const parts = [labelMinor, levelText, troubleReason].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? label : `${label} (${parts.join(', ')})`;
}

function drawDot(painter: Painter, stage: Stage, index: number, node: SceneNode, alpha: number): void {
  const { pixel, lit, theme, xs, ys } = stage;
  const isLit = lit !== undefined && (lit[index] as number) > 0;
  const isBad = node.trouble === 'bad';
  const reach = Math.max(isBad ? 23 : 18, 1.3 * pixel, isLit ? 4 * pixel : 0, isBad ? 2 * pixel : 0);
  const colour = isBad ? theme.bad : node.pseudo ? theme.neutral : groupColour(stage, node.group);
  const strength = isBad || node.level === undefined ? 0.9 : 0.25 + 0.7 * node.level;
  // Dots of one look share a fill: painters draw them together.
  painter.dot(xs[index] as number, ys[index] as number, reach, { colour, alpha: alpha * strength });
}

function drawNode(painter: Painter, stage: Stage, index: number, node: SceneNode, alpha: number): void {
  const { theme, xs, ys, zoom, look } = stage;
  const x = xs[index] as number;
  const y = ys[index] as number;
  const path = SHAPES[node.shape];
  const level = node.level === undefined ? undefined : Math.round(node.level * LEVEL_STEPS) / LEVEL_STEPS;
  const detail = zoom >= ZOOM_FOR.glyph ? 2 : zoom >= ZOOM_FOR.badge ? 1 : 0;
  const colour =
    node.trouble === 'bad' ? theme.bad : node.pseudo ? theme.neutral : groupColour(stage, node.group);
  if (alpha < 1 && node.ghost !== true) {
    // Lines do not shine through a node that is dimmed.
    painter.stamp(`mask ${node.shape} ${theme.name}`, x, y, STAMP_REACH, 1, (on) =>
      on.shape(path, 0, 0, NODE_RADIUS, { fill: { colour: theme.ground, alpha: 1 } }),
    );
  }
  const ring = ringOf(stage, node);
  if (ring !== undefined) painter.shape(path, x, y, NODE_RADIUS + 6.5, ring);
  const key = `node ${theme.name} ${colour} ${node.shape} ${node.glyph} ${node.dashed} ${node.stacked} ${node.ghost} ${node.trouble} ${level} ${detail}`;
  painter.stamp(key, x, y, STAMP_REACH, alpha, (on) => {
    if (node.stacked) drawSheets(on, stage, path, colour);
    on.shape(path, 0, 0, NODE_RADIUS, { fill: { colour: theme.surface, alpha: 1 } });
    if (level !== undefined && level > 0) on.level(path, 0, 0, NODE_RADIUS, level, { colour, alpha: 0.34 });
    on.shape(path, 0, 0, NODE_RADIUS, outline(colour, node.dashed || node.ghost === true));
    if (detail > 1) drawGlyph(on, stage, node);
    if (detail > 0 && node.trouble !== undefined) drawBadge(on, stage, node.trouble);
  });
  if (look.pins?.has(node.id) === true && detail > 1) drawPin(painter, stage, x, y, alpha);
}

function outline(colour: string, isBroken: boolean): Ink {
  return { stroke: { colour, width: OUTLINE, alpha: 1, ...(isBroken ? { dash: [4.5, 4.5] } : {}) } };
}

function drawSheets(on: Painter, { theme }: Stage, path: string, colour: string): void {
  for (let sheet = SHEETS; sheet > 0; sheet--) {
    const offset = sheet * SHEET_STEP;
    on.shape(path, offset, -offset, NODE_RADIUS, {
      fill: { colour: theme.surface, alpha: 1 },
      stroke: { colour, width: OUTLINE * 0.6, alpha: 0.75 },
    });
  }
}

function drawGlyph(on: Painter, { theme }: Stage, { glyph }: SceneNode): void {
  const path = GLYPHS[glyph];
  if (path === '') return;
  const width = glyph === 'dots' ? 4 : 1.7;
  on.shape(path, 0, 0, NODE_RADIUS * 0.9, { stroke: { colour: theme.text, width, alpha: 0.84 } });
}

/** Red and amber never alone: trouble has a sign with `!`, a disc where something is wrong, a triangle where it may be. */
function drawBadge(on: Painter, { theme }: Stage, trouble: 'warn' | 'bad'): void {
  const x = NODE_RADIUS * BADGE.at;
  const fill: Fill = { colour: trouble === 'bad' ? theme.bad : theme.warn, alpha: 1 };
  const stroke = { colour: theme.surface, width: 1.5, alpha: 1 };
  if (trouble === 'bad') on.shape(TROUBLE_SIGN, x, -x, BADGE.size, { fill, stroke });
  else on.shape(WARNING_SIGN, x, -x, BADGE.size + 1.5, { fill, stroke });
  on.text('!', x, -x + 4.4, {
    size: 12,
    weight: 800,
    colour: theme.onTrouble,
    anchor: 'middle',
    alpha: 1,
  });
}

function ringOf({ look, theme }: Stage, { id }: SceneNode): Ink | undefined {
  const { selection, hover } = look;
  if (selection?.kind === 'node' && selection.id === id)
    return { stroke: { colour: theme.accent, width: 2.5, alpha: 1 } };
  if (hover?.kind === 'node' && hover.id === id)
    return { stroke: { colour: theme.accent, width: 1.4, alpha: 0.7 } };
  return undefined;
}

/** A small pin at the upper left of a node that stays where it was put. */
function drawPin(painter: Painter, { theme }: Stage, x: number, y: number, alpha: number): void {
  const at = NODE_RADIUS * BADGE.at;
  painter.stamp(`pin ${theme.name}`, x - at, y - at, 10, alpha, (on) => {
    on.shape(SHAPES.circle, 0, -1, 4.2, {
      fill: { colour: theme.muted, alpha: 1 },
      stroke: { colour: theme.surface, width: 1.5, alpha: 1 },
    });
    on.shape('M0 0V1', 0, 3, 5, { stroke: { colour: theme.muted, width: 1.6, alpha: 1 } });
  });
}
