/** The value at a path of {@link compare}; `undefined` when there is none. */
export function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const escaped of path.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}
