import type { Curve, Fill, Lettering, Painter, Stroke } from './painter.ts';

/** What a painter needs to know of the terminal it writes for. */
export interface TerminalType {
  /** Gives a text the looks of a role; the painter's "colours" are such roles. For plain text: as it is. */
  readonly style: (role: string, text: string) => string;
  /** Columns that a text takes: 2 for wide characters. */
  readonly widthOf: (text: string) => number;
}

/** Dots to a character: 2 across, 4 down. A unit of the painter's world is one dot. */
export const DOTS: { readonly across: number; readonly down: number } = { across: 2, down: 4 };

/** Bits of a braille character's dots, by row and column. Source: Unicode, Braille Patterns U+2800. */
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** A character with its role; `''` is the second half of a wide one. */
interface Letter {
  readonly text: string;
  readonly role: string;
}

/**
 * Paints for terminals: texts on a grid of characters, and behind them lines of braille dots. Colours are names of roles.
 *
 * Shapes and fillings cannot be shown; what does not fit on the grid is left out.
 */
export class AnsiPainter implements Painter {
  readonly keepsNames = false;
  readonly columns: number;
  readonly rows: number;
  readonly #type: TerminalType;
  readonly #dots: Uint8Array;
  readonly #roles: (string | undefined)[];
  readonly #letters: (Letter | undefined)[];

  constructor(columns: number, rows: number, type: TerminalType) {
    this.columns = columns;
    this.rows = rows;
    this.#type = type;
    this.#dots = new Uint8Array(columns * rows);
    this.#roles = Array.from({ length: columns * rows });
    this.#letters = Array.from({ length: columns * rows });
  }

  begin(): void {}

  end(): void {}

  curve(curve: Curve, { colour }: Stroke): void {
    const { x0, y0, x1, y1, x2, y2, x3, y3 } = curve;
    const steps = 2 * Math.max(8, Math.abs(x1 - x0) + Math.abs(x3 - x0) + Math.abs(y3 - y0));
    for (let step = 0; step <= steps; step++) {
      const t = step / steps;
      const s = 1 - t;
      const x = s ** 3 * x0 + 3 * s * s * t * x1 + 3 * s * t * t * x2 + t ** 3 * x3;
      const y = s ** 3 * y0 + 3 * s * s * t * y1 + 3 * s * t * t * y2 + t ** 3 * y3;
      this.#dot(Math.round(x), Math.round(y), colour);
    }
  }

  arrow(x: number, y: number, dx: number, _dy: number, _size: number, { colour }: Fill): void {
    this.#write(Math.floor(x / DOTS.across), Math.floor(y / DOTS.down), dx < 0 ? '◂' : '▸', colour);
  }

  dot(x: number, y: number, _reach: number, { colour }: Fill): void {
    this.#dot(Math.round(x), Math.round(y), colour);
  }

  text(text: string, x: number, y: number, { anchor, colour }: Lettering): void {
    const width = this.#type.widthOf(text);
    const left = anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2;
    this.#write(Math.floor(x / DOTS.across - left), Math.floor(y / DOTS.down), text, colour);
  }

  textWidth(text: string): number {
    return this.#type.widthOf(text) * DOTS.across;
  }

  shape(): void {}

  level(): void {}

  box(): void {}

  stamp(): void {}

  /** The lines, without trailing blanks, and without the empty ones above and below. */
  lines(): readonly string[] {
    const lines = Array.from({ length: this.rows }, (_, row) => this.#line(row));
    const first = lines.findIndex((line) => line !== '');
    return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
  }

  #dot(x: number, y: number, role: string): void {
    const column = x >> 1;
    const row = y >> 2;
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return;
    const cell = row * this.columns + column;
    this.#dots[cell] = (this.#dots[cell] as number) | BITS[(y & 3) as 0 | 1 | 2 | 3][(x & 1) as 0 | 1];
    this.#roles[cell] = role;
  }

  #write(column: number, row: number, text: string, role: string): void {
    let at = column;
    for (const character of text) {
      const width = this.#type.widthOf(character);
      if (width === 0) continue;
      if (at < 0 || at + width > this.columns || row < 0 || row >= this.rows) return;
      this.#letters[row * this.columns + at] = { text: character, role };
      if (width === 2) this.#letters[row * this.columns + at + 1] = { text: '', role };
      at += width;
    }
  }

  #line(row: number): string {
    const runs: Letter[] = [];
    for (let column = 0; column < this.columns; column++) {
      const { text, role } = this.#letterAt(row * this.columns + column);
      const last = runs.at(-1);
      if (last !== undefined && last.role === role) runs[runs.length - 1] = { text: last.text + text, role };
      else runs.push({ text, role });
    }
    if (runs.at(-1)?.role === '') runs.pop();
    return runs.map(({ text, role }) => (role === '' ? text : this.#type.style(role, text))).join('');
  }

  #letterAt(cell: number): Letter {
    const letter = this.#letters[cell];
    if (letter !== undefined) return letter;
    const dots = this.#dots[cell] as number;
    if (dots === 0) return { text: ' ', role: '' };
    return { text: String.fromCharCode(0x2800 + dots), role: this.#roles[cell] ?? '' };
  }
}
