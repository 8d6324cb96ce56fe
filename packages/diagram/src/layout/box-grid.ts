import { type Box, GROUPED_FOOTPRINT, type Point } from './layout.ts';

/** From cell to cell inside a box. */
const CELL: Point = {
  x: GROUPED_FOOTPRINT.left + GROUPED_FOOTPRINT.right + 2,
  y: GROUPED_FOOTPRINT.top + GROUPED_FOOTPRINT.bottom + 2,
};
/** Between a box's border and its cells; above them is the title, too. */
const PADDING = 18;

/** How many cells a box has. */
export interface GridSize {
  readonly columns: number;
  readonly rows: number;
}

/** The grid for so many nodes, with some cells to spare, so that a box seldom has to grow. Wider than high. */
export function gridFor(nodes: number): GridSize {
  const cells = nodes + 2 + Math.ceil(nodes * 0.1);
  const rows = Math.max(2, Math.ceil(Math.sqrt((cells * CELL.x) / CELL.y / 1.5)));
  return { columns: Math.ceil(cells / rows), rows };
}

/** The room for a title that can still be read when all of so many nodes are on the screen. */
export function headRoom(nodes: number): number {
  return Math.round(Math.max(56, 1.7 * Math.sqrt(nodes)));
}

export function boxSize({ columns, rows }: GridSize, head: number): { width: number; height: number } {
  return { width: columns * CELL.x + 2 * PADDING, height: rows * CELL.y + head + PADDING };
}

/** The grid that fits into a box. */
export function gridOf({ width, height }: Box, head: number): GridSize {
  return {
    columns: Math.max(1, Math.floor((width - 2 * PADDING) / CELL.x)),
    rows: Math.max(1, Math.floor((height - head - PADDING) / CELL.y)),
  };
}

/** The middle of a cell. Cells count down the columns: clients are left, servers right. */
export function cellPoint(box: Box, { rows }: GridSize, head: number, cell: number): Point {
  const { left, top } = GROUPED_FOOTPRINT;
  return {
    x: box.x + PADDING + Math.floor(cell / rows) * CELL.x + left + 1,
    y: box.y + head + (cell % rows) * CELL.y + top + 1,
  };
}

/** The cell in which a point is; `undefined` outside of the grid. */
export function cellAt(box: Box, grid: GridSize, head: number, { x, y }: Point): number | undefined {
  const column = Math.floor((x - box.x - PADDING) / CELL.x);
  const row = Math.floor((y - box.y - head) / CELL.y);
  if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) return undefined;
  return column * grid.rows + row;
}
