/**
 * A text as it may stand in SVG's text and attributes. What XML 1.0 §2.2 does not allow at all (control characters,
 * halves of surrogate pairs) becomes U+FFFD: names come from outside.
 */
export function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\ufffe\uffff]/gu;

/** A number in few digits: two decimals, none that say nothing. */
export function shortDecimal(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  // Never `-0`, never an exponent: none of the numbers is as large.
  return String(rounded === 0 ? 0 : rounded);
}
