import { gridOf } from './box-grid.ts';
import type { AsideGrid, Box, Layout, LayoutMemory, Place } from './layout.ts';

/** Of the form below; text of another is not read. */
const VERSION = 1;
/** No picture of ours is larger; numbers beyond it are not ours. */
const FARTHEST = 1e7;
const MOST_NODES = 200_000;
const MOST_BOXES = 4000;
const MOST_CELLS = 1_000_000;
const HIGHEST_HEAD = 4000;

/** A place: id, x, y, kin and group as indexes into the names, and 1 where it is aside. */
type PlaceRow = readonly [id: string, x: number, y: number, kin: number, group: number, aside: 0 | 1];

/** A layout as text (JSON), e.g. for a browser's session storage. Equal layouts give equal text. */
export function writeLayout({ mode, places, boxes, bounds, generation, memory }: Layout): string {
  const names = new Map<string, number>();
  const nameOf = (name: string): number => {
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const rows = (of: ReadonlyMap<string, Place>): PlaceRow[] =>
    [...of].map(([id, { x, y, kin, group, aside }]) => [
      id,
      x,
      y,
      nameOf(kin),
      nameOf(group),
      aside === true ? 1 : 0,
    ]);
  const { grouping, drift, settled, aside, head, vacated, emptied } = memory;
  const boxRows = (of: ReadonlyMap<string, Box>): readonly unknown[] =>
    [...of].map(([key, { x, y, width, height }]) => [key, x, y, width, height]);
  return JSON.stringify({
    version: VERSION,
    mode,
    generation,
    places: rows(places),
    vacated: rows(vacated),
    boxes: boxRows(boxes),
    emptied: boxRows(emptied),
    bounds,
    memory: { grouping, drift, settled, aside, head },
    names: [...names.keys()],
  });
}

/**
 * The inverse of {@link writeLayout}.
 *
 * @returns `undefined` for any text that is not of this version, or that says something no layout says: layouts are
 *   read from where others may write
 */
export function readLayout(text: string): Layout | undefined {
  const json = parse(text);
  if (json?.version !== VERSION) return undefined;
  const { mode, generation, names } = json;
  if ((mode !== 'layered' && mode !== 'grouped') || !isCount(generation) || !isNames(names)) return undefined;
  const places = readPlaces(json.places, names);
  const vacated = readPlaces(json.vacated, names);
  const boxes = readBoxes(json.boxes);
  const emptied = readBoxes(json.emptied);
  const bounds = readBox(json.bounds);
  const memory = readMemory(json.memory);
  if (!places || !vacated || !boxes || !emptied || !bounds || !memory) return undefined;
  const head = memory.head ?? 0;
  if (!areApart([...boxes.values()]) || cellCount(boxes, head) + cellCount(emptied, head) > MOST_CELLS)
    return undefined;
  return { mode, places, boxes, bounds, generation, memory: { ...memory, vacated, emptied } };
}

type Fields = Readonly<Record<string, unknown>>;

function parse(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isPixel(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= FARTHEST;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function readPlaces(value: unknown, names: readonly string[]): Map<string, Place> | undefined {
  if (!Array.isArray(value) || value.length > MOST_NODES) return undefined;
  const places = new Map<string, Place>();
  for (const row of value as readonly unknown[]) {
    if (!Array.isArray(row) || row.length !== 6) return undefined;
    const [id, x, y, kin, group, aside] = row as readonly unknown[];
    if (typeof id !== 'string' || places.has(id) || !isPixel(x) || !isPixel(y)) return undefined;
    const kinName = isCount(kin) ? names[kin] : undefined;
    const groupName = isCount(group) ? names[group] : undefined;
    if (kinName === undefined || groupName === undefined || (aside !== 0 && aside !== 1)) return undefined;
    places.set(id, { x, y, kin: kinName, group: groupName, ...(aside === 1 ? { aside: true } : {}) });
  }
  return places;
}

function readBoxes(value: unknown): Map<string, Box> | undefined {
  if (!Array.isArray(value) || value.length > MOST_BOXES) return undefined;
  const boxes = new Map<string, Box>();
  for (const row of value as readonly unknown[]) {
    if (!Array.isArray(row) || row.length !== 5) return undefined;
    const [key, x, y, width, height] = row as readonly unknown[];
    const box = readBox({ x, y, width, height });
    if (typeof key !== 'string' || boxes.has(key) || box === undefined) return undefined;
    boxes.set(key, box);
  }
  return boxes;
}

function readBox(value: unknown): Box | undefined {
  const { x, y, width, height } = fieldsOf(value) ?? {};
  if (!isPixel(x) || !isPixel(y) || !isPixel(width) || !isPixel(height)) return undefined;
  return width < 0 || height < 0 ? undefined : { x, y, width, height };
}

function readMemory(value: unknown): Omit<LayoutMemory, 'vacated' | 'emptied'> | undefined {
  const { grouping, drift, settled, aside, head } = fieldsOf(value) ?? {};
  if (typeof grouping !== 'string' || !isShare(drift) || !isShare(settled)) return undefined;
  const grid = aside === undefined ? undefined : readGrid(aside);
  if (aside !== undefined && grid === undefined) return undefined;
  if (head !== undefined && !(isCount(head) && head <= HIGHEST_HEAD)) return undefined;
  return {
    grouping,
    drift,
    settled,
    ...(grid === undefined ? {} : { aside: grid }),
    ...(head === undefined ? {} : { head }),
  };
}

function readGrid(value: unknown): AsideGrid | undefined {
  const { x, y, across } = fieldsOf(value) ?? {};
  return isPixel(x) && isPixel(y) && isCount(across) && across >= 1 ? { x, y, across } : undefined;
}

/** One box of a million cells would cost their memory. */
function cellCount(boxes: ReadonlyMap<string, Box>, head: number): number {
  let cells = 0;
  for (const box of boxes.values()) {
    const { columns, rows } = gridOf(box, head);
    cells += columns * rows;
  }
  return cells;
}

/** Boxes that overlap would stay so. */
function areApart(boxes: readonly Box[]): boolean {
  const byX = [...boxes].sort((a, b) => a.x - b.x);
  return byX.every((a, i) => {
    for (let k = i + 1; k < byX.length; k++) {
      const b = byX[k] as Box;
      if (b.x >= a.x + a.width) break;
      if (a.y < b.y + b.height && b.y < a.y + a.height) return false;
    }
    return true;
  });
}
