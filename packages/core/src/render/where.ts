import { forEachRow } from '../errors.ts';
import type { CompiledFilter, FilterEnvironment } from '../filter/compile.ts';
import { compileFilter } from '../filter/compile.ts';
import type { FilterMoment } from '../filter/define-filter.ts';
import type { FilterExpr } from '../filter/expression.ts';
import { PSEUDO } from '../ids/pseudo-id.ts';
import { NONE } from '../ids/symbol-table.ts';
import { type NodeReader, readNode } from '../model/node-reader.ts';
import { restrict } from '../model/restrict.ts';
import type { Topology } from '../model/topology.ts';
import type { RenderContext } from './context.ts';
import type { Plan, WherePlan } from './plan.ts';

/** The filter of a {@link WherePlan}. */
export interface SilentFilter {
  readonly keep: ((node: NodeReader) => boolean) | FilterExpr;
  /** Whether pseudo nodes pass untested; default `exempt`. */
  readonly pseudo: 'exempt' | 'test';
}

/** Keeps the nodes for which a filter holds, and their edges. Inside a plan nothing counts. */
export function where(
  of: Plan,
  keep: ((node: NodeReader) => boolean) | FilterExpr,
  pseudo: 'exempt' | 'test' = 'exempt',
): WherePlan {
  return Object.freeze({ kind: 'where', of, filter: Object.freeze({ keep, pseudo }) });
}

/** Compiled filters of plans, made once for each. */
export type SilentFilters = WeakMap<SilentFilter, CompiledFilter>;

export function evaluateWhere(
  { filter }: WherePlan,
  input: Topology,
  context: RenderContext,
  environment: FilterEnvironment,
  compiled: SilentFilters,
): Topology {
  // Asked only when the filter asks: a result that read the time holds for one report alone.
  const moment: FilterMoment = {
    get now() {
      return context.now;
    },
  };
  const exempt = filter.pseudo === 'exempt' ? pseudoRows(input) : undefined;
  return restrict(input, judgeSilently(filter, input, exempt, moment, environment, compiled));
}

/** One byte a row, 1 for those that stay; exempt rows are not asked about. */
function judgeSilently(
  filter: SilentFilter,
  input: Topology,
  exempt: Uint8Array | undefined,
  moment: FilterMoment,
  environment: FilterEnvironment,
  compiled: SilentFilters,
): Uint8Array {
  const { keep } = filter;
  const kept = exempt ?? new Uint8Array(input.size);
  if (typeof keep === 'function') {
    forEachRow('where.keep', input, (row) => {
      if (kept[row] === 0) kept[row] = keep(readNode(input, row)) ? 1 : 0;
    });
    return kept;
  }
  const holds = compileSilent(filter, keep, environment, compiled)(input, moment);
  for (let row = 0; row < kept.length; row++) if (holds[row] === 1) kept[row] = 1;
  return kept;
}

function pseudoRows(input: Topology): Uint8Array {
  const rows = new Uint8Array(input.size);
  const pseudo = input.symbols.find(PSEUDO);
  if (pseudo === NONE) return rows;
  for (let row = 0; row < rows.length; row++) if (input.kindSymbol(row) === pseudo) rows[row] = 1;
  return rows;
}

function compileSilent(
  filter: SilentFilter,
  keep: FilterExpr,
  environment: FilterEnvironment,
  compiled: SilentFilters,
): CompiledFilter {
  let made = compiled.get(filter);
  if (made === undefined) {
    made = compileFilter(keep, environment);
    compiled.set(filter, made);
  }
  return made;
}
