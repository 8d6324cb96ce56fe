import type { Box, Lettering, Painter, Piece } from '@ridgeline/diagram';

/** What was drawn of a thing. */
export interface Recorded extends Piece {
  /** The calls between `begin` and `end`, by name. */
  readonly calls: readonly string[];
  /** The middles of its stamps and dots. */
  readonly at: readonly (readonly [number, number])[];
}

/** A painter that only notes what it is asked for. */
export class RecordingPainter implements Painter {
  readonly keepsNames = true;
  readonly pieces: Recorded[] = [];
  /** What was written, and the room that it takes. */
  readonly texts: { readonly text: string; readonly room: Box }[] = [];
  #open: { piece: Piece; calls: string[]; at: [number, number][] } | undefined;

  begin(piece: Piece): void {
    if (this.#open !== undefined) throw new Error('a piece begins inside of another');
    this.#open = { piece, calls: [], at: [] };
  }

  end(): void {
    if (this.#open === undefined) throw new Error('no piece to end');
    const { piece, calls, at } = this.#open;
    this.pieces.push({ ...piece, calls, at });
    this.#open = undefined;
  }

  curve(): void {
    this.#note('curve');
  }

  shape(): void {
    this.#note('shape');
  }

  level(): void {
    this.#note('level');
  }

  arrow(): void {
    this.#note('arrow');
  }

  dot(x: number, y: number): void {
    this.#note('dot');
    this.#open?.at.push([x, y]);
  }

  box(): void {
    this.#note('box');
  }

  text(text: string, x: number, y: number, { size, anchor }: Lettering): void {
    this.#note('text');
    const width = this.textWidth(text, size);
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    // From the height of capitals to what hangs below the line, about.
    this.texts.push({ text, room: { x: left, y: y - size * 0.75, width, height: size * 0.95 } });
  }

  textWidth(text: string, size: number): number {
    return text.length * size * 0.6;
  }

  stamp(
    key: string,
    x: number,
    y: number,
    _reach: number,
    _alpha: number,
    draw: (painter: Painter) => void,
  ): void {
    this.#note(`stamp ${key}`);
    this.#open?.at.push([x, y]);
    draw(this);
  }

  #note(call: string): void {
    this.#open?.calls.push(call);
  }
}
