import { collapsedGroup } from '../scene/scene.ts';
import { Field } from './field.ts';
import { asideBelow, asidePoint, layFresh, PART_GAP } from './fresh-layered.ts';
import { componentsOf, degreeOf, type Graph, neighboursOf, subgraph } from './graph.ts';
import { hasPlacedNeighbour, insertNode } from './insert-node.ts';
import { layComponent } from './lay-component.ts';
import type { AsideGrid, Layout, Place, Point } from './layout.ts';
import type { LayoutRequest } from './layout-request.ts';
import { findHole } from './occupancy.ts';
import { KinSlots, recentlyVacated, vacatedBy } from './slots.ts';

/** When so many more edges run backwards than right after the last fresh layout, it is time for another one. */
const MOST_DRIFT = 0.1;
/** Fewer edges than this are not worth moving everything for. */
const FEWEST_BACKWARD = 3;

/** A layered layout from nothing. */
export function freshLayered(request: LayoutRequest, generation: number): Layout {
  const { graph, grouping, aspect } = request;
  const { points, aside } = layFresh(graph, aspect);
  const places = new Map<string, Place>();
  for (let v = 0; v < graph.size; v++) {
    const isAside = aside !== undefined && degreeOf(graph, v) === 0;
    const { x, y } = points[v] as Point;
    places.set(graph.ids[v] as string, {
      x,
      y,
      kin: graph.kin[v] as string,
      group: graph.groups[v] as string,
      ...(isAside ? { aside: true } : {}),
    });
  }
  const memory = {
    grouping,
    drift: 0,
    settled: 0,
    vacated: new Map(),
    emptied: new Map(),
    ...(aside === undefined ? {} : { aside }),
  };
  const base: Layout = {
    mode: 'layered',
    places,
    boxes: new Map(),
    bounds: { x: 0, y: 0, width: 0, height: 0 },
    generation,
    memory,
  };
  const settled = continueLayered(base, request);
  return { ...settled, memory: { ...settled.memory, settled: settled.memory.drift } };
}

/** Whether so many edges run backwards that a fresh layout is due. */
export function hasDrifted({ memory: { drift, settled } }: Layout, { outTo }: Graph): boolean {
  return drift - settled > MOST_DRIFT && (drift - settled) * outTo.length >= FEWEST_BACKWARD;
}

/** The next layered layout: who was there stays, who comes finds a place, who is gone is remembered. */
export function continueLayered(previous: Layout, request: LayoutRequest): Layout {
  const { graph, pins, aspect, grouping } = request;
  const here = new Set(graph.ids);
  const isHere = (id: string): boolean => here.has(id);
  const vacated = vacatedBy(previous, isHere);
  const field = new Field(graph);
  const wishes = placeKnown(field, previous, pins);
  reclaim(field, vacated, wishes);
  insertConnected(field, wishes);
  insertParts(field, aspect);
  const aside = insertLonely(field, previous.memory.aside, aspect);

  const places = new Map<string, Place>();
  for (let v = 0; v < graph.size; v++) places.set(graph.ids[v] as string, placeOf(field, v));
  return {
    mode: 'layered',
    places,
    boxes: new Map(),
    bounds: field.bounds(),
    generation: previous.generation,
    memory: {
      grouping,
      drift: field.drift(),
      settled: previous.memory.settled,
      ...(aside === undefined ? {} : { aside }),
      vacated: recentlyVacated(vacated, isHere, previous.places.size),
      emptied: new Map(),
    },
  };
}

function placeOf({ graph, x, y, aside }: Field, v: number): Place {
  return {
    x: x[v] as number,
    y: y[v] as number,
    kin: graph.kin[v] as string,
    group: graph.groups[v] as string,
    ...(aside[v] === 1 ? { aside: true } : {}),
  };
}

/** Places pins, then all that were there and are not in the way of one. Returns where those would like to be that are. */
function placeKnown(field: Field, previous: Layout, pins: ReadonlyMap<string, Point>): Map<number, Point> {
  const { graph } = field;
  const wishes = new Map<number, Point>();
  for (let v = 0; v < graph.size; v++) {
    const pin = pins.get(graph.ids[v] as string);
    if (pin !== undefined) field.place(v, pin, { fixed: true });
  }
  for (let v = 0; v < graph.size; v++) {
    const place = previous.places.get(graph.ids[v] as string);
    if (place === undefined || field.placed[v] === 1) continue;
    const isAside = place.aside === true;
    // What has got its first edge comes to its neighbours.
    if (isAside && degreeOf(graph, v) > 0) continue;
    if (field.isFree(place)) field.place(v, place, { aside: isAside });
    else if (!isAside) wishes.set(v, { x: place.x, y: place.y });
  }
  return wishes;
}

