import {
  type Box,
  type Footprint,
  GROUPED_FOOTPRINT,
  LAYERED_FOOTPRINT,
  type Layout,
  type Place,
  type Point,
  type Scene,
} from '@ridgeline/diagram';

/** Whether no two nodes overlap, label rows included; two that are pinned may. */
export function isFreeOfOverlap(
  { mode, places }: Layout,
  pins: ReadonlyMap<string, Point> = new Map(),
): boolean {
  const footprint: Footprint = mode === 'grouped' ? GROUPED_FOOTPRINT : LAYERED_FOOTPRINT;
  const width = footprint.left + footprint.right;
  const height = footprint.top + footprint.bottom;
  const sorted = [...places].sort(([, a], [, b]) => a.x - b.x);
  return sorted.every(([id, a], i) => {
    for (let k = i + 1; k < sorted.length; k++) {
      const [other, b] = sorted[k] as [string, Place];
      if (b.x - a.x >= width) break;
      if (Math.abs(b.y - a.y) < height && !(pins.has(id) && pins.has(other))) return false;
    }
    return true;
  });
}

/** Whether no two boxes overlap. */
export function areBoxesApart({ boxes }: Layout): boolean {
  const list = [...boxes.values()];
  return list.every((a, i) => list.slice(i + 1).every((b) => !overlap(a, b)));
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether each node lies in its group's box, unless it is pinned, and all lie in the bounds. */
export function holdsItsNodes(layout: Layout, pins: ReadonlyMap<string, Point> = new Map()): boolean {
  const { left, right, top, bottom } = layout.mode === 'grouped' ? GROUPED_FOOTPRINT : LAYERED_FOOTPRINT;
  return [...layout.places].every(([id, { x, y, group }]) => {
    const own = { x: x - left, y: y - top, width: left + right, height: top + bottom };
    const box = layout.boxes.get(group);
    const isInBox = layout.mode === 'layered' || pins.has(id) || (box !== undefined && holds(box, own));
    return isInBox && holds(layout.bounds, own);
  });
}

function holds(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width + 0.001 &&
    inner.y + inner.height <= outer.y + outer.height + 0.001
  );
}

/** Whether exactly the scene's nodes are placed, at finite points. */
export function placesAll({ places }: Layout, { nodes }: Scene): boolean {
  return (
    places.size === nodes.length &&
    nodes.every(({ id }) => {
      const place = places.get(id);
      return place !== undefined && Number.isFinite(place.x) && Number.isFinite(place.y);
    })
  );
}

/** The ids of nodes that are in both scenes with the same neighbours and the same group. */
export function untouched(before: Scene, after: Scene): readonly string[] {
  const old = descriptions(before);
  return [...descriptions(after)].flatMap(([id, text]) => (old.get(id) === text ? [id] : []));
}

function descriptions({ nodes, edges }: Scene): Map<string, string> {
  const near = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    const a = (nodes[from] as { id: string }).id;
    const b = (nodes[to] as { id: string }).id;
    near.get(a)?.push(`> ${b}`);
    near.get(b)?.push(`< ${a}`);
  }
  return new Map(nodes.map(({ id, group }) => [id, JSON.stringify([group, near.get(id)?.sort()])]));
}

/** How far a node has moved. */
export function distance(before: Layout, after: Layout, id: string): number {
  const a = before.places.get(id) as Place;
  const b = after.places.get(id) as Place;
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The share of edges that do not run from left to right. */
export function backwardShare({ places }: Layout, { nodes, edges }: Scene): number {
  const xOf = (index: number): number => (places.get((nodes[index] as { id: string }).id) as Place).x;
  return edges.length === 0 ? 0 : edges.filter(({ from, to }) => xOf(to) <= xOf(from)).length / edges.length;
}
