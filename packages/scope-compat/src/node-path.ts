/** What the path of a node's details names. */
export interface NodePath {
  readonly topology: string;
  readonly id: string;
}

const PREFIX = '/api/topology/';

/**
 * The topology and node that a request's target names, as it came over the wire (WIRE.md §3): it is split at `/` before its
 * parts are unescaped, so `%2F` is a slash inside an id, and `+` is a space.
 *
 * @returns `undefined` for any other path, and for a part that is wrongly escaped
 */
export function parseNodePath(target: string): NodePath | undefined {
  const [path = ''] = target.split('?', 1);
  if (!path.startsWith(PREFIX)) return undefined;
  const parts = path.slice(PREFIX.length).split('/').map(unescapeQuery);
  const [topology, id, ...rest] = parts;
  if (topology === undefined || id === undefined || rest.length > 0) return undefined;
  return { topology, id };
}

function unescapeQuery(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Wrongly escaped: such a path names nothing.
    return undefined;
  }
}