/** Gives back places to those who return, then places of kin to those who are new. */
function reclaim(field: Field, vacated: Map<string, Place>, wishes: Map<number, Point>): void {
  const { graph } = field;
  const isWaiting = (v: number): boolean => field.placed[v] === 0 && !wishes.has(v);
  const isLonely = (v: number): boolean => degreeOf(graph, v) === 0;
  for (let v = 0; v < graph.size; v++) {
    const place = isWaiting(v) ? vacated.get(graph.ids[v] as string) : undefined;
    if (place === undefined) continue;
    const isAside = place.aside === true;
    // Edges may come later than nodes (a server that starts again): a place is given back without them, too.
    if (isAside && !isLonely(v)) continue;
    if (field.isFree(place)) field.place(v, place, { aside: isAside });
    else if (!isLonely(v)) wishes.set(v, { x: place.x, y: place.y });
  }
  const slots = new KinSlots(vacated);
  for (let v = 0; v < graph.size; v++) {
    if (!isWaiting(v)) continue;
    const id = graph.ids[v] as string;
    const group = collapsedGroup(id);
    const members = group === undefined ? undefined : middleOfGroup(vacated, group);
    if (members !== undefined && !isLonely(v)) wishes.set(v, members);
    const place = slots.take(
      graph.kin[v] as string,
      middleOfNeighbours(field, v),
      (slot) => (slot.aside === true) === isLonely(v) && field.isFree(slot),
    );
    if (place !== undefined) field.place(v, place, { aside: place.aside === true });
  }
}

/** Where the nodes of a group were that is drawn as one node now. */
function middleOfGroup(vacated: ReadonlyMap<string, Place>, group: string): Point | undefined {
  const points = [...vacated.values()].filter((place) => place.group === group && place.aside !== true);
  return points.length === 0 ? undefined : middle(points);
}

function middleOfNeighbours({ graph, placed, x, y }: Field, v: number): Point | undefined {
  const near = neighboursOf(graph, v).filter((u) => placed[u] === 1);
  if (near.length === 0) return undefined;
  return middle(near.map((u) => ({ x: x[u] as number, y: y[u] as number })));
}

function middle(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: Math.round(x / points.length), y: Math.round(y / points.length) };
}

/** Inserts all that hang together with what is placed, the nearest first. */
function insertConnected(field: Field, wishes: ReadonlyMap<number, Point>): void {
  const { graph } = field;
  for (const [v, wish] of [...wishes].sort(([a], [b]) => a - b)) {
    if (field.placed[v] === 0) insertNode(field, v, wish);
  }
  const queue: number[] = [];
  for (let v = 0; v < graph.size; v++) {
    if (field.placed[v] === 0 && hasPlacedNeighbour(field, v)) queue.push(v);
  }
  for (let k = 0; k < queue.length; k++) {
    const v = queue[k] as number;
    if (field.placed[v] === 1) continue;
    insertNode(field, v);
    for (const u of neighboursOf(graph, v)) if (field.placed[u] === 0) queue.push(u);
  }
}

/** Lays out what hangs together but with nothing that is placed, and puts each part where there is room. */
function insertParts(field: Field, aspect: number): void {
  const { graph } = field;
  for (const members of componentsOf(graph, (v) => field.placed[v] === 0 && degreeOf(graph, v) > 0)) {
    const part = layComponent(subgraph(graph, members), aspect);
    const { x, y } = findHole(part, field.footprints(PART_GAP / 2), field.bounds(), aspect);
    members.forEach((v, i) => {
      field.place(v, { x: Math.round(x) + (part.x[i] as number), y: Math.round(y) + (part.y[i] as number) });
    });
  }
}

/** Puts what has no edge into free cells of the grid aside; a grid is made when there is none. */
function insertLonely(field: Field, known: AsideGrid | undefined, aspect: number): AsideGrid | undefined {
  const { graph } = field;
  const lonely: number[] = [];
  for (let v = 0; v < graph.size; v++) if (field.placed[v] === 0) lonely.push(v);
  if (lonely.length === 0) return known;
  const grid = known ?? asideBelow(field.bounds(), lonely.length, aspect);
  let cell = 0;
  for (const v of lonely) {
    while (!field.isFree(asidePoint(grid, cell))) cell++;
    field.place(v, asidePoint(grid, cell), { aside: true });
  }
  return grid;
}
