import { type Json, step } from './json.ts';

/** One value that is not as expected; `got` is `undefined` when it is missing, `expected` when it is too much. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** How two values are compared. */
export interface CompareOptions {
  /** Paths whose values are not compared (`unstable`, `known_wrong`). */
  readonly skip?: ReadonlySet<string>;
  /** Whether values of a key, wherever it stands, are not compared. */
  readonly ignoreKey?: (key: string, path: string) => boolean;
  /** Whether an empty map, an empty list and null all mean "absent". */
  readonly emptyIsAbsent?: boolean;
  /** Whether the order of a list of things with ids says nothing. */
  readonly orderFree?: (path: string) => boolean;
  /** Whether another value than the expected one is as good: a tie that may go either way. */
  readonly accept?: (path: string, expected: unknown, got: unknown) => boolean;
}

/** As many differences as are looked at to find the shortest. */
const ENOUGH = 200;

/** All differences of two values, up to a reasonable number. */
export function compare(
  expected: unknown,
  got: unknown,
  options: CompareOptions = {},
): readonly Difference[] {
  const differences: Difference[] = [];
  walk(expected, got, '', options, differences);
  return differences;
}

/** The difference that says most with the fewest words. */
export function shortest(differences: readonly Difference[]): Difference | undefined {
  let best: Difference | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const difference of differences) {
    const size = difference.path.length + show(difference.expected).length + show(difference.got).length;
    if (size < least) {
      least = size;
      best = difference;
    }
  }
  return best;
}

/** A value in a line of output. */
export function show(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

/**
 * The elements of a list by what names them: a text by itself, others as `@id`, or `@topologyId|label` for lists of lists;
 * `undefined` when they are not named, or not uniquely.
 */
function namedItems(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const items = new Map<string, unknown>();
  for (const item of list) {
    const name = nameOf(item);
    if (name === undefined || items.has(name)) return undefined;
    items.set(name, item);
  }
  return items;
}

function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (!isMap(item)) return undefined;
  const { id, topologyId, label } = item;
  if (typeof id === 'string' && id !== '') return `@${id}`;
  return typeof topologyId === 'string' && typeof label === 'string' ? `@${topologyId}|${label}` : undefined;
}

/** Calls `take` for each scalar of an expectation that {@link compare} looks at, with a function that replaces it. */
export function eachLeaf(
  expected: Json,
  options: CompareOptions,
  take: (path: string, value: Json, replace: (by: Json) => void) => void,
  path = '',
): void {
  if (options.skip?.has(path)) return;
  if (Array.isArray(expected)) {
    const list = expected as Json[];
    const named = list.length > 0 ? namedItems(list) : undefined;
    const names = named === undefined ? undefined : [...named.keys()];
    list.forEach((item, i) => {
      leaf(item, options, take, path + step(names?.[i] ?? i), (by) => {
        list[i] = by;
      });
    });
    return;
  }
  if (!isMap(expected)) return;
  const map = expected as Record<string, Json>;
  for (const [key, value] of Object.entries(map)) {
    if (options.ignoreKey?.(key, path)) continue;
    leaf(value, options, take, path + step(key), (by) => {
      map[key] = by;
    });
  }
}

function leaf(
  value: Json,
  options: CompareOptions,
  take: (path: string, value: Json, replace: (by: Json) => void) => void,
  path: string,
  replace: (by: Json) => void,
): void {
  if (options.skip?.has(path)) return;
  if (typeof value === 'object' && value !== null) eachLeaf(value, options, take, path);
  else if (value !== null || options.emptyIsAbsent !== true) take(path, value, replace);
}

function walk(
  expected: unknown,
  got: unknown,
  path: string,
  options: CompareOptions,
  differences: Difference[],
): void {
  if (differences.length >= ENOUGH || options.skip?.has(path)) return;
  if (options.emptyIsAbsent === true && isAbsent(expected) && isAbsent(got)) return;
  if (Array.isArray(expected) && Array.isArray(got)) walkLists(expected, got, path, options, differences);
  else if (isMap(expected) && isMap(got)) walkMaps(expected, got, path, options, differences);
  else if (!Object.is(expected, got) && !(expected === 0 && got === 0)) {
    if (options.accept?.(path, expected, got) !== true) differences.push({ path, expected, got });
  }
}

function walkMaps(
  expected: Readonly<Record<string, unknown>>,
  got: Readonly<Record<string, unknown>>,
  path: string,
  options: CompareOptions,
  differences: Difference[],
): void {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    if (options.ignoreKey?.(key, path)) continue;
    walk(expected[key], got[key], path + step(key), options, differences);
  }
}

/** Lists of named things are compared name by name: a missing one is told as such, not as a shift of all others. */
function walkLists(
  expected: readonly unknown[],
  got: readonly unknown[],
  path: string,
  options: CompareOptions,
  differences: Difference[],
): void {
  const wanted = namedItems(expected);
  const found = namedItems(got);
  if (wanted === undefined || found === undefined) {
    for (let i = 0; i < Math.max(expected.length, got.length); i++) {
      walk(expected[i], got[i], path + step(i), options, differences);
    }
    return;
  }
  const before = differences.length;
  for (const name of new Set([...wanted.keys(), ...found.keys()])) {
    walk(wanted.get(name), found.get(name), path + step(name), options, differences);
  }
  if (differences.length > before || options.orderFree?.(path)) return;
  const compared = (items: ReadonlyMap<string, unknown>): string[] =>
    [...items.keys()].filter((name) => !options.skip?.has(path + step(name)));
  const order = compared(wanted);
  const gotOrder = compared(found);
  if (order.some((name, i) => name !== gotOrder[i])) {
    differences.push({ path: `${path} (order)`, expected: order, got: gotOrder });
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && Object.values(value).every(isAbsent);
}
