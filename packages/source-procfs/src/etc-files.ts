/**
 * Reads /etc/passwd (passwd(5)): user names by user id; of two lines with one id the first counts, as for getpwuid(3).
 * Lines that are none are passed over.
 */
export function parseUsers(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':');
    if (name === undefined || name === '' || uid === undefined || !/^\d{1,10}$/.test(uid)) continue;
    if (!names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}

/** The system's name from os-release(5): `PRETTY_NAME`, else `NAME` and `VERSION_ID`, else `undefined`. */
export function parseOsName(text: string): string | undefined {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^([A-Z_0-9]+)=(.*)$/.exec(line.trim());
    if (match !== null) values.set(match[1] as string, unquoted(match[2] as string));
  }
  const pretty = values.get('PRETTY_NAME');
  if (pretty !== undefined && pretty !== '') return pretty;
  const name = values.get('NAME');
  if (name === undefined || name === '') return undefined;
  const version = values.get('VERSION_ID');
  return version === undefined || version === '' ? name : `${name} ${version}`;
}

function unquoted(value: string): string {
  const quote = value[0];
  if (value.length < 2 || (quote !== '"' && quote !== "'") || !value.endsWith(quote)) return value;
  const inner = value.slice(1, -1);
  return quote === '"' ? inner.replace(/\\(["$`\\])/g, '$1') : inner;
}
