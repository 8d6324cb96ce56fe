/** How many hues themes have. */
export const HUES = 8;

/**
 * Which hue each group has. A group gets the hue that is used least when it is first seen, and keeps it, whatever
 * comes and goes later.
 */
export interface HueBook {
  /** By group key: 0..{@link HUES}−1. */
  readonly hues: ReadonlyMap<string, number>;
}

export const noHues: HueBook = { hues: new Map() };

/**
 * The book with the groups that it does not have yet; the same book when it has them all.
 *
 * @param groups - the largest first: they get hues of their own as long as there are any. `''` (no group) gets none
 */
export function giveHues(
  book: HueBook,
  groups: readonly { readonly key: string; readonly size: number }[],
): HueBook {
  const unknown = groups
    .filter(({ key }) => key !== '' && !book.hues.has(key))
    .sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1));
  if (unknown.length === 0) return book;
  const uses = Array.from({ length: HUES }, () => 0);
  for (const hue of book.hues.values()) uses[hue] = (uses[hue] ?? 0) + 1;
  const hues = new Map(book.hues);
  for (const { key } of unknown) {
    if (hues.has(key)) continue;
    const hue = uses.indexOf(Math.min(...uses));
    hues.set(key, hue);
    uses[hue] = (uses[hue] ?? 0) + 1;
  }
  return { hues };
}

/** The hue of a group; `undefined`: it has none, and is drawn neutral. */
export function hueOf(book: HueBook, group: string): number | undefined {
  return book.hues.get(group);
}

/** The book as text, e.g. for a browser's storage. */
export function writeHues(book: HueBook): string {
  return JSON.stringify([...book.hues]);
}

/** The inverse of {@link writeHues}; whatever else the text is, it gives the hues that can be read from it. */
export function readHues(text: string): HueBook {
  const hues = new Map<string, number>();
  for (const entry of entriesIn(text)) {
    if (!Array.isArray(entry) || entry.length !== 2) continue;
    const [key, hue] = entry as [unknown, unknown];
    if (
      typeof key === 'string' &&
      typeof hue === 'number' &&
      Number.isInteger(hue) &&
      hue >= 0 &&
      hue < HUES
    ) {
      hues.set(key, hue);
    }
  }
  return { hues };
}

function entriesIn(text: string): readonly unknown[] {
  try {
    const entries: unknown = JSON.parse(text);
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}
