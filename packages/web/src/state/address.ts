/** What is selected in a picture. */
export type Selection =
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'edge'; readonly from: string; readonly to: string }
  | { readonly kind: 'group'; readonly key: string }
  /** All edges from the nodes of one group to those of another; ends are keys of groups. */
  | { readonly kind: 'flow'; readonly from: string; readonly to: string };

/** A place of the picture, in its own pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What becomes of nodes without a connection. */
export type OrphanPolicy = 'keep' | 'drop-pseudo' | 'drop';

/** All that a link carries: whoever opens it sees the same picture. */
export interface Address {
  readonly view: string;
  /** Filters as text; all must hold. */
  readonly filters: readonly string[];
  /** The chosen values by option group; a group that is not here has its default. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly orphans: OrphanPolicy | undefined;
  /** The defaults of option groups and the config's filters are left out. */
  readonly raw: boolean;
  readonly selection: Selection | undefined;
  readonly search: string;
  readonly metric: string | undefined;
  readonly grouping: string | undefined;
  readonly collapsed: ReadonlySet<string>;
  readonly mode: 'graph' | 'table';
  /** Where nodes were put by hand, by id. */
  readonly pins: ReadonlyMap<string, Point>;
}

const POLICIES: readonly string[] = ['keep', 'drop-pseudo', 'drop'];

/** An address with nothing chosen. `view` is empty: the first view that has anything in it. */
export const PLAIN_ADDRESS: Address = Object.freeze({
  view: '',
  filters: [],
  options: {},
  orphans: undefined,
  raw: false,
  selection: undefined,
  search: '',
  metric: undefined,
  grouping: undefined,
  collapsed: new Set<string>(),
  mode: 'graph' as const,
  pins: new Map<string, Point>(),
});

/**
 * The fragment of a link: `#/processes?filter=name%20~%20%22nginx%22&node=host;42`.
 *
 * It is the fragment and not the query because it never leaves the browser: no log of a server has it, and no limit of a
 * header cuts it. Law: `readAddress(writeAddress(a))` equals `a` but for pins, which are rounded to whole pixels.
 */
export function writeAddress(address: Address): string {
  const query = new URLSearchParams();
  for (const filter of address.filters) query.append('filter', filter);
  for (const [group, values] of Object.entries(address.options)) {
    for (const value of values) query.append('option', `${group}=${value}`);
    // All values taken away is not the same as the default; the API writes it so, too.
    if (values.length === 0) query.append('option', `${group}=`);
  }
  if (address.orphans !== undefined) query.set('orphans', address.orphans);
  if (address.raw) query.set('raw', 'true');
  switch (address.selection?.kind) {
    case 'node':
      query.set('node', address.selection.id);
      break;
    case 'edge':
      query.append('edge', address.selection.from);
      query.append('edge', address.selection.to);
      break;
    case 'group':
      query.set('group', address.selection.key);
      break;
    case 'flow':
      query.append('flow', address.selection.from);
      query.append('flow', address.selection.to);
      break;
  }
  if (address.search !== '') query.set('search', address.search);
  if (address.metric !== undefined) query.set('metric', address.metric);
  if (address.grouping !== undefined) query.set('by', address.grouping);
  for (const key of address.collapsed) query.append('folded', key);
  if (address.mode === 'table') query.set('mode', 'table');
  for (const [id, { x, y }] of address.pins) query.append('pin', `${Math.round(x)},${Math.round(y)},${id}`);
  // What a fragment may hold as it is (RFC 3986 §3.5) is left as it is: people read links.
  const text = query.toString().replace(/%(3B|2C|3A|2F|40)/g, (code) => decodeURIComponent(code));
  return `#/${encodeURIComponent(address.view)}${text === '' ? '' : `?${text}`}`;
}

/** Reads what {@link writeAddress} writes; what it does not understand is left out. */
export function readAddress(fragment: string): Address {
  const [path = '', ...rest] = fragment.replace(/^#?\/?/, '').split('?');
  const query = new URLSearchParams(rest.join('?'));
  const orphans = query.get('orphans');
  return {
    view: decode(path),
    filters: query.getAll('filter'),
    options: readOptions(query.getAll('option')),
    orphans: orphans !== null && POLICIES.includes(orphans) ? (orphans as OrphanPolicy) : undefined,
    raw: query.get('raw') === 'true',
    selection: readSelection(query),
    search: query.get('search') ?? '',
    metric: query.get('metric') ?? undefined,
    grouping: query.get('by') ?? undefined,
    collapsed: new Set(query.getAll('folded')),
    mode: query.get('mode') === 'table' ? 'table' : 'graph',
    pins: new Map(query.getAll('pin').flatMap(readPin)),
  };
}

function readOptions(pairs: readonly string[]): Address['options'] {
  const options = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at <= 0) continue;
    const group = pair.slice(0, at);
    const value = pair.slice(at + 1);
    options.set(group, [...(options.get(group) ?? []), ...(value === '' ? [] : [value])]);
  }
  return Object.fromEntries(options);
}

function readSelection(query: URLSearchParams): Selection | undefined {
  const id = query.get('node');
  if (id !== null) return { kind: 'node', id };
  for (const kind of ['edge', 'flow'] as const) {
    const [from, to] = query.getAll(kind);
    if (from !== undefined && to !== undefined) return { kind, from, to };
  }
  const key = query.get('group');
  return key === null ? undefined : { kind: 'group', key };
}

function readPin(text: string): (readonly [string, Point])[] {
  const match = /^(-?\d+),(-?\d+),(.+)$/s.exec(text);
  const [, x, y, id] = match ?? [];
  return x === undefined || y === undefined || id === undefined ? [] : [[id, { x: Number(x), y: Number(y) }]];
}

/** A part of a path as text; one that is escaped wrongly stands for itself. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
