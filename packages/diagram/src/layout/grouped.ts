import { headRoom } from './box-grid.ts';
import { blockedCells, Cells } from './cells.ts';
import { depthsOf } from './depths.ts';
import { membersByGroup, packBoxes } from './fresh-grouped.ts';
import type { Graph } from './graph.ts';
import { boundsOf, growBoxes } from './grow-boxes.ts';
import { type Box, GROUPED_FOOTPRINT, type Layout, type Place, type Point } from './layout.ts';
import type { LayoutRequest } from './layout-request.ts';
import { recentlyVacated, vacatedBy } from './slots.ts';

const MOST_EMPTIED = 1000;

/** A grouped layout from nothing: a box for each group, and in it a grid, clients left and servers right. */
export function freshGrouped(request: LayoutRequest, generation: number): Layout {
  const { graph, grouping, aspect } = request;
  const head = headRoom(graph.size);
  const base: Layout = {
    mode: 'grouped',
    places: new Map(),
    boxes: packBoxes(graph, membersByGroup(graph), head, aspect),
    bounds: { x: 0, y: 0, width: 0, height: 0 },
    generation,
    memory: { grouping, drift: 0, settled: 0, head, vacated: new Map(), emptied: new Map() },
  };
  return continueGrouped(base, request);
}

/**
 * The next grouped layout: boxes and nodes stay, who comes takes the cell of one of its kin that is gone, else a free
 * one. Only the nodes of a box that is full and cannot grow where it is are moved, as a whole.
 */
export function continueGrouped(previous: Layout, request: LayoutRequest): Layout {
  const { graph, grouping, aspect, pins } = request;
  const head = previous.memory.head ?? headRoom(graph.size);
  const here = new Set(graph.ids);
  const isHere = (id: string): boolean => here.has(id);
  const vacated = vacatedBy(previous, isHere);
  const pinned = graph.ids.flatMap((id) => pins.get(id) ?? []);
  const members = new Map(
    [...membersByGroup(graph)].map(([key, list]) => [
      key,
      list.filter((v) => !pins.has(graph.ids[v] as string)),
    ]),
  );
  const known = new Map([...previous.memory.emptied, ...previous.boxes]);
  const boxes = growBoxes(previous.boxes, previous.memory.emptied, {
    keys: [...members.keys()],
    cellsIn: (key, box) =>
      (members.get(key) as readonly number[]).length +
      (box === undefined ? 0 : blockedCells(box, head, pinned)),
    head,
    aspect,
  });
  const filling: Filling = { graph, previous, vacated, depth: depthsOf(graph), slots: slotsOfKin(vacated) };
  const x = new Float64Array(graph.size);
  const y = new Float64Array(graph.size);
  for (const [key, list] of members) {
    const cells = new Cells(boxes.get(key) as Box, head, pinned);
    fillBox(cells, key, list, movedBy(known.get(key), boxes.get(key) as Box), filling);
    cells.write(x, y);
  }
  const places = new Map<string, Place>();
  for (let v = 0; v < graph.size; v++) {
    const id = graph.ids[v] as string;
    const point = pins.get(id) ?? { x: x[v] as number, y: y[v] as number };
    places.set(id, { x: point.x, y: point.y, kin: graph.kin[v] as string, group: graph.groups[v] as string });
  }
  return {
    mode: 'grouped',
    places,
    boxes,
    bounds: boundsOf([...boxes.values(), ...pinned.map(footprintAt)]),
    generation: previous.generation,
    memory: {
      grouping,
      drift: 0,
      settled: 0,
      head,
      vacated: recentlyVacated(vacated, isHere, previous.places.size),
      emptied: emptiedBoxes(known, boxes),
    },
  };
}

/** The boxes of groups that are gone, as many as are worth remembering. */
function emptiedBoxes(
  known: ReadonlyMap<string, Box>,
  boxes: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Box> {
  return new Map([...known].filter(([key]) => !boxes.has(key)).slice(-MOST_EMPTIED));
}

interface Filling {
  readonly graph: Graph;
  readonly previous: Layout;
  readonly vacated: ReadonlyMap<string, Place>;
  readonly depth: Uint8Array;
  readonly slots: Map<string, Place[]>;
}

/** Gives each of a group a cell: who was there, who returns, who has kin that left, and then the others by depth. */
function fillBox(
  cells: Cells,
  key: string,
  list: readonly number[],
  moved: Point,
  { graph, previous, vacated, depth, slots }: Filling,
): void {
  const takes = (v: number, place: Place | undefined): boolean =>
    place !== undefined &&
    place.group === key &&
    cells.takeAt(v, { x: place.x + moved.x, y: place.y + moved.y });
  const idOf = (v: number): string => graph.ids[v] as string;
  const kinOf = (v: number): string => graph.kin[v] as string;
  const strange = list.filter((v) => !takes(v, previous.places.get(idOf(v))));
  const fresh = strange.filter((v) => !takes(v, vacated.get(idOf(v))));
  const left = fresh.filter((v) => {
    const free = slots.get(slotKey(key, kinOf(v))) ?? [];
    for (let slot = free.pop(); slot !== undefined; slot = free.pop()) if (takes(v, slot)) return false;
    return true;
  });
  left.sort(
    (a, b) =>
      (depth[a] as number) - (depth[b] as number) ||
      (kinOf(a) < kinOf(b) ? -1 : kinOf(a) > kinOf(b) ? 1 : a - b),
  );
  for (const v of left) cells.takeNext(v);
}

function movedBy(from: Box | undefined, to: Box): Point {
  return from === undefined ? { x: 0, y: 0 } : { x: to.x - from.x, y: to.y - from.y };
}

/** The places of those who are gone, by group and kin, the youngest last. */
function slotsOfKin(vacated: ReadonlyMap<string, Place>): Map<string, Place[]> {
  const slots = new Map<string, Place[]>();
  for (const place of vacated.values()) {
    const key = slotKey(place.group, place.kin);
    const list = slots.get(key);
    if (list === undefined) slots.set(key, [place]);
    else list.push(place);
  }
  return slots;
}

function slotKey(group: string, kin: string): string {
  return `${group}\u0000${kin}`;
}

function footprintAt({ x, y }: Point): Box {
  const { left, right, top, bottom } = GROUPED_FOOTPRINT;
  return { x: x - left, y: y - top, width: left + right, height: top + bottom };
}
