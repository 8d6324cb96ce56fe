import { defineFilter, type FilterDef, type FilterExpr, has, not, oneOf, or } from '@ridgeline/core';
import { containerState } from '@ridgeline/vocabulary';

const state = containerState.field;

/** A container that runs, is about to, or is paused; one of which no state is known runs too (RULES.md §1). */
export const isRunning: FilterExpr = or(not(has(state)), oneOf(state, ['running', 'restarting', 'paused']));

/** Keeps containers that are there to be talked to. */
export const running: FilterDef<Record<string, never>> = defineFilter({
  name: 'running',
  description: 'containers that run, restart or are paused, and whatever has no container state',
  build: () => isRunning,
});

/** The opposite of {@link running}. */
export const stopped: FilterDef<Record<string, never>> = defineFilter({
  name: 'stopped',
  description: 'containers that are stopped, dead or not yet started',
  build: () => not(isRunning),
});
