/** A list of rows of one height, seen through a window. Lengths are pixels. */
export interface ListView {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly height: number;
}

/** The rows that are drawn, and the room that the others take. */
export interface VirtualWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

/** Rows beyond what is seen, so that a turn of the wheel shows no hole. */
const MORE = 8;

/**
 * Which rows have to be drawn.
 *
 * Laws: every row that is seen is drawn; drawn rows and the room for the others have the height of all; what is drawn does not grow with the list.
 */
export function virtualWindow({ count, rowHeight, scrollTop, height }: ListView): VirtualWindow {
  const seen = Math.floor(Math.max(0, scrollTop) / rowHeight);
  // Blocks of rows: a scroll by a pixel then changes nothing.
  const first = Math.max(0, Math.min(count, Math.floor((seen - MORE) / MORE) * MORE));
  const end = Math.min(count, Math.max(first, seen + Math.ceil(height / rowHeight) + 1 + MORE));
  return { first, end, before: first * rowHeight, after: (count - end) * rowHeight };
}

/** Where to scroll so that a row is seen wholly; the place as it is when it is seen already. */
export function scrollToRow(view: ListView, row: number): number {
  const top = row * view.rowHeight;
  if (top < view.scrollTop) return top;
  const bottom = top + view.rowHeight;
  return bottom > view.scrollTop + view.height ? bottom - view.height : view.scrollTop;
}
