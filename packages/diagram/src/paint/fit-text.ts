import type { Painter } from './painter.ts';

/**
 * A text cut to a width, with `…` where something is left out.
 *
 * @returns `''` where not even two letters and `…` have room: such a rest says nothing
 */
export function fitText(painter: Painter, text: string, size: number, weight: number, width: number): string {
  if (painter.textWidth(text, size, weight) <= width) return text;
  const letters = Array.from(text);
  // Halving: as few measures as can be.
  let [least, most] = [0, letters.length];
  while (least < most) {
    const count = Math.ceil((least + most) / 2);
    if (painter.textWidth(`${letters.slice(0, count).join('')}…`, size, weight) <= width) least = count;
    else most = count - 1;
  }
  return least < 2 ? '' : `${letters.slice(0, least).join('').trimEnd()}…`;
}

/** A number in few letters: `940`, `1.2k`, `35k`, `2.1M`. */
export function shortNumber(value: number): string {
  const [unit, name] = value >= 999_500 ? [1e6, 'M'] : value >= 1000 ? [1e3, 'k'] : [1, ''];
  const scaled = value / unit;
  return `${unit > 1 && scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)}${name}`;
}
