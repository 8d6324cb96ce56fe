import { type Field, MOST_PUSH } from './field.ts';
import { LAYERED_FOOTPRINT, type Point } from './layout.ts';
import { middleOf } from './order-layers.ts';

/** From one middle to the next one below, at the least: a footprint and a hair. */
const CLOSEST = LAYERED_FOOTPRINT.top + LAYERED_FOOTPRINT.bottom + 2;
const WIDTH = LAYERED_FOOTPRINT.left + LAYERED_FOOTPRINT.right;
/** Where a node would like to be, from the nearest of its neighbours. */
const STEP = 210;
/** Looks at so many columns, the nearest first. */
const MOST_COLUMNS = 14;
/** What stands against a place, in pixels of distance: an edge that runs backwards, others pushed, a column of its own. */
const BACKWARD = 260;
const PUSHING = 50;
const NEW_COLUMN = 40;
/** An edge shorter than this to the right counts as backward: its arrow could not be seen. */
const SHORTEST_EDGE = WIDTH;

/** A gap in a column. */
interface Fit {
  readonly x: number;
  readonly y: number;
  /** How many of the column's obstacles are above it. */
  readonly above: number;
  readonly cost: number;
}

/** Clients and servers that are placed. */
interface Neighbours {
  readonly clients: readonly number[];
  readonly servers: readonly number[];
}

/**
 * Finds a place for a vertex between its placed neighbours and makes room for it: the median of their heights, right
 * of its clients and left of its servers. Others in the column are pushed apart a little, never more than
 * {@link MOST_PUSH}; where that does not make enough room, the next gap is taken.
 *
 * @param wish - where it would like to be; absent: near its neighbours
 */
export function insertNode(field: Field, v: number, wish?: Point): void {
  const near = placedNeighbours(field, v);
  const goal = wish ?? wishOf(field, near);
  let best: Fit | undefined;
  for (const x of candidateColumns(field, goal.x)) {
    const backward =
      near.clients.filter((u) => (field.x[u] as number) > x - SHORTEST_EDGE).length +
      near.servers.filter((u) => (field.x[u] as number) < x + SHORTEST_EDGE).length;
    const penalty = BACKWARD * backward + Math.abs(x - goal.x) / 2 + (field.columns.has(x) ? 0 : NEW_COLUMN);
    if (best !== undefined && penalty >= best.cost) continue;
    const fit = fitColumn(field, x, goal.y);
    const cost = fit.cost + penalty;
    if (best === undefined || cost < best.cost) best = { ...fit, cost };
  }
  const fit = best as Fit;
  makeRoom(field, fit);
  field.place(v, { x: fit.x, y: fit.y });
}

/** Whether a vertex has a neighbour that is placed. */
export function hasPlacedNeighbour(field: Field, v: number): boolean {
  const { clients, servers } = placedNeighbours(field, v);
  return clients.length + servers.length > 0;
}

function placedNeighbours({ graph, placed }: Field, v: number): Neighbours {
  const isPlaced = (u: number): boolean => placed[u] === 1;
  const slice = (start: Int32Array, to: Int32Array): number[] =>
    Array.from(to.subarray(start[v] as number, start[v + 1] as number)).filter(isPlaced);
  return { clients: slice(graph.inStart, graph.inTo), servers: slice(graph.outStart, graph.outTo) };
}

function wishOf(field: Field, { clients, servers }: Neighbours): Point {
  const heights = [...clients, ...servers].map((u) => field.y[u] as number).sort((a, b) => a - b);
  const y = heights.length === 0 ? 0 : Math.round(middleOf(heights));
  const afterClients = clients.reduce(
    (most, u) => Math.max(most, field.x[u] as number),
    Number.NEGATIVE_INFINITY,
  );
  const beforeServers = servers.reduce(
    (least, u) => Math.min(least, field.x[u] as number),
    Number.POSITIVE_INFINITY,
  );
  if (clients.length === 0) return { x: servers.length === 0 ? 0 : Math.round(beforeServers - STEP), y };
  if (servers.length === 0 || beforeServers <= afterClients) return { x: Math.round(afterClients + STEP), y };
  return { x: Math.round((afterClients + beforeServers) / 2), y };
}

