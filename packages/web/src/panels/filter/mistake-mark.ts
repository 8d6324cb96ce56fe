import type { FilterMistake } from '@ridgeline/client/schema';

/** A text with a marked part: what stands before it and after it, shortened where it is long. */
export interface MarkedText {
  readonly before: string;
  /** Empty for a place between two characters. */
  readonly marked: string;
  readonly after: string;
}

const ELLIPSIS = '…';

/**
 * A filter's text with its mistake marked.
 *
 * @param width - about how many characters have room; the mistake itself is never cut away wholly
 */
export function markMistake(
  text: string,
  { offset, length }: Pick<FilterMistake, 'offset' | 'length'>,
  width: number,
): MarkedText {
  const start = Math.max(0, Math.min(offset, text.length));
  const end = Math.max(start, Math.min(offset + length, text.length));
  const marked = text.slice(start, end);
  const room = Math.max(0, width - marked.length);
  const before = text.slice(0, start);
  const after = text.slice(end);
  // Most mistakes are at the end of what was typed: what comes before tells more.
  const roomAfter = Math.min(after.length, Math.max(Math.floor(room / 3), room - before.length));
  const roomBefore = room - roomAfter;
  return {
    before: before.length > roomBefore ? ELLIPSIS + lastOf(before, roomBefore) : before,
    marked: marked.length > width ? marked.slice(0, width) + ELLIPSIS : marked,
    after: after.length > roomAfter ? after.slice(0, roomAfter) + ELLIPSIS : after,
  };
}

/** The text with the suggestion in the place of the mistake; `undefined` where the suggestion is no text to be typed. */
export function mendMistake(text: string, { offset, length, suggestion }: FilterMistake): string | undefined {
  if (suggestion === undefined || suggestion.includes(ELLIPSIS)) return undefined;
  return text.slice(0, offset) + suggestion + text.slice(offset + length);
}

function lastOf(text: string, length: number): string {
  return length === 0 ? '' : text.slice(-length);
}
