import {
  applyLayer,
  type CompiledLayer,
  FAILS_SEVERAL,
  judge,
  type LayerResult,
  PASSES,
  pruneOrphans,
} from '../filter/apply-layer.ts';
import type { FilterMoment } from '../filter/define-filter.ts';
import { countClause } from '../filter/ledger.ts';
import { type Report, reportTime } from '../model/report.ts';
import { restrict } from '../model/restrict.ts';
import type { Topology } from '../model/topology.ts';
import type { Interpreter, InterpretOptions } from '../render/interpret.ts';
import type { Plan } from '../render/plan.ts';
import type { ViewDef } from '../view/define-view.ts';

/** Renders a view and applies its layer at its site. */
export function renderView(
  view: ViewDef,
  report: Report,
  layer: CompiledLayer,
  interpreter: Interpreter,
  options: InterpretOptions = {},
): LayerResult {
  const moment: FilterMoment = { now: reportTime(report) };
  const whole = interpreter.interpret(view.renderer.plan, report, options);
  const result =
    view.site === undefined || view.site === view.renderer.plan
      ? applyLayer(whole, layer, moment)
      : applyAtSite(view.site, whole, layer, moment, {
          stage: interpreter.interpret(view.site, report, options),
          rest: (site, stage) =>
            interpreter.interpret(view.renderer.plan, report, {
              ...options,
              instead: new Map([[site, stage]]),
            }),
        });
  return { ...result, ledger: { ...result.ledger, lost: report.lost } };
}

/** The stage where clauses act, and the rest of the plan as a function of it. */
interface Site {
  readonly stage: Topology;
  readonly rest: (site: Plan, stage: Topology) => Topology;
}

/**
 * Applies a layer to the nodes of an inner stage and renders the rest of the plan from the survivors: a group
 * lives if any member lives. The orphan prune acts once, on the view's nodes, and the books count those
 * (semantics.md §4.6, law D13).
 */
function applyAtSite(
  site: Plan,
  whole: Topology,
  layer: CompiledLayer,
  moment: FilterMoment,
  { stage, rest }: Site,
): LayerResult {
  const once = testOnce(stage, layer, moment);
  const { solo, rejected } = judge(stage, once, moment);
  const { orphans, clauses } = layer.layer;
  const renderKept = (keeps: (verdict: number) => boolean): Topology => {
    const kept = Uint8Array.from(solo, (verdict) => (keeps(verdict) ? 1 : 0));
    const survivors = restrict(stage, kept);
    return survivors === stage ? whole : rest(site, survivors);
  };
  const filtered = renderKept((verdict) => verdict === PASSES);
  const pruned = pruneOrphans(filtered, orphans);
  const shown = pruned.topology.size;

  // By clause: the members that it alone rejects. Without any, leaving it out changes nothing.
  const solely = new Uint32Array(clauses.length);
  let members = 0;
  for (const verdict of solo) {
    if (verdict === PASSES) members++;
    else if (verdict !== FAILS_SEVERAL) solely[verdict] = (solely[verdict] as number) + 1;
  }
  const counts = clauses.map((clause, c) => {
    const alone = rejected[c] === 0 ? whole : renderAlone(c);
    const without = solely[c] === 0 ? filtered : renderKept((verdict) => verdict === PASSES || verdict === c);
    const shownWithout = without === filtered ? shown : pruneOrphans(without, orphans).topology.size;
    return countClause(clause, whole.size - alone.size, shownWithout - shown, {
      rejected: rejected[c] as number,
      only: solely[c] as number,
    });
  });
  function renderAlone(c: number): Topology {
    const single: CompiledLayer = {
      layer: { clauses: [clauses[c] as (typeof clauses)[number]], orphans },
      tests: [once.tests[c] as CompiledLayer['tests'][number]],
    };
    const kept = Uint8Array.from(judge(stage, single, moment).solo, (verdict) =>
      verdict === PASSES ? 1 : 0,
    );
    return rest(site, restrict(stage, kept));
  }
  return {
    topology: pruned.topology,
    ledger: {
      total: whole.size,
      shown,
      filtered: whole.size - shown,
      orphaned: filtered.size - shown,
      edges: {
        total: pruneOrphans(whole, 'keep').ledger.edges.total,
        shown: pruned.ledger.edges.shown,
      },
      clauses: counts,
      members: { total: stage.size, shown: members, filtered: stage.size - members },
      lost: [],
    },
  };
}

/** The layer with what its tests say of one topology: they are asked together, and each alone. */
function testOnce(topology: Topology, { layer, tests }: CompiledLayer, moment: FilterMoment): CompiledLayer {
  return {
    layer,
    tests: tests.map((test) => {
      const holds = test(topology, moment);
      return () => holds;
    }),
  };
}
