/** The page's letters: what the system has, as no font is fetched. */
export const FONT_FAMILY = 'Inter, ui-sans-serif, system-ui, sans-serif';

/** A font in the syntax of CSS. */
export function fontOf(size: number, weight: number): string {
  return `${weight} ${size}px ${FONT_FAMILY}`;
}

/** Advances in thousandths of the size, of a wide sans-serif (DejaVu Sans), for the characters from U+0020 on. */
const ADVANCES: readonly number[] = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
  636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
  295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
  500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
  392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
/** Bold letters are wider by about this. */
const BOLD = 1.1;
/** Letters of other scripts; ideographs and emoji fill a square. */
const OTHER = 0.66;

/**
 * How wide a text is about, where nothing can measure it: rather too wide than too narrow.
 *
 * @returns in units of `size`
 */
export function estimateWidth(text: string, size: number, weight: number): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const advance = ADVANCES[code - 0x20];
    width += advance === undefined ? (code >= 0x1100 ? 1.05 : OTHER) : advance / 1000;
  }
  return width * size * (weight >= 550 ? BOLD : 1);
}
