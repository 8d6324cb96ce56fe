import * as fc from 'fast-check';

/**
 * The few texts that reports are generated of, so that ties and meetings are common: 6 ids, 2 keys, 3 values, times
 * 0..2. The ids are hostile: with `;` and `%`, empty, and one that looks like another's escaped form.
 */
export const tieIds: readonly string[] = Object.freeze(['a', 'b', 'a;b', 'a%3Bb', '%', '']);

/** The keys of generated attributes. */
export const tieKeys: readonly string[] = Object.freeze(['k', 'l']);

/** The values of generated attributes: two share tokens, one is also an id, so that groups and nodes meet. */
export const tieValues: readonly string[] = Object.freeze(['x', 'a', 'x;a']);

/** The names of generated topologies; `made-up` is known to no one. */
export const tieTopologies: readonly string[] = Object.freeze([
  'endpoint',
  'process',
  'container',
  'made-up',
]);

/** One of {@link tieIds}. */
export function ids(): fc.Arbitrary<string> {
  return fc.constantFrom(...tieIds);
}

/** One of {@link tieKeys}. */
export function keys(): fc.Arbitrary<string> {
  return fc.constantFrom(...tieKeys);
}

/** One of {@link tieValues}. */
export function values(): fc.Arbitrary<string> {
  return fc.constantFrom(...tieValues);
}

/** Instants 0..2 in milliseconds, one of them with a fraction. */
export function times(): fc.Arbitrary<number> {
  return fc.constantFrom(0, 1, 1.5, 2);
}

/** Maps of a few entries. */
export function maps<V>(
  key: fc.Arbitrary<string>,
  value: fc.Arbitrary<V>,
  maxLength: number,
): fc.Arbitrary<Map<string, V>> {
  return fc
    .uniqueArray(fc.tuple(key, value), { maxLength, selector: ([k]) => k })
    .map((entries) => new Map(entries));
}

/** Ascending lists of a few different texts; at least one. */
export function sets(value: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return fc.uniqueArray(value, { minLength: 1, maxLength: 3 }).map((texts) => texts.sort());
}

/** Any text at all, hostile ones above all: what a part of an id may be. */
export function hostileTexts(): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .array(fc.constantFrom(';', '%', '%3B', '%25', '3B', 'a', '<', '>'), { maxLength: 5 })
        .map((parts) => parts.join('')),
    },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
}
