import { PSEUDO } from '../ids/pseudo-id.ts';
import type { FilterDef } from './define-filter.ts';
import type { FilterExpr, FilterValue } from './expression.ts';

/**
 * Whether a clause of which nothing else is said tests pseudo nodes (the Internet, known services, what is uncontained)
 * or lets them pass: it tests them if it is about them, and then its opposite is, too, so that `not internet` hides the
 * Internet. About pseudo nodes is what
 * - calls a filter that says so (`pseudo: 'test'`), under `not` and beside others in `or`, too, or
 * - compares `topology` with `pseudo`.
 *
 * It reads the clause, not what pseudo nodes are: a predicate has no say in it, or `not` would flip it (semantics.md §4.3).
 *
 * @param expr - one clause: parts of an `and` at the top are clauses of their own
 * @param filters - the registered ones by name
 */
export function pseudoModeOf(
  expr: FilterExpr,
  filters: ReadonlyMap<string, Pick<FilterDef, 'pseudo'>>,
): 'exempt' | 'test' {
  return isAboutPseudo(expr, filters) ? 'test' : 'exempt';
}

function isAboutPseudo(expr: FilterExpr, filters: ReadonlyMap<string, Pick<FilterDef, 'pseudo'>>): boolean {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return expr.of.some((part) => isAboutPseudo(part, filters));
    case 'not':
      return isAboutPseudo(expr.of, filters);
    case 'call':
      return filters.get(expr.name)?.pseudo === 'test';
    case 'compare':
      return expr.field === 'topology' && isPseudo(expr.value);
    case 'in':
      return expr.field === 'topology' && expr.values.some(isPseudo);
    default:
      return false;
  }
}

function isPseudo(value: FilterValue): boolean {
  return value.kind === 'string' && value.value === PSEUDO;
}
