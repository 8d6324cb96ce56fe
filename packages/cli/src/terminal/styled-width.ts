import { displayWidth, truncate } from './display-width.ts';

const ESCAPE = String.fromCharCode(27);

/** What sets colours (ECMA-48 SGR), the only sequences that lines of ours hold. */
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g');

/** Colours, and the stretches of text between them. */
const PIECES = new RegExp(`${COLOUR.source}|[^${ESCAPE}]+`, 'g');

/** Columns of a text that carries colours. */
export function styledWidth(text: string): number {
  return displayWidth(text.replace(COLOUR, ''));
}

/** As `truncate`, for a text that carries colours; they end where the text is cut. */
export function truncateStyled(text: string, width: number): string {
  if (styledWidth(text) <= width) return text;
  let left = width;
  let kept = '';
  let isColoured = false;
  for (const [piece] of text.matchAll(PIECES)) {
    if (piece.startsWith(ESCAPE)) {
      isColoured = piece !== '\x1b[0m';
      kept += piece;
      continue;
    }
    const pieceWidth = displayWidth(piece);
    // One column stays free for the mark of the cut, unless this piece ends exactly before it.
    if (pieceWidth < left) {
      kept += piece;
      left -= pieceWidth;
      continue;
    }
    kept += pieceWidth === left ? truncate(`${piece} `, left) : truncate(piece, left);
    break;
  }
  return isColoured ? `${kept}\x1b[0m` : kept;
}
