import type { Scene, SceneNode } from '../scene/scene.ts';
import { AnsiPainter, DOTS, type TerminalType } from './ansi-painter.ts';
import type { Stroke } from './painter.ts';
import {
  assignLayers,
  assignRows,
  bendLongEdges,
  type Graph,
  orderLayers,
  type ShortEdges,
} from './terminal-layers.ts';

/** The room for a map, and how texts are set in it. */
export interface TerminalRoom extends TerminalType {
  readonly columns: number;
  readonly rows: number;
  /** Cuts a text to so many columns. */
  readonly cut: (text: string, columns: number) => string;
  /** The role of a node that is not in trouble, from which its colour follows. */
  readonly roleOf: (node: SceneNode) => string;
}

/** Columns between two layers, at least and at most. */
const GAP = { least: 5, most: 24 };
const LEAST_LABEL = 6;

const LINE: Stroke = { colour: 'edge', width: 1, alpha: 1 };

/** Where a column begins, and how wide its labels may be; in characters. */
interface Track {
  readonly left: number;
  readonly width: number;
}

/** Where edges meet a node: dots from the left, and its row. */
interface Seat {
  readonly entry: number;
  readonly exit: number;
  readonly row: number;
  /** Only an edge goes through here. */
  readonly isBend: boolean;
}

/**
 * The connected nodes of a scene as text, clients to the left of servers, with lines of braille dots between.
 *
 * It has layers of its own: `layOut` takes the width that a clear picture needs, and a terminal has 80 columns.
 *
 * @returns no lines where there is no room for it, or nothing is connected. Roles of the text: `edge`, `trouble`,
 *   `warning`, and those of `roleOf`
 * @example
 * ▪ curl ⠤⠤⠤⠒⠒▸▪ nginx ⠤⠤⠤▸▪ postgres
 */
export function drawTerminalMap(scene: Scene, room: TerminalRoom): readonly string[] {
  const connected = [...new Set(scene.edges.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  if (connected.length === 0) return [];
  const nodes = connected.map((index) => scene.nodes[index] as SceneNode);
  const placeOf = new Map(connected.map((index, place) => [index, place]));
  const graph: number[][] = connected.map(() => []);
  for (const { from, to } of scene.edges) graph[placeOf.get(from) as number]?.push(placeOf.get(to) as number);
  const layers = assignLayers(graph);
  // Where there is no room for the bends of long edges, these go straight, behind the labels of others.
  const drawn =
    drawLayers(nodes, bendLongEdges(graph, layers), room) ?? drawLayers(nodes, { graph, layers }, room);
  return drawn?.lines() ?? [];
}

function drawLayers(
  nodes: readonly SceneNode[],
  { graph, layers }: ShortEdges,
  room: TerminalRoom,
): AnsiPainter | undefined {
  const columns = orderLayers(graph, layers);
  const tallest = columns.reduce((most, column) => Math.max(most, column.length), 0);
  if (tallest > room.rows) return undefined;
  const tracks = layTracks(nodes, columns, room);
  if (tracks === undefined) return undefined;
  const height = Math.min(room.rows, tallest * 2 + 1);
  const rows = assignRows(graph, columns, height);
  const painter = new AnsiPainter(room.columns, height, room);
  const seats: Seat[] = [];
  for (const [layer, column] of columns.entries()) {
    for (const place of column)
      seats[place] = drawSeat(painter, nodes[place], rows[place] as number, tracks[layer] as Track, room);
  }
  drawEdges(painter, graph, seats);
  return painter;
}

function drawSeat(
  painter: AnsiPainter,
  node: SceneNode | undefined,
  row: number,
  { left, width }: Track,
  room: TerminalRoom,
): Seat {
  const x = left * DOTS.across;
  const y = row * DOTS.down;
  if (node === undefined) {
    const end = (left + width) * DOTS.across;
    painter.curve({ x0: x, y0: y + 2, x1: x, y1: y + 2, x2: end, y2: y + 2, x3: end, y3: y + 2 }, LINE);
    return { entry: x, exit: end, row, isBend: true };
  }
  const label = room.cut(labelOf(node), width);
  const colour =
    node.trouble === undefined ? room.roleOf(node) : node.trouble === 'bad' ? 'trouble' : 'warning';
  painter.text(label, x, y, { colour, anchor: 'start', size: DOTS.down, weight: 600, alpha: 1 });
  return { entry: x - 3, exit: (left + room.widthOf(label)) * DOTS.across + 1, row, isBend: false };
}

function drawEdges(painter: AnsiPainter, graph: Graph, seats: readonly Seat[]): void {
  for (const [from, targets] of graph.entries()) {
    for (const to of targets) {
      const a = seats[from] as Seat;
      const b = seats[to] as Seat;
      const [x0, x3] = [a.exit, b.entry];
      const [y0, y3] = [a.row * DOTS.down + 2, b.row * DOTS.down + 2];
      const bend = Math.max(8, Math.abs(x3 - x0) / 2);
      painter.curve({ x0, y0, x1: x0 + bend, y1: y0, x2: x3 - bend, y2: y3, x3, y3 }, LINE);
      if (!b.isBend) painter.arrow(x3 + 1, y3, 1, 0, DOTS.across, LINE);
    }
  }
}

/** A sign of what kind of thing it is (trouble comes first), and its name. */
function labelOf({ label, pseudo, shape, trouble }: SceneNode): string {
  const sign = trouble !== undefined ? '!' : pseudo ? (shape === 'cloud' ? '☁' : '◌') : '▪';
  return `${sign} ${label}`;
}

/** The columns' places; labels are cut, the widest first, until all fit; `undefined` where there is no room. */
function layTracks(
  nodes: readonly SceneNode[],
  columns: readonly (readonly number[])[],
  room: TerminalRoom,
): readonly Track[] | undefined {
  const gaps = columns.length - 1;
  // One column to the left for the tip of an edge that leads back.
  const free = room.columns - 1 - gaps * GAP.least;
  if (free < columns.length * LEAST_LABEL) return undefined;
  const widths = columns.map((column) =>
    column.reduce((most, place) => {
      const node = nodes[place];
      return Math.max(most, node === undefined ? 0 : room.widthOf(labelOf(node)));
    }, 0),
  );
  for (let over = widths.reduce((sum, width) => sum + width, 0) - free; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] as number) - 1;
  }
  const used = widths.reduce((sum, width) => sum + width, 0);
  const gap = gaps === 0 ? 0 : Math.min(GAP.most, Math.floor((room.columns - 1 - used) / gaps));
  let left = 1;
  return widths.map((width) => {
    const track = { left, width };
    left += width + gap;
    return track;
  });
}