/** The columns near an x, the nearest first; that x itself where no column is near. */
function candidateColumns({ columns, fixed }: Field, x: number): readonly number[] {
  const near = [...columns]
    .filter(([at, members]) => Math.abs(at - x) <= 4 * STEP && members.some((v) => fixed[v] === 0))
    .map(([at]) => at)
    .sort((a, b) => Math.abs(a - x) - Math.abs(b - x) || a - b)
    .slice(0, MOST_COLUMNS);
  const nearest = near[0];
  return nearest !== undefined && Math.abs(nearest - x) < 24 ? near : [...near, x];
}

/** All that stands in the way in a column, from top to bottom: its members, and who reaches into it from beside. */
function obstacles({ columns, x: xs, y: ys }: Field, x: number): number[] {
  const found: number[] = [];
  for (const [at, members] of columns) if (Math.abs(at - x) < WIDTH) for (const v of members) found.push(v);
  return found.sort(
    (a, b) => (ys[a] as number) - (ys[b] as number) || (xs[a] as number) - (xs[b] as number) || a - b,
  );
}

/** The best gap of a column for a height. There is always one, above all and below all. */
function fitColumn(field: Field, x: number, wish: number): Fit {
  const items = obstacles(field, x);
  const [highest, lowest] = reaches(field, items, x);
  let best: Fit = { x, y: wish, above: 0, cost: Number.POSITIVE_INFINITY };
  const offer = (above: number, y: number, extra: number): void => {
    const cost = Math.abs(y - wish) + extra;
    if (cost < best.cost) best = { x, y, above, cost };
  };
  for (let k = -1; k < items.length; k++) {
    const above = k < 0 ? Number.NEGATIVE_INFINITY : (field.y[items[k] as number] as number);
    const below =
      k + 1 === items.length ? Number.POSITIVE_INFINITY : (field.y[items[k + 1] as number] as number);
    if (above + CLOSEST <= below - CLOSEST) {
      offer(k + 1, Math.max(Math.ceil(above + CLOSEST), Math.min(Math.floor(below - CLOSEST), wish)), 0);
      continue;
    }
    const from = Math.ceil((highest[k] as number) + CLOSEST);
    const to = Math.floor((lowest[k + 1] as number) - CLOSEST);
    if (from <= to) offer(k + 1, Math.max(from, Math.min(to, Math.round((above + below) / 2))), PUSHING);
  }
  return best;
}

/** How high, and how low, each of a column could be pushed with all above, or below, it. */
function reaches(field: Field, items: readonly number[], x: number): readonly [Float64Array, Float64Array] {
  const highest = new Float64Array(items.length);
  const lowest = new Float64Array(items.length);
  const canMove = (v: number): boolean => field.x[v] === x && field.fixed[v] === 0;
  for (let k = 0; k < items.length; k++) {
    const v = items[k] as number;
    const y = field.y[v] as number;
    const blocked = k === 0 ? Number.NEGATIVE_INFINITY : (highest[k - 1] as number) + CLOSEST;
    highest[k] = canMove(v) ? Math.min(y, Math.max((field.home[v] as number) - MOST_PUSH, blocked)) : y;
  }
  for (let k = items.length - 1; k >= 0; k--) {
    const v = items[k] as number;
    const y = field.y[v] as number;
    const blocked = k + 1 === items.length ? Number.POSITIVE_INFINITY : (lowest[k + 1] as number) - CLOSEST;
    lowest[k] = canMove(v) ? Math.max(y, Math.min((field.home[v] as number) + MOST_PUSH, blocked)) : y;
  }
  return [highest, lowest];
}

/** Pushes those of a column apart that are nearer to a new place than they may be. */
function makeRoom(field: Field, { x, y, above }: Fit): void {
  const items = obstacles(field, x);
  for (let k = above - 1, limit = y - CLOSEST; k >= 0; k--) {
    const v = items[k] as number;
    if ((field.y[v] as number) <= limit) break;
    field.push(v, limit);
    limit -= CLOSEST;
  }
  for (let k = above, limit = y + CLOSEST; k < items.length; k++) {
    const v = items[k] as number;
    if ((field.y[v] as number) >= limit) break;
    field.push(v, limit);
    limit += CLOSEST;
  }
}
