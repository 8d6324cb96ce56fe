import { defineFilter, type FilterDef, type OrphanPolicy, test } from '@ridgeline/core';

/**
 * Keeps nodes with an edge to another node.
 *
 * It judges the picture before other filters hide anything, so it can leave nodes without edges; the orphan
 * policy `drop` ({@link hideUnconnected}) is asked last and does not.
 */
export const connected: FilterDef<Record<string, never>> = defineFilter({
  name: 'connected',
  description: 'what has an edge to another node before anything is hidden',
  reads: 'graph',
  build: () => test('degree', '>=', 1),
});

/** "Hide unconnected" is no predicate: hide b in a → b, and a goes too, counted as orphaned (semantics.md §4.5). */
export const hideUnconnected: OrphanPolicy = 'drop';
