/**
 * Policies: what a reader must not see is taken out of the report before any plan reads it (semantics.md §4.10), so that
 * nothing leaks by a join, a count, a completion or an export (law D15).
 *
 * Where it cannot be told whether a thing has to do with what is hidden alone, it is told only if what is visible accounts for
 * it: whether it is there must not depend on what is hidden.
 */
import { RidgelineError } from '../errors.ts';
import type { TopologyName } from '../ids/node-id.ts';
import { makeReport, type Report, reportTime } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';
import { compileFilter, type FilterEnvironment } from './compile.ts';
import type { FilterExpr } from './expression.ts';
import { HiddenFinder } from './policy-hidden.ts';
import { restOf, visibleWords } from './policy-rest.ts';
import { type Redaction, type Removal, rewriteTopology } from './policy-rewrite.ts';
import type { PolicyRules } from './policy-rules.ts';
import { isSameReport, isSameTopology } from './policy-same.ts';

/** What readers of a role must not see. */
export interface Policy {
  /** Reported nodes (of a topology, or of any) for which a filter holds, and what is reachable only through them. */
  readonly hide: readonly { readonly topology?: TopologyName; readonly filter: FilterExpr }[];
  readonly redact: readonly Redaction[];
}

/** A policy that is ready to be applied. */
export interface CompiledPolicy {
  readonly policy: Policy;
  /** The report without what the policy removes. The same objects for the same objects, and where nothing visible differs. */
  rewrite(report: Report): Report;
  /** Whether a host may be told of, as sources and losses name it; always where the policy can hide none. */
  tellsOfHost(report: Report, host: string): boolean;
}

/**
 * Makes a policy ready. It remembers its last rewriting, so keep one for each role.
 *
 * @throws RidgelineError `UNKNOWN_NAME`, `BAD_OPTIONS` (see {@link compileFilter}), `BAD_DEFINITION` for a filter that
 *   reads the graph: what is hidden would tell on itself by the edges it has
 */
export function compilePolicy(
  policy: Policy,
  environment: FilterEnvironment,
  rules: PolicyRules,
): CompiledPolicy {
  const tests = policy.hide.map(({ topology, filter }) => {
    refuseGraph(filter, environment);
    return { topology, test: compileFilter(filter, environment) };
  });
  const hides = policy.hide.length > 0;
  const finder = new HiddenFinder(rules, ownersToKnow(policy, rules));
  const untold = hides ? (rules.untold ?? []) : [];
  const redactions = [...policy.redact, ...untold.map((one): Redaction => ({ ...one, how: 'remove' }))];
  const hidesHosts = [...rules.hosts.keys()].some((name) => mayHide(policy, name));
  const rewritten = new WeakMap<Report, Report>();
  const prepared = new WeakMap<Topology, Topology>();
  let last = new Map<TopologyName, Topology>();
  let lastReport: Report | undefined;

  const prepare = (report: Report): Report => {
    if (!hides || rules.prepare === undefined) return report;
    const topologies = [...report.topologies.values()].map((topology) => {
      const ready = prepared.get(topology) ?? rules.prepare?.get(topology.name)?.(topology) ?? topology;
      prepared.set(topology, ready);
      return ready;
    });
    const isSame = topologies.every((topology) => report.topologies.get(topology.name) === topology);
    return isSame ? report : makeReport({ ...report, topologies });
  };
  const rewrite = (given: Report): Report => {
    const report = prepare(given);
    const now = reportTime(report);
    const hidden = finder.find(report, (topology) =>
      tests
        .filter(({ topology: name }) => (name ?? topology.name) === topology.name)
        .map(({ test }) => test(topology, { now })),
    );
    const removal: Removal = {
      hidden,
      redactions,
      references: hides ? (rules.references ?? []) : [],
      isVisible: (name, id) => {
        const topology = report.topologies.get(name);
        const row = topology?.rowOf(id);
        return topology !== undefined && row !== undefined && hidden.keeps(topology, row);
      },
    };
    const next = new Map<TopologyName, Topology>();
    for (const [name, input] of report.topologies) {
      const known = last.get(name);
      const made = rewriteTopology(input, removal);
      // What differs in hidden things only is the same object again, and nobody renders anew.
      next.set(name, known !== undefined && isSameTopology(known, made) ? known : made);
    }
    last = next;
    // A topology of which no node is left is as one that no one reports.
    const topologies = [...next.values()].filter(({ size }) => !hides || size > 0);
    // Words about anything may quote what is left out.
    const rest = hides ? restOf(report, topologies, rules, hidesHosts) : { issues: [] };
    const result = makeReport({ ...report, topologies, ...rest });
    const same = [given, lastReport].find((other) => other !== undefined && isSameReport(other, result));
    lastReport = same ?? result;
    return lastReport;
  };
  const rewriteOnce = (report: Report): Report => {
    const known = rewritten.get(report) ?? rewrite(report);
    rewritten.set(report, known);
    return known;
  };
  const hosts = new WeakMap<Report, ReadonlySet<string>>();
  const hostsOf = (report: Report): ReadonlySet<string> => {
    const known = hosts.get(report) ?? visibleWords(report.topologies.values(), rules.hosts);
    hosts.set(report, known);
    return known;
  };
  return {
    policy,
    rewrite: rewriteOnce,
    tellsOfHost: (report, host) => !hidesHosts || hostsOf(rewriteOnce(report)).has(host),
  };
}

/** The report without what a policy removes. */
export function applyPolicy(report: Report, policy: CompiledPolicy): Report {
  return policy.rewrite(report);
}

function mayHide({ hide }: Policy, name: TopologyName): boolean {
  return hide.some(({ topology }) => (topology ?? name) === name);
}

/**
 * The topologies whose nodes a policy hides by what is known of them, and those that belong to such: of what names one that
 * nobody reports it cannot be said whether it is hidden, so it is. What all nodes belong to (hosts) they name themselves.
 */
function ownersToKnow(policy: Policy, { belongings }: PolicyRules): (topology: TopologyName) => boolean {
  const known = new Set(
    belongings.flatMap(({ topology, to }) => [to, ...(topology === undefined ? [] : [topology])]),
  );
  const found = new Set([...known].filter((name) => mayHide(policy, name)));
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { topology, to, isGuess } of belongings)
      if (topology !== undefined && isGuess !== true && found.has(to)) found.add(topology);
  }
  return (topology) => found.has(topology) || mayHide(policy, topology);
}

function refuseGraph(expr: FilterExpr, environment: FilterEnvironment): void {
  if (expr.kind === 'constant') return;
  if (expr.kind === 'not') refuseGraph(expr.of, environment);
  else if (expr.kind === 'and' || expr.kind === 'or') {
    for (const part of expr.of) refuseGraph(part, environment);
  } else {
    const name = expr.kind === 'call' ? expr.name : expr.field;
    const { reads } =
      (expr.kind === 'call' ? environment.filters.get(name) : environment.fields.find(name)?.field) ?? {};
    if (reads !== 'graph') return;
    throw new RidgelineError(
      'BAD_DEFINITION',
      `a policy cannot ask for ${name}: it reads edges, by which hidden nodes would show`,
      { name },
      'ask for what is known of the node itself',
    );
  }
}
