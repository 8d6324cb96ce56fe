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
  const kept = compileSilent(filter, environment, compiled)(input, moment);
  const pseudo = input.symbols.find(PSEUDO);
  if (filter.pseudo === 'exempt' && pseudo !== NONE) {
    for (let row = 0; row < input.size; row++) if (input.kindSymbol(row) === pseudo) kept[row] = 1;
  }
  return restrict(input, kept);
}

function compileSilent(
  filter: SilentFilter,
  environment: FilterEnvironment,
  compiled: SilentFilters,
): CompiledFilter {
  const { keep } = filter;
  if (typeof keep === 'function') {
    return (topology) => {
      const kept = new Uint8Array(topology.size);
      forEachRow('where.keep', topology, (row) => {
        kept[row] = keep(readNode(topology, row)) ? 1 : 0;
      });
      return kept;
    };
  }
  let made = compiled.get(filter);
  if (made === undefined) {
    made = compileFilter(keep, environment);
    compiled.set(filter, made);
  }
  return made;
}
