import type { OutputStream } from '../io.ts';

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l';
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l';
/** Terminals that know it draw a frame at once (synchronized output); the others ignore it. */
const BEGIN = '\x1b[?2026h\x1b[H';
const END = '\x1b[J\x1b[?2026l';

/** The terminal's other screen, drawn in place: what was there before comes back when it is left. */
export class Screen {
  readonly #out: OutputStream;
  #drawn: string | undefined;
  #isOpen = false;

  constructor(out: OutputStream) {
    this.#out = out;
  }

  get width(): number {
    return this.#out.columns ?? 80;
  }

  get height(): number {
    return this.#out.rows ?? 24;
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#drawn = undefined;
    this.#out.write(ENTER);
  }

  /** Draws a frame, at most as many lines as the terminal has; nothing is written when it is the same. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    const text = lines
      .slice(0, this.height)
      .map((line) => `${line}\x1b[K`)
      .join('\r\n');
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.#out.write(`${BEGIN}${text}${END}`);
  }

  /** Gives the terminal back as it was. Safe to call more than once, also while the process exits. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#out.write(LEAVE);
  }
}
