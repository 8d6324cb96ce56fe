import { type Box, type Layout, NODE_RADIUS } from '../layout/layout.ts';
import { hueOf } from '../scene/hue-book.ts';
import { collapsedGroup, type Scene, type SceneNode } from '../scene/scene.ts';
import { visibleArea } from './camera.ts';
import type { Look, Target } from './look.ts';
import type { Theme } from './theme.ts';

/** What is known of a picture before the first stroke: places by index, what is in sight, what is lit. */
export interface Stage {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly theme: Theme;
  readonly look: Look;
  readonly zoom: number;
  /** One pixel of the screen, in units of the world. */
  readonly pixel: number;
  readonly isGrouped: boolean;
  /** What of the world is in sight, with a margin for what reaches into it. */
  readonly area: Box;
  /** Middles of nodes, by index; `NaN`: it has no place. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** How much of a node is to be seen, 0..1, by index; 0: it is out of sight. */
  readonly alphas: Float64Array;
  readonly focus: Target | undefined;
  /** Nodes in the light, by index: 2 the focus itself, 1 its neighbours; absent: nothing has the focus. */
  readonly lit: Uint8Array | undefined;
}

/** How faint things are that are not meant. */
const DIM = { search: 0.16, focus: 0.22, focusInBoxes: 0.3, ghost: 0.4 };

/** Sets the stage; O(nodes + edges), and cheap: it is done in each frame. */
export function setStage(scene: Scene, layout: Layout, theme: Theme, look: Look): Stage {
  const { camera, hover, selection, matches, presence } = look;
  const count = scene.nodes.length;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  const alphas = new Float64Array(count);
  const area = visibleArea(camera, 2 * NODE_RADIUS + 100 / camera.zoom);
  const isGrouped = layout.mode === 'grouped';
  const focus = hover ?? selection;
  for (let i = 0; i < count; i++) {
    const place = layout.places.get((scene.nodes[i] as SceneNode).id);
    xs[i] = place?.x ?? Number.NaN;
    ys[i] = place?.y ?? Number.NaN;
  }
  const lit = focus === undefined ? undefined : lightOf(scene, focus);
  const unlit = isGrouped ? DIM.focusInBoxes : DIM.focus;
  for (let i = 0; i < count; i++) {
    const node = scene.nodes[i] as SceneNode;
    if (!isWithin(xs[i] as number, ys[i] as number, area)) continue;
    let alpha = presence?.get(node.id) ?? 1;
    if (matches !== undefined && !matches.has(node.id) && lit?.[i] !== 2) alpha *= DIM.search;
    else if (lit !== undefined && lit[i] === 0) alpha *= unlit;
    if (node.ghost === true) alpha *= DIM.ghost;
    alphas[i] = alpha;
  }
  return {
    scene,
    layout,
    theme,
    look,
    zoom: camera.zoom,
    pixel: 1 / camera.zoom,
    isGrouped,
    area,
    xs,
    ys,
    alphas,
    focus,
    lit,
  };
}

/** Whether an edge belongs to the focus. */
export function isHot({ focus, scene, lit }: Stage, from: number, to: number): boolean {
  if (focus === undefined || lit === undefined || focus.kind === 'flow') return false;
  if (focus.kind !== 'edge') return lit[from] === 2 || lit[to] === 2;
  return scene.nodes[from]?.id === focus.from && scene.nodes[to]?.id === focus.to;
}

/** The colour of a group; of no group, neutral. */
export function groupColour({ theme, look }: Stage, group: string): string {
  const hue = look.hues === undefined || group === '' ? undefined : hueOf(look.hues, group);
  return hue === undefined ? theme.neutral : (theme.hues[hue % theme.hues.length] as string);
}

/** Whether two rectangles have a point in common. */
export function meets(a: Box, x: number, y: number, width: number, height: number): boolean {
  return x <= a.x + a.width && x + width >= a.x && y <= a.y + a.height && y + height >= a.y;
}

function isWithin(x: number, y: number, { x: left, y: top, width, height }: Box): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/** What the focus lights; `undefined` where the picture has nothing of that name. */
function lightOf(scene: Scene, focus: Target): Uint8Array | undefined {
  const lit = new Uint8Array(scene.nodes.length);
  let found = false;
  for (const [index, node] of scene.nodes.entries()) {
    if (!isMeant(node, focus)) continue;
    lit[index] = 2;
    found = true;
  }
  if (!found) return undefined;
  if (focus.kind !== 'node') return lit;
  for (const { from, to } of scene.edges) {
    if (lit[from] === 2 && lit[to] === 0) lit[to] = 1;
    if (lit[to] === 2 && lit[from] === 0) lit[from] = 1;
  }
  return lit;
}

function isMeant(node: SceneNode, focus: Target): boolean {
  switch (focus.kind) {
    case 'node':
      return node.id === focus.id;
    case 'edge':
      return node.id === focus.from || node.id === focus.to;
    case 'group':
      return node.group === focus.key || collapsedGroup(node.id) === focus.key;
    case 'flow':
      return node.group === focus.from || node.group === focus.to;
  }
}
