import { displayWidth, pad, printable, truncate } from './display-width.ts';
import type { Role, Style } from './style.ts';

/** A cell: its text, and how it looks. */
export interface Cell {
  readonly text: string;
  readonly role?: Role;
}

/** A column of a table. */
export interface Column {
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** Where there is no room for all columns, the greatest goes first. 0 stays whatever happens. */
  readonly rank: number;
  /** What it may be cut to; left out: it is not cut. */
  readonly least?: number;
  /** What it takes at most; left out: what its longest cell takes. */
  readonly most?: number;
  readonly cells: readonly Cell[];
}

const GAP = 2;

/**
 * Lays columns out as lines of at most `width` columns of a terminal: wide columns are cut first, then columns
 * are left out by their rank.
 *
 * @param width - `Infinity` for a pipe: nothing is cut or left out
 * @returns the heading, then a line for each row; no trailing blanks
 */
export function layOutColumns(columns: readonly Column[], width: number, style: Style): readonly string[] {
  const fitted = fitColumns(columns, width);
  const rows = Math.max(0, ...columns.map((column) => column.cells.length));
  const lines: string[] = [];
  const heading = fitted.map(({ column, width: w }) => pad(truncate(column.header, w), w, column.align));
  lines.push(style('heading', heading.join(' '.repeat(GAP)).trimEnd()));
  for (let row = 0; row < rows; row++) {
    const last = lastFilled(fitted, row);
    const cells = fitted.slice(0, last + 1).map(({ column, width: w }, index) => {
      const { text, role } = column.cells[row] ?? { text: '' };
      const cut = truncate(printable(text), w);
      // The last column is not padded: a line has no trailing blanks.
      const padded = index === last && column.align !== 'right' ? cut : pad(cut, w, column.align);
      return role === undefined ? padded : style(role, padded);
    });
    lines.push(cells.join(' '.repeat(GAP)));
  }
  return lines;
}

interface Fitted {
  readonly column: Column;
  readonly width: number;
}

function lastFilled(fitted: readonly Fitted[], row: number): number {
  for (let i = fitted.length - 1; i >= 0; i--)
    if ((fitted[i]?.column.cells[row]?.text ?? '') !== '') return i;
  return -1;
}

function fitColumns(columns: readonly Column[], width: number): readonly Fitted[] {
  let fitted: readonly Fitted[] = columns.map((column) => ({ column, width: naturalWidth(column, width) }));
  for (;;) {
    const missing = totalWidth(fitted) - width;
    if (missing <= 0) return fitted;
    const slack = fitted.map(({ column, width: w }) => Math.max(0, w - (column.least ?? w)));
    const most = slack.reduce((sum, value) => sum + value, 0);
    if (most >= missing) return shrink(fitted, slack, missing);
    const worst = Math.max(...fitted.map(({ column }) => column.rank));
    if (worst <= 0 || fitted.length === 1) {
      // Even what must stay does not fit: it is cut, whatever it says of itself.
      return shrink(
        fitted,
        fitted.map(({ width: w }) => Math.max(0, w - 1)),
        missing,
      );
    }
    const leaving = fitted.findLastIndex(({ column }) => column.rank === worst);
    fitted = fitted.filter((_, index) => index !== leaving);
  }
}

function naturalWidth({ header, cells, most }: Column, width: number): number {
  let widest = displayWidth(header);
  for (const { text } of cells) widest = Math.max(widest, displayWidth(printable(text)));
  // A pipe has room for everything.
  return most === undefined || width === Number.POSITIVE_INFINITY ? widest : Math.min(widest, most);
}

function totalWidth(fitted: readonly Fitted[]): number {
  return fitted.reduce((sum, { width }) => sum + width, 0) + GAP * Math.max(0, fitted.length - 1);
}

/** Takes `missing` columns away, one at a time from where the most can be spared. */
function shrink(fitted: readonly Fitted[], slack: readonly number[], missing: number): readonly Fitted[] {
  const widths = fitted.map(({ width }) => width);
  const spare = [...slack];
  for (let left = missing; left > 0; left--) {
    const most = spare.indexOf(Math.max(...spare));
    if ((spare[most] ?? 0) <= 0) break;
    spare[most] = (spare[most] as number) - 1;
    widths[most] = (widths[most] as number) - 1;
  }
  return fitted.map(({ column }, index) => ({ column, width: widths[index] as number }));
}
