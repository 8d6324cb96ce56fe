/** How a line looks. Lines that follow each other with the *same* stroke object are drawn together: share it. */
export interface Stroke {
  readonly colour: string;
  /** In units of the world, as everything here. */
  readonly width: number;
  /** 0..1 */
  readonly alpha: number;
  readonly dash?: readonly number[];
  /** Where in the dash pattern the line begins; grows with time where dashes run. */
  readonly dashOffset?: number;
}

/** What a surface is covered with. */
export interface Fill {
  readonly colour: string;
  /** 0..1 */
  readonly alpha: number;
}

/** What a closed outline is drawn with; one of both at least. */
export interface Ink {
  readonly fill?: Fill;
  readonly stroke?: Stroke;
}

/** A cubic Bézier curve, or a straight line where `isStraight`. */
export interface Curve {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly x3: number;
  readonly y3: number;
  readonly isStraight?: boolean;
}

/** How a text is set. */
export interface Lettering {
  readonly size: number;
  /** 400 regular, 600 strong */
  readonly weight: number;
  readonly colour: string;
  readonly anchor: 'start' | 'middle' | 'end';
  /** The colour of a rim around the letters, which parts them from what is behind. */
  readonly halo?: string;
  readonly alpha: number;
}

/** A thing of the picture: all that is drawn between `begin` and `end`. */
export interface Piece {
  readonly kind: 'box' | 'flow' | 'edge' | 'node';
  /** The node's id, the box's key; for edges and flows both ends, as `from -> to`. */
  readonly id: string;
  /** What a person is told about it who points at it, or cannot see it. */
  readonly title: string;
}

/**
 * What pictures are drawn with. Coordinates are those of the world (y down); what is drawn later lies above.
 *
 * @remarks The backends: {@link CanvasPainter} (page, PNG), {@link SvgPainter} (text), {@link AnsiPainter} (terminals).
 *   A backend may leave out what its surface cannot show.
 */
export interface Painter {
  /** It keeps the names of things; the others need no calls of `begin` and `end`. */
  readonly keepsNames: boolean;
  begin(piece: Piece): void;
  end(): void;
  curve(curve: Curve, stroke: Stroke): void;
  /** A path of SVG's syntax in units of `size`, its origin at (x, y). */
  shape(path: string, x: number, y: number, size: number, ink: Ink): void;
  /** A shape filled from its foot up to `level` (0..1) of its height. */
  level(path: string, x: number, y: number, size: number, level: number, fill: Fill): void;
  /** A triangle with its tip at (x, y), that points along the unit vector (dx, dy). */
  arrow(x: number, y: number, dx: number, dy: number, size: number, fill: Fill): void;
  /** A square with soft corners, of 2 × `reach`, for nodes seen from afar. */
  dot(x: number, y: number, reach: number, fill: Fill): void;
  box(x: number, y: number, width: number, height: number, radius: number, ink: Ink): void;
  /** One line of text, (x, y) on its baseline. */
  text(text: string, x: number, y: number, lettering: Lettering): void;
  /** How wide a text will be, in units of the world. */
  textWidth(text: string, size: number, weight: number): number;
  /**
   * Draws what `draw` draws about (0, 0), moved to (x, y) and as a whole as faint as `alpha`.
   *
   * @param key - the same key, the same drawing: a backend may keep it as a bitmap
   * @param reach - nothing is drawn further than this from the origin, in either direction
   */
  stamp(
    key: string,
    x: number,
    y: number,
    reach: number,
    alpha: number,
    draw: (painter: Painter) => void,
  ): void;
}
