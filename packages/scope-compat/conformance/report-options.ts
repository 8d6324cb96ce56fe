import { topologyOfKey } from '@ridgeline/scope-compat';
import type { CompareOptions } from './compare.ts';

/** How reports are compared: absent and empty sections are the same, some fields at the top say nothing. */
export function reportOptions(spec: {
  readonly ignore: readonly string[];
  readonly skip?: readonly string[];
  readonly accept?: NonNullable<CompareOptions['accept']>;
}): CompareOptions {
  const ignored = new Set(spec.ignore);
  return {
    skip: new Set(spec.skip ?? []),
    ignoreKey: (key, path) => path === '' && ignored.has(key),
    emptyIsAbsent: true,
    orderFree: (path) => path === '/Plugins',
    accept: (path, expected, got) =>
      isFilledTopology(path, expected, got) || (spec.accept?.(path, expected, got) ?? false),
  };
}

/** A node that says its id but no topology is of the topology of its map (RULES.md §2, the repaired rule of dropping). */
function isFilledTopology(path: string, expected: unknown, got: unknown): boolean {
  const match = /^\/([^/]+)\/nodes\/[^/]+\/topology$/.exec(path);
  return match !== null && expected === undefined && got === topologyOfKey(match[1] as string);
}
