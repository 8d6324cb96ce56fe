import type { NodeSummary } from '@ridgeline/core/wire';
import { type Column, type Degrees, sortValue } from './columns.ts';

/** By which column a table is sorted, and which way. */
export interface Sorting {
  readonly key: string;
  readonly isDescending: boolean;
}

/** Names as people order them: `web-2` before `web-10`, whatever the case. One for all: making one costs more than a comparison. */
const collator: Intl.Collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * The nodes in the order of a column. Numbers come before texts; a node without a value comes last, whichever way; equals are
 * ordered by id, ascending, whichever way: so a live table stands still where nothing changed.
 *
 * Law: a permutation of the nodes, the same for every order in which they are given.
 */
export function sortRows(
  nodes: Iterable<NodeSummary>,
  column: Column,
  isDescending: boolean,
  degrees: Degrees,
): readonly NodeSummary[] {
  const rows = [...nodes].map((node) => ({ node, value: sortValue(node, column, degrees) }));
  const sign = isDescending ? -1 : 1;
  rows.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      if (a.value !== b.value) return a.value === undefined ? 1 : -1;
    } else {
      const difference = compareValues(a.value, b.value);
      if (difference !== 0) return difference * sign;
    }
    return a.node.id < b.node.id ? -1 : 1;
  });
  return rows.map(({ node }) => node);
}

/**
 * The nodes in the order that they had, the new ones after them: what is nearly sorted is sorted soon, and of a live table most is.
 */
export function inOldOrder(
  nodes: ReadonlyMap<string, NodeSummary>,
  old: readonly NodeSummary[],
): readonly NodeSummary[] {
  const ordered = new Map<string, NodeSummary>();
  for (const { id } of old) {
    const node = nodes.get(id);
    if (node !== undefined) ordered.set(id, node);
  }
  for (const [id, node] of nodes) ordered.set(id, node);
  return [...ordered.values()];
}

/** What a click on a column's head asks for: another column first the way that tells most, the same one the other way round. */
export function nextSorting(sorting: Sorting, column: Column): Sorting {
  if (sorting.key === column.key) return { key: column.key, isDescending: !sorting.isDescending };
  return { key: column.key, isDescending: column.kind === 'metric' || column.kind === 'connections' };
}

function compareValues(a: number | string, b: number | string): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  return typeof b === 'number' ? 1 : collator.compare(a, b);
}
