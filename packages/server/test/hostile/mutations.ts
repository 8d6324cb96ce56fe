import * as fc from 'fast-check';

/** A document with some of its bytes changed, or cut. */
export function mutatedBytes(whole: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.nat(whole.length),
      fc.boolean(),
    )
    .map(([changes, length, isCut]) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      return isCut ? bytes.subarray(0, Math.max(1, length)) : bytes;
    });
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(
    -1,
    1e308,
    2 ** 53,
    0.5,
    '',
    '__proto__',
    'constructor',
    ';',
    '%',
    '\u0000',
    '\ud800',
  ),
);

/** A document in which one value, anywhere, is another one, is gone, or has another name. */
export function mutatedJson(whole: Json): fc.Arbitrary<string> {
  const places = placesIn(whole, []);
  return fc
    .tuple(fc.nat(places.length - 1), strange, fc.constantFrom('replace', 'remove', 'rename'), fc.string())
    .map(([n, value, how, name]) => {
      const copy = structuredClone(whole) as Record<string, unknown>;
      const path = places[n] as readonly string[];
      const last = path.at(-1) as string;
      const holder = path
        .slice(0, -1)
        .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
      if (how === 'rename') holder[name] = holder[last];
      if (how === 'replace') holder[last] = value;
      else delete holder[last];
      return JSON.stringify(copy);
    });
}

function placesIn(value: Json, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
  const inner = Object.entries(value).flatMap(([key, member]) => placesIn(member as Json, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** A WebSocket frame (RFC 6455 §5.2) with whatever a frame may not say. */
export function frames(): fc.Arbitrary<Uint8Array> {
  const length = fc.oneof(
    fc.record({ kind: fc.constant('true' as const) }),
    fc.record({ kind: fc.constant('16' as const), value: fc.nat(0xffff) }),
    fc.record({ kind: fc.constant('64' as const), value: fc.bigInt(0n, 2n ** 64n - 1n) }),
  );
  return fc
    .tuple(fc.nat(255), length, fc.boolean(), fc.uint8Array({ maxLength: 140 }))
    .map(([first, said, isMasked, payload]) => {
      const head = Buffer.alloc(said.kind === '64' ? 10 : said.kind === '16' ? 4 : 2);
      head[0] = first;
      const short = said.kind === '64' ? 127 : said.kind === '16' ? 126 : Math.min(125, payload.length);
      head[1] = (isMasked ? 0x80 : 0) | short;
      if (said.kind === '16') head.writeUInt16BE(said.value, 2);
      if (said.kind === '64') head.writeBigUInt64BE(said.value, 2);
      return Buffer.concat([head, isMasked ? Buffer.from([1, 2, 3, 4]) : Buffer.alloc(0), payload]);
    });
}
