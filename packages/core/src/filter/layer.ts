import { canonicalJson } from '../internal/canonical-json.ts';
import { stableHash } from '../internal/stable-hash.ts';
import type { FilterDef } from './define-filter.ts';
import type { FilterExpr } from './expression.ts';
import { normalize } from './normalize.ts';
import { printFilter } from './print.ts';
import { pseudoModeOf } from './pseudo-mode.ts';

/** Where a clause comes from: an option group's value, a place in the config, the request, the view itself. */
export type Origin =
  | { readonly kind: 'option'; readonly group: string; readonly value: string }
  | { readonly kind: 'config'; readonly path: string }
  | { readonly kind: 'request' }
  | { readonly kind: 'view'; readonly view: string };

/** One condition of a layer; all of them must hold. */
export interface Clause {
  /** The same for equal conditions, whatever their spelling and origin. */
  readonly id: string;
  readonly text: string;
  readonly name?: string;
  /** In normal form. */
  readonly expr: FilterExpr;
  /** Whether pseudo nodes pass untested. Belongs to the clause, or `not` would flip it. */
  readonly pseudo: 'exempt' | 'test';
  readonly from: readonly Origin[];
}

/** What becomes of nodes without an edge to another node, once the clauses have been applied. */
export type OrphanPolicy = 'keep' | 'drop-pseudo' | 'drop';

/** All user filters of one view, folded into one. */
export interface FilterLayer {
  /** Ascending by id. */
  readonly clauses: readonly Clause[];
  readonly orphans: OrphanPolicy;
}

/** A filter that someone asked for, before it is folded. */
export interface ClauseInput {
  readonly expr: FilterExpr;
  /** Left out: each clause that it comes to tests pseudo nodes if it is about them ({@link pseudoModeOf}). */
  readonly pseudo?: 'exempt' | 'test';
  readonly name?: string;
  readonly from: Origin;
}

/** The layer without clauses. */
export function emptyLayer(orphans: OrphanPolicy = 'drop-pseudo'): FilterLayer {
  return { clauses: [], orphans };
}

/**
 * Folds filters into one layer: each is brought to its normal form, a conjunction at its top is split into its
 * parts, and a double (equal normal form, equal `pseudo`) is kept once with all its origins.
 *
 * The result depends on no order (law D16).
 *
 * @param filters - the registered ones by name: they say whether a clause that calls them is about pseudo nodes
 */
export function foldLayer(
  inputs: readonly ClauseInput[],
  orphans: OrphanPolicy = 'drop-pseudo',
  filters: ReadonlyMap<string, Pick<FilterDef, 'pseudo'>> = new Map(),
): FilterLayer {
  const clauses = new Map<string, Clause>();
  for (const { expr, pseudo, name, from } of inputs) {
    const parts = conjuncts(normalize(expr));
    for (const part of parts) {
      // A part of a longer filter is not what its name says.
      const mode = pseudo ?? pseudoModeOf(part, filters);
      const clause = makeClause(part, mode, parts.length === 1 ? name : undefined, from);
      const known = clauses.get(clause.id);
      clauses.set(clause.id, known === undefined ? clause : joinClauses(known, clause));
    }
  }
  return { clauses: [...clauses.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), orphans };
}

/** The parts of a conjunction at the top of a normal form; none for "always". */
function conjuncts(expr: FilterExpr): readonly FilterExpr[] {
  if (expr.kind === 'constant' && expr.value) return [];
  return expr.kind === 'and' ? expr.of : [expr];
}

function makeClause(
  expr: FilterExpr,
  pseudo: 'exempt' | 'test',
  name: string | undefined,
  from: Origin,
): Clause {
  const clause: Clause = {
    id: stableHash({ expr, pseudo }),
    text: printFilter(expr),
    expr,
    pseudo,
    from: [from],
  };
  return name === undefined ? clause : { ...clause, name };
}

function joinClauses(a: Clause, b: Clause): Clause {
  const origins = new Map([...a.from, ...b.from].map((origin) => [canonicalJson(origin), origin]));
  const from = [...origins].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, origin]) => origin);
  const names = [a.name, b.name].filter((name) => name !== undefined).sort();
  const { name: _, ...rest } = a;
  return names[0] === undefined ? { ...rest, from } : { ...rest, name: names[0], from };
}
