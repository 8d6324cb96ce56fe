import type { Scene } from '../scene/scene.ts';
import { type Graph, graphOf } from './graph.ts';
import { continueGrouped, freshGrouped } from './grouped.ts';
import { continueLayered, freshLayered, hasDrifted } from './layered.ts';
import {
  type Box,
  GROUPED_ABOVE,
  type Layout,
  type LayoutMode,
  type LayoutOptions,
  type Place,
  type Point,
} from './layout.ts';
import type { LayoutRequest } from './layout-request.ts';

const SCREEN_ASPECT = 1.6;
/** A grouped picture stays so until it has this part of {@link GROUPED_ABOVE} nodes: none flips to and fro. */
const STAYS_GROUPED = 0.8;
/** When fewer of the nodes than this have a place already, theirs are no reason to lay out the others around them. */
const FEWEST_KNOWN = 0.5;

/**
 * Places for all nodes of a scene. A pure function: the same (previous, scene, options) give the same places, in
 * whatever order the nodes come.
 *
 * Who was there stays: after a small change no untouched node moves farther than 30 px. Who returns gets its place
 * back; a new node gets the place of one of its kin that left, else one near its neighbours. A fresh layout is made for
 * a first scene, another mode or grouping, when more than half of the nodes are new, when many edges have come to run
 * backwards, and on request; {@link Layout.generation} then rises.
 *
 * @returns the previous layout itself when nothing changed
 * @remarks Laws V1-V5, V7-V9.
 */
export function layOut(previous: Layout | undefined, scene: Scene, options: LayoutOptions = {}): Layout {
  const graph = graphOf(scene);
  const request: LayoutRequest = {
    graph,
    grouping: scene.grouping ?? '',
    pins: finitePins(options.pins),
    aspect: sensibleAspect(options.aspect),
  };
  const mode = options.mode ?? modeFor(previous, scene.nodes.length);
  const isFresh = options.fresh === true || previous === undefined || !continues(previous, mode, request);
  if (isFresh) return layFreshly(mode, request, previous);
  const next = mode === 'grouped' ? continueGrouped(previous, request) : continueLayered(previous, request);
  if (mode === 'layered' && hasDrifted(next, graph)) return layFreshly(mode, request, previous);
  return isSameLayout(previous, next) ? previous : next;
}

function layFreshly(mode: LayoutMode, request: LayoutRequest, previous: Layout | undefined): Layout {
  const generation = previous === undefined ? 0 : previous.generation + 1;
  return mode === 'grouped' ? freshGrouped(request, generation) : freshLayered(request, generation);
}

function modeFor(previous: Layout | undefined, nodes: number): LayoutMode {
  const limit = previous?.mode === 'grouped' ? GROUPED_ABOVE * STAYS_GROUPED : GROUPED_ABOVE;
  return nodes > limit ? 'grouped' : 'layered';
}

/** Whether the scene is the same picture, some time later. */
function continues(previous: Layout, mode: LayoutMode, { graph, grouping }: LayoutRequest): boolean {
  if (previous.mode !== mode) return false;
  if (mode === 'grouped' && previous.memory.grouping !== grouping) return false;
  return graph.size === 0 || knownShare(previous, graph) >= FEWEST_KNOWN;
}

function knownShare({ places, memory }: Layout, { ids, kin }: Graph): number {
  const here = new Set(ids);
  const left = new Map<string, number>();
  for (const { kin: name } of memory.vacated.values()) left.set(name, (left.get(name) ?? 0) + 1);
  for (const [id, { kin: name }] of places) if (!here.has(id)) left.set(name, (left.get(name) ?? 0) + 1);
  let known = 0;
  ids.forEach((id, v) => {
    const slots = left.get(kin[v] as string) ?? 0;
    if (places.has(id) || memory.vacated.has(id)) known++;
    else if (slots > 0) {
      left.set(kin[v] as string, slots - 1);
      known++;
    }
  });
  return known / ids.length;
}

function finitePins(pins: ReadonlyMap<string, Point> | undefined): ReadonlyMap<string, Point> {
  return new Map([...(pins ?? [])].filter(([, { x, y }]) => Number.isFinite(x) && Number.isFinite(y)));
}

function sensibleAspect(aspect: number | undefined): number {
  return aspect === undefined || !(aspect > 0) ? SCREEN_ASPECT : Math.min(4, Math.max(0.4, aspect));
}

/** Whether two layouts are equal in every number. */
export function isSameLayout(a: Layout, b: Layout): boolean {
  return (
    a.mode === b.mode &&
    a.generation === b.generation &&
    a.memory.grouping === b.memory.grouping &&
    a.memory.drift === b.memory.drift &&
    a.memory.settled === b.memory.settled &&
    a.memory.head === b.memory.head &&
    a.memory.aside?.x === b.memory.aside?.x &&
    a.memory.aside?.y === b.memory.aside?.y &&
    a.memory.aside?.across === b.memory.aside?.across &&
    isSameBox(a.bounds, b.bounds) &&
    isSameMap(a.boxes, b.boxes, isSameBox) &&
    isSameMap(a.places, b.places, isSamePlace) &&
    isSameMap(a.memory.vacated, b.memory.vacated, isSamePlace) &&
    isSameMap(a.memory.emptied, b.memory.emptied, isSameBox)
  );
}

function isSameMap<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  same: (a: T, b: T) => boolean,
): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !same(value, other)) return false;
  }
  return true;
}

function isSameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.x === b.x && a.y === b.y && a.kin === b.kin && a.group === b.group && a.aside === b.aside;
}
