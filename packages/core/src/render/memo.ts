import type { Report } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';
import { holds, type Reading } from './context.ts';
import type { Plan } from './plan.ts';

interface Remembered {
  readonly inputs: readonly Topology[];
  readonly readings: readonly Reading[];
  readonly symbols: unknown;
  readonly output: Topology;
}

/** How many results are kept for one plan: a site's plan is followed with several inputs in one render. */
const KEPT = 8;

/** Results of plans by identity: a few for each plan, the newest first; a plan that nobody holds is forgotten. */
export class Memo {
  readonly #results = new WeakMap<Plan, Remembered[]>();

  /** The remembered result for these inputs and readings, or a new one. A `make` that throws stores nothing. */
  get(
    plan: Plan,
    inputs: readonly Topology[],
    report: Report,
    make: () => { readonly output: Topology; readonly readings: readonly Reading[] },
  ): Topology {
    let results = this.#results.get(plan);
    if (results === undefined) {
      results = [];
      this.#results.set(plan, results);
    }
    const at = results.findIndex(
      (r) =>
        r.symbols === report.symbols &&
        r.inputs.length === inputs.length &&
        r.inputs.every((input, i) => input === inputs[i]) &&
        holds(r.readings, report),
    );
    if (at >= 0) {
      const [found] = results.splice(at, 1) as [Remembered];
      results.unshift(found);
      return found.output;
    }
    const { output, readings } = make();
    results.unshift({ inputs, readings, symbols: report.symbols, output });
    results.length = Math.min(results.length, KEPT);
    return output;
  }
}
