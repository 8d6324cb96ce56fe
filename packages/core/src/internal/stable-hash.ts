/**
 * JSON text that is equal for equal data: object keys sorted by code unit, `undefined` properties left out, -0 as 0.
 *
 * @param value - plain data: null, booleans, finite numbers, strings, arrays, objects of those
 * @throws TypeError for what JSON cannot say (NaN, bigint, functions, an `undefined` element): a programmer's mistake
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} is no JSON number`);
      return JSON.stringify(value === 0 ? 0 : value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${value.map(canonicalJson).join(',')}]` : canonicalObject(value);
    default:
      throw new TypeError(`canonicalJson: a ${typeof value} is no JSON`);
  }
}

function canonicalObject(value: object): string {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
}

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
