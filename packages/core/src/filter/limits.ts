import { type FilterExpr, filterLimits } from './expression.ts';
import type { FilterProblem } from './filter-error.ts';
import { printFilter } from './print.ts';

/**
 * Why a normal form goes beyond `filterLimits`, if it does. Checked wherever a user's filter enters, so that what was
 * accepted in one form can be spelt in, and read back from, every other.
 */
export function checkLimits(normal: FilterExpr): FilterProblem | undefined {
  if (levelsOf(normal) > filterLimits.levels) return tooDeep();
  return printFilter(normal).length > filterLimits.textLength ? tooLong() : undefined;
}

/** The problem of a filter nested too deep. */
export function tooDeep(): FilterProblem {
  return { code: 'too-deep', message: 'the filter is nested too deep' };
}

/** The problem of a filter that is too long as text. */
export function tooLong(): FilterProblem {
  return { code: 'too-long', message: `the filter is longer than ${filterLimits.textLength} characters` };
}

function levelsOf(expr: FilterExpr): number {
  if (expr.kind !== 'and' && expr.kind !== 'or') return 0;
  return 1 + expr.of.reduce((most, part) => Math.max(most, levelsOf(part)), 0);
}
