import type { NodeSummary } from '@ridgeline/core';
import { displayWidth, printable, truncate } from '../terminal/display-width.ts';
import { hueOf, type Role, type Style } from '../terminal/style.ts';
import { Canvas } from './canvas.ts';
import {
  assignLayers,
  assignRows,
  bendLongEdges,
  type Graph,
  orderLayers,
  type ShortEdges,
} from './layers.ts';

/** The room for a map. */
export interface MapRoom {
  readonly width: number;
  readonly height: number;
  /** More connected nodes than this are not drawn: a list says more. */
  readonly mostNodes: number;
}

/** What is drawn as one: nodes that are called alike and talk to alike. */
interface Place {
  readonly label: string;
  readonly role: Role;
}

/** Columns between two layers, at least. */
const LEAST_GAP = 5;
const LEAST_LABEL = 6;

/**
 * The connected nodes as a map, clients to the left of servers; no lines where there is no room for it.
 *
 * @example
 * ▪ curl ⠤⠤⠤⠒⠒▸▪ nginx ⠤⠤⠤▸▪ postgres
 */
export function drawMap(nodes: readonly NodeSummary[], room: MapRoom, style: Style): readonly string[] {
  const { places, graph } = placesOf(nodes);
  if (places.length === 0 || places.length > room.mostNodes || room.height < 2) return [];
  const layers = assignLayers(graph);
  // Where there is no room for the bends of long edges, these go straight, behind other labels.
  const drawn =
    drawLayers(places, bendLongEdges(graph, layers), room) ?? drawLayers(places, { graph, layers }, room);
  return drawn === undefined ? [] : trimEmpty(drawn.lines(style).map((line) => line.trimEnd()));
}

function drawLayers(
  places: readonly Place[],
  { graph, layers }: ShortEdges,
  room: MapRoom,
): Canvas | undefined {
  const columns = orderLayers(graph, layers);
  const tallest = Math.max(...columns.map((column) => column.length));
  if (tallest > room.height) return undefined;
  const height = Math.min(room.height, tallest * 2 + 1);
  const rows = assignRows(graph, columns, height);
  const lefts = columnLefts(places, columns, room.width);
  if (lefts === undefined) return undefined;
  const canvas = new Canvas(room.width, height);
  const spots = new Map<number, Spot>();
  for (const [layer, column] of columns.entries()) {
    const { left, width } = lefts[layer] as { left: number; width: number };
    for (const node of column) {
      const y = rows[node] as number;
      const place = places[node];
      if (place === undefined) {
        // A bend: the edge goes level through the layer.
        spots.set(node, { in: left * 2, out: (left + width) * 2, y, isBend: true });
        for (let x = left * 2; x <= (left + width) * 2; x++) canvas.dot(x, y * 4 + 2, 'muted');
        continue;
      }
      const label = truncate(place.label, width);
      spots.set(node, { in: left * 2 - 3, out: (left + displayWidth(label)) * 2 + 1, y, isBend: false });
      canvas.write(left, y, label, place.role);
    }
  }
  for (const [from, targets] of graph.entries()) {
    for (const to of targets) drawEdge(canvas, spots.get(from), spots.get(to));
  }
  return canvas;
}

/** Where edges meet a node, in dots from the left; its row in characters. */
interface Spot {
  readonly in: number;
  readonly out: number;
  readonly y: number;
  readonly isBend: boolean;
}

function drawEdge(canvas: Canvas, a: Spot | undefined, b: Spot | undefined): void {
  if (a === undefined || b === undefined) return;
  canvas.curve([a.out, a.y * 4 + 2], [b.in, b.y * 4 + 2], 'muted');
  if (!b.isBend) canvas.write((b.in + 1) / 2, b.y, '▸', 'muted');
}

/** Without the empty lines above and below. */
function trimEmpty(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

/** Where each layer begins, and how wide its labels may be; `undefined` where there is no room. */
function columnLefts(
  places: readonly Place[],
  columns: readonly (readonly number[])[],
  width: number,
): readonly { readonly left: number; readonly width: number }[] | undefined {
  const gaps = columns.length - 1;
  // One column to the left for the tip of an edge that leads back.
  const room = width - 1 - gaps * LEAST_GAP;
  if (room < columns.length * LEAST_LABEL) return undefined;
  const natural = columns.map((column) =>
    Math.max(...column.map((node) => displayWidth(places[node]?.label ?? ''))),
  );
  const widths = [...natural];
  for (let over = widths.reduce((sum, value) => sum + value, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] as number) - 1;
  }
  const used = widths.reduce((sum, value) => sum + value, 0);
  const gap = gaps === 0 ? 0 : Math.min(24, Math.floor((width - 1 - used) / gaps));
  let left = 1;
  return widths.map((columnWidth) => {
    const column = { left, width: columnWidth };
    left += columnWidth + gap;
    return column;
  });
}

/** Nodes with an edge to another; those of one label with the same neighbours share a place. */
function placesOf(nodes: readonly NodeSummary[]): {
  readonly places: readonly Place[];
  readonly graph: Graph;
} {
  const shown = new Map(nodes.map((node) => [node.id, node]));
  const sources = new Map<string, string[]>();
  for (const node of nodes) {
    for (const to of node.adjacency) {
      if (to === node.id || !shown.has(to)) continue;
      const list = sources.get(to);
      if (list === undefined) sources.set(to, [node.id]);
      else list.push(node.id);
    }
  }
  const targetsOf = (node: NodeSummary): readonly string[] =>
    node.adjacency.filter((to) => to !== node.id && shown.has(to));
  const members = new Map<string, NodeSummary[]>();
  for (const node of nodes) {
    const targets = targetsOf(node);
    const from = sources.get(node.id) ?? [];
    if (targets.length + from.length === 0) continue;
    const key = JSON.stringify([node.label, node.pseudo, targets, [...from].sort()]);
    const list = members.get(key);
    if (list === undefined) members.set(key, [node]);
    else list.push(node);
  }
  const groups = [...members.values()];
  const placeOf = new Map(
    groups.flatMap((group, index) => group.map((node) => [node.id as string, index] as const)),
  );
  const graph = groups.map((group) => [
    ...new Set(group.flatMap((node) => targetsOf(node).map((to) => placeOf.get(to) as number))),
  ]);
  const places = groups.map(([first, ...rest]): Place => {
    const node = first as NodeSummary;
    const mark = node.pseudo === true ? (node.shape === 'cloud' ? '☁' : '◌') : '▪';
    const times = rest.length === 0 ? '' : ` ×${rest.length + 1}`;
    return {
      label: `${mark} ${printable(node.label)}${times}`,
      role: node.pseudo === true ? 'muted' : hueOf(node.rank),
    };
  });
  return { places, graph };
}
