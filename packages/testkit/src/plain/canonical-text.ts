/**
 * A text that is equal for equal data, whatever the order of keys: the ≅ of the laws is equality of these texts.
 *
 * Takes what a report is made of: texts, numbers (infinite ones too, and -0 as 0), booleans, `undefined`, arrays (in
 * order), maps and plain objects (by key). Members that are `undefined` are left out of objects.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'number') return String(value === 0 ? 0 : value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const entries: [unknown, unknown][] =
    value instanceof Map ? [...value] : Object.entries(value).filter(([, member]) => member !== undefined);
  const texts = entries.map(([key, member]) => `${JSON.stringify(String(key))}:${canonicalText(member)}`);
  return `{${texts.sort().join(',')}}`;
}

/** Whether two pieces of data are the same: equal canonical texts. */
export function sameData(a: unknown, b: unknown): boolean {
  return canonicalText(a) === canonicalText(b);
}
