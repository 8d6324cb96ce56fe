import { canonicalJson } from './canonical-json.ts';

/**
 * 53 bits of hash of a text, equal on every machine and run. Not for secrets: collisions can be made on purpose, so
 * whoever needs identity compares the texts as well.
 *
 * @remarks Two 32-bit lanes, each multiply-and-xor a code unit (FNV-1a with different odd multipliers), mixed with the
 *   32-bit finalizer of MurmurHash3 so that short texts spread too.
 */
export function hashText(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 15);
  }
  return (finish(high ^ text.length) & 0x1fffff) * 0x1_0000_0000 + finish(low ^ high);
}

/** `hashText` of the canonical JSON, as 14 hex digits: short, sortable, usable in ids. */
export function stableHash(value: unknown): string {
  return hashText(canonicalJson(value)).toString(16).padStart(14, '0');
}

function finish(lane: number): number {
  let mixed = lane;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
