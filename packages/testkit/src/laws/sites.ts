/** Laws D9 and D13: layers of views, at the top and at an inner site. */
import {
  type Clause,
  compileLayer,
  defineRenderer,
  defineView,
  type FilterEnvironment,
  type FilterLayer,
  Interpreter,
  type LayerResult,
  type Plan,
  pruneOrphans,
  type Report,
  renderView,
  SymbolTable,
  select,
} from '@ridgeline/core';
import { keeps } from '../oracle/layer-oracle.ts';
import { buildReport } from '../plain/build-report.ts';
import { sameData } from '../plain/canonical-text.ts';
import { describeReport } from '../plain/describe-report.ts';
import { describeGraph } from '../plain/plain-graph.ts';
import { sameTopology } from '../plain/same.ts';

/** D9: no clause and orphans kept is the identity, but for the edge from the incoming to the outgoing Internet. */
export function isSilentInside(environment: FilterEnvironment, plan: Plan, report: Report): boolean {
  const { topology, ledger } = show(environment, plan, undefined, report, { clauses: [], orphans: 'keep' });
  const whole = new Interpreter(environment).interpret(plan, report);
  return (
    ledger.filtered === 0 &&
    ledger.orphaned === 0 &&
    ledger.total === whole.size &&
    sameTopology(topology, pruneOrphans(whole, 'keep').topology) &&
    sameData([...describeGraph(topology).nodes.keys()].sort(), [...describeGraph(whole).nodes.keys()].sort())
  );
}

/**
 * D13: a layer at an inner site ≅ filter the members, render the rest of the plan, prune once; and the ledger counts
 * groups, `members` the site. Here the site is a reported topology, so filtering it is taking nodes out of the report.
 *
 * @param planOf - the rest of the plan, over the site
 */
export function actsAtTheSite(
  environment: FilterEnvironment,
  planOf: (site: Plan) => Plan,
  siteTopology: string,
  report: Report,
  layer: FilterLayer,
): boolean {
  const site = select(siteTopology);
  const plan = planOf(site);
  const { topology, ledger } = show(environment, plan, site, report, layer);
  const stage = describeGraph(new Interpreter(environment).interpret(site, report));
  const keptBy = (clauses: readonly Clause[]): ((id: string) => boolean) => {
    const kept = new Set(
      [...stage.nodes.keys()].filter((id) => clauses.every((clause) => keeps(clause, stage, id))),
    );
    return (id) => kept.has(id);
  };
  const rendered = (clauses: readonly Clause[]) =>
    new Interpreter(environment).interpret(plan, without(report, siteTopology, keptBy(clauses)));
  const shown = (clauses: readonly Clause[]) => pruneOrphans(rendered(clauses), layer.orphans).topology;
  const members = (clauses: readonly Clause[]): number =>
    [...stage.nodes.keys()].filter(keptBy(clauses)).length;

  const { clauses } = layer;
  const result = shown(clauses);
  const total = rendered([]).size;
  return (
    sameTopology(topology, result) &&
    sameData(
      {
        ...ledger,
        edges: ledger.edges.shown,
        clauses: ledger.clauses.map(({ id, rejected, only, members: m }) => ({ id, rejected, only, m })),
      },
      {
        total,
        shown: result.size,
        filtered: total - result.size,
        orphaned: rendered(clauses).size - result.size,
        edges: result.out.to.length,
        clauses: clauses.map((clause) => {
          const others = clauses.filter((other) => other !== clause);
          return {
            id: clause.id,
            rejected: total - rendered([clause]).size,
            only: shown(others).size - result.size,
            m: {
              rejected: stage.nodes.size - members([clause]),
              only: members(others) - members(clauses),
            },
          };
        }),
        members: {
          total: stage.nodes.size,
          shown: members(clauses),
          filtered: stage.nodes.size - members(clauses),
        },
        lost: report.lost,
      },
    )
  );
}

function show(
  environment: FilterEnvironment,
  plan: Plan,
  site: Plan | undefined,
  report: Report,
  layer: FilterLayer,
): LayerResult {
  const renderer = defineRenderer({ name: 'shown', plan });
  const view = defineView({
    name: 'shown',
    label: 'Shown',
    renderer,
    ...(site === undefined ? {} : { site }),
  });
  return renderView(view, report, compileLayer(layer, environment), new Interpreter(environment));
}

function without(report: Report, topology: string, kept: (id: string) => boolean): Report {
  const plain = describeReport(report);
  const nodes = new Map([...(plain.topologies.get(topology) ?? [])].filter(([id]) => kept(id)));
  return buildReport(
    { ...plain, topologies: new Map([...plain.topologies, [topology, nodes]]) },
    new SymbolTable(),
  );
}
