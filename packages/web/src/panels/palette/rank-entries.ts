/** How well a text fits what was typed: the less the better; `undefined`: not at all. */
export function fitOf(text: string, typed: string): number | undefined {
  const hay = text.toLowerCase();
  const needle = typed.trim().toLowerCase();
  if (needle === '') return 0;
  const at = hay.indexOf(needle);
  if (at === 0) return needle.length === hay.length ? 0 : 1;
  if (at > 0) return isWordStart(hay, at) ? 2 : 3;
  // Every word somewhere: `grpc checkout` finds `checkout-grpc`.
  const words = needle.split(/\s+/);
  return words.length > 1 && words.every((word) => hay.includes(word)) ? 4 : undefined;
}

/**
 * The entries that fit what was typed, the best first, equals in the order they are given.
 *
 * @param textOf - what an entry is found by
 * @param most - how many are wanted
 */
export function rankEntries<T>(
  entries: Iterable<T>,
  typed: string,
  textOf: (entry: T) => string,
  most: number,
): readonly T[] {
  const found: { readonly entry: T; readonly fit: number; readonly place: number }[] = [];
  let place = 0;
  for (const entry of entries) {
    const fit = fitOf(textOf(entry), typed);
    if (fit !== undefined) found.push({ entry, fit, place });
    place++;
  }
  return found
    .sort((a, b) => a.fit - b.fit || a.place - b.place)
    .slice(0, most)
    .map(({ entry }) => entry);
}

function isWordStart(text: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ');
}
