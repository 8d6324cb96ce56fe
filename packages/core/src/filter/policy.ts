/**
 * Policies: what a reader must not see is taken out of the report before any plan reads it (semantics.md §4.10), so that
 * nothing leaks by a join, a count, a completion or an export (law D15).
 */
import { RidgelineError } from '../errors.ts';
import type { TopologyName } from '../ids/node-id.ts';
import { type NodeReader, readNode } from '../model/node-reader.ts';
import { type DnsNames, makeReport, type Report, reportTime } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';
import { compileFilter, type FilterEnvironment } from './compile.ts';
import type { FilterExpr } from './expression.ts';
import { findHidden } from './policy-hidden.ts';
import { type Redaction, rewriteTopology } from './policy-rewrite.ts';

/** What readers of a role must not see. */
export interface Policy {
  /** Reported nodes for which a filter holds, and what is reachable only through them. */
  readonly hide: readonly { readonly topology: TopologyName; readonly filter: FilterExpr }[];
  readonly redact: readonly Redaction[];
}

/**
 * One way in which nodes belong to others. A node of `topology` that names owners goes when some of them are hidden and
 * none is left; owners that no one reports count for nothing.
 */
export interface Belonging {
  /** Left out: any topology. */
  readonly topology?: TopologyName;
  readonly to: TopologyName;
  /** What the node calls its owners. */
  readonly owners: (node: NodeReader) => readonly string[];
  /** What an owner is called; default: its id. */
  readonly names?: (node: NodeReader) => readonly string[];
}

/** What a policy must know of topologies, beside the parents that nodes name. */
export interface PolicyRules {
  readonly belongings: readonly Belonging[];
  /** By topology: the addresses of a node, whose DNS names go when no visible node has them. */
  readonly addresses: ReadonlyMap<TopologyName, (node: NodeReader) => readonly string[]>;
  /** By topology: the hosts that a node is, as losses name them. */
  readonly hosts: ReadonlyMap<TopologyName, (node: NodeReader) => readonly string[]>;
}

/** A policy that is ready to be applied. */
export interface CompiledPolicy {
  readonly policy: Policy;
  /** The report without what the policy removes. The same objects for the same objects. */
  rewrite(report: Report): Report;
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
  const rewritten = new WeakMap<Report, Report>();
  let last = new Map<TopologyName, Remembered>();

  const rewrite = (report: Report): Report => {
    const now = reportTime(report);
    const hidden = findHidden(report, rules.belongings, (topology) =>
      tests.flatMap(({ topology: name, test }) => (name === topology.name ? [test(topology, { now })] : [])),
    );
    const ids = [...hidden.ids]
      .map(([name, symbols]) => `${name}:${[...symbols].sort((a, b) => a - b).join()}`)
      .join(';');
    const next = new Map<TopologyName, Remembered>();
    for (const [name, input] of report.topologies) {
      const known = last.get(name);
      next.set(
        name,
        known !== undefined && known.input === input && known.ids === ids
          ? known
          : { input, ids, output: rewriteTopology(input, hidden, policy.redact) },
      );
    }
    last = next;
    const dns = visibleNames(report, hidden.keeps, rules);
    const lost = visibleLosses(report, hidden.keeps, rules);
    const rest = policy.hide.length === 0 ? {} : withoutTraces(report, next);
    // A topology of which no node is left is as one that no one reports.
    const left = [...next.values()].filter(({ output }) => policy.hide.length === 0 || output.size > 0);
    const same =
      left.length === next.size &&
      left.every(({ input, output }) => input === output) &&
      dns === report.dns &&
      lost === report.lost &&
      Object.entries(rest).every(([key, value]) => report[key as keyof typeof rest] === value);
    if (same) return report;
    const topologies = left.map(({ output }) => output);
    return makeReport({ ...report, topologies, dns, lost, ...rest });
  };
  return {
    policy,
    rewrite: (report) => {
      const known = rewritten.get(report);
      if (known !== undefined) return known;
      const result = rewrite(report);
      rewritten.set(report, result);
      return result;
    },
  };
}

/** The report without what a policy removes. */
export function applyPolicy(report: Report, policy: CompiledPolicy): Report {
  return policy.rewrite(report);
}

interface Remembered {
  readonly input: Topology;
  /** The hidden ids, by topology, as a text. */
  readonly ids: string;
  readonly output: Topology;
}

/**
 * What no host can be told of, a count of all hosts or words about them, is not told at all; nor how nodes of a topology
 * look of which none is left.
 */
function withoutTraces(
  report: Report,
  rewritten: ReadonlyMap<TopologyName, Remembered>,
): Pick<Report, 'sampling' | 'issues' | 'templates'> {
  const { sampling, issues, templates } = report;
  const kept = [...templates].filter(([name]) => (rewritten.get(name)?.output.size ?? 0) > 0);
  return {
    sampling: sampling.size === 0 ? sampling : new Map(),
    issues: issues.length === 0 ? issues : [],
    templates: kept.length === templates.size ? templates : new Map(kept),
  };
}

type Keeps = (topology: Topology, row: number) => boolean;

function visibleNames(report: Report, keeps: Keeps, { addresses }: PolicyRules): Report['dns'] {
  const gone = onlyHidden(report, keeps, addresses);
  const kept = [...report.dns].filter(([address]) => !gone.has(address));
  return kept.length === report.dns.size ? report.dns : new Map<string, DnsNames>(kept);
}

function visibleLosses(report: Report, keeps: Keeps, { hosts }: PolicyRules): Report['lost'] {
  const gone = onlyHidden(report, keeps, hosts);
  const kept = report.lost.filter(({ host }) => !gone.has(host));
  return kept.length === report.lost.length ? report.lost : kept;
}

/** What hidden nodes have, and no visible one. */
function onlyHidden(
  report: Report,
  keeps: Keeps,
  readers: ReadonlyMap<TopologyName, (node: NodeReader) => readonly string[]>,
): ReadonlySet<string> {
  const gone = new Set<string>();
  const left = new Set<string>();
  for (const [name, read] of readers) {
    const topology = report.topologies.get(name);
    for (let row = 0; topology !== undefined && row < topology.size; row++) {
      const into = keeps(topology, row) ? left : gone;
      for (const text of read(readNode(topology, row))) into.add(text);
    }
  }
  for (const text of left) gone.delete(text);
  return gone;
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
