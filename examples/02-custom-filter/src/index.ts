import { defineFilter, definePlugin, type FilterDef } from '@ridgeline/core';
import { containerCreated } from '@ridgeline/vocabulary';
import * as z from 'zod';

const HOUR_MILLIS = 3_600_000;

/**
 * Keeps containers that were made longer ago than some hours: `older-than(24)`.
 *
 * Its options are checked once, where the filter is read; the predicate closes over what comes of them. `moment.now` is the time
 * of the report, not of the clock: a recording shows tomorrow what it shows today.
 */
export const olderThan: FilterDef<{ hours: number }> = defineFilter({
  name: 'older-than',
  description: 'containers that were made longer ago than some hours: older-than(24)',
  parameters: [{ name: 'hours', required: true }],
  options: z.object({ hours: z.number().positive() }),
  build:
    ({ hours }) =>
    (node, moment) => {
      const created = node.get(containerCreated);
      // What is not known is not old: an attribute that is missing makes a test false.
      return created !== undefined && moment.now - created > hours * HOUR_MILLIS;
    },
});

/**
 * Keeps what at least so many others are connected to: `busy(3)`. It reads edges and says so: another filter in the layer
 * may take edges away, so a second pass may hide more (law D5 is not asked of it).
 */
export const busy: FilterDef<{ neighbours: number }> = defineFilter({
  name: 'busy',
  description: 'what has at least so many neighbours: busy(3)',
  parameters: [{ name: 'neighbours', required: true }],
  options: z.object({ neighbours: z.number().int().positive() }),
  reads: 'graph',
  build:
    ({ neighbours }) =>
    (node) =>
      node.degree >= neighbours,
});

/** Both, as a plugin for a config: `plugins: ['ridgeline-example-02-custom-filter']`. */
export const ageFilters = definePlugin({
  name: 'age-filters',
  contribute: () => ({ filters: [olderThan, busy] }),
});
