import { displayWidth } from '../terminal/display-width.ts';
import type { Role, Style } from '../terminal/style.ts';

/** Bits of a braille character's dots, by row and column. Source: Unicode, Braille Patterns U+2800. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** Characters on a grid, with fine lines of dots (2 × 4 to a character) behind them. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #dots: Uint8Array;
  readonly #dotRoles: (Role | undefined)[];
  /** A character and its role; `''` for the second half of a wide one. */
  readonly #characters: ({ readonly text: string; readonly role: Role } | undefined)[];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#dots = new Uint8Array(width * height);
    this.#dotRoles = Array.from({ length: width * height });
    this.#characters = Array.from({ length: width * height });
  }

  /** Sets a dot, at twice the columns and four times the rows; outside of the grid nothing happens. */
  dot(x: number, y: number, role: Role): void {
    const column = x >> 1;
    const row = y >> 2;
    if (column < 0 || row < 0 || column >= this.width || row >= this.height) return;
    const cell = row * this.width + column;
    this.#dots[cell] = (this.#dots[cell] as number) | DOTS[(y & 3) as 0 | 1 | 2 | 3][(x & 1) as 0 | 1];
    this.#dotRoles[cell] = role;
  }

  /** Writes a text over the dots; what does not fit is left out. */
  write(column: number, row: number, text: string, role: Role): void {
    let at = column;
    for (const character of text) {
      const width = displayWidth(character);
      if (width === 0) continue;
      if (at < 0 || at + width > this.width || row < 0 || row >= this.height) return;
      this.#characters[row * this.width + at] = { text: character, role };
      if (width === 2) this.#characters[row * this.width + at + 1] = { text: '', role };
      at += width;
    }
  }

  /** A line of dots that leaves and arrives level. */
  curve(from: readonly [number, number], to: readonly [number, number], role: Role): void {
    const [ax, ay] = from;
    const [bx, by] = to;
    const bend = Math.max(8, Math.abs(bx - ax) / 2);
    const steps = Math.max(8, Math.abs(bx - ax) + Math.abs(by - ay)) * 2;
    for (let step = 0; step <= steps; step++) {
      const t = step / steps;
      const s = 1 - t;
      const x = s ** 3 * ax + 3 * s * s * t * (ax + bend) + 3 * s * t * t * (bx - bend) + t ** 3 * bx;
      const y = s ** 3 * ay + 3 * s * s * t * ay + 3 * s * t * t * by + t ** 3 * by;
      this.dot(Math.round(x), Math.round(y), role);
    }
  }

  /** The lines, without trailing blanks. */
  lines(style: Style): readonly string[] {
    return Array.from({ length: this.height }, (_, row) => this.#line(row, style));
  }

  #line(row: number, style: Style): string {
    let line = '';
    let run = '';
    let runRole: Role | undefined;
    const flush = (): void => {
      line += runRole === undefined ? run : style(runRole, run);
      run = '';
    };
    for (let column = 0; column < this.width; column++) {
      const cell = row * this.width + column;
      const character = this.#characters[cell];
      const dots = this.#dots[cell] as number;
      const text = character?.text ?? (dots === 0 ? ' ' : String.fromCharCode(0x2800 + dots));
      const role = character?.role ?? (dots === 0 ? undefined : this.#dotRoles[cell]);
      if (role !== runRole) {
        flush();
        runRole = role;
      }
      run += text;
    }
    if (runRole !== undefined) flush();
    else if (run.trimEnd() !== '') flush();
    return line;
  }
}
