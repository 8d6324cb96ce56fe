import { NONE, type Report, readNode } from '@ridgeline/core';
import {
  detailsToJson,
  printInstant,
  type Redaction,
  redactNode,
  redactReport,
  reportToJson,
  scopeRequest,
  scopeViews,
  topologyListToJson,
  topologyToJson,
  withBuiltInLooks,
} from '@ridgeline/scope-compat';
import type { ServerContext } from '../context.ts';
import type { Outlook } from '../outlook.ts';

type Json = Readonly<Record<string, unknown>>;

/** The query of a request of Scope's API. */
export interface ScopeQuery {
  /** The first value of each; `undefined` when there is no parameter at all. */
  readonly parameters: ReadonlyMap<string, string> | undefined;
  readonly redaction: Redaction;
}

/** Reads the query of a target as it came over the wire. */
export function parseScopeQuery(target: string): ScopeQuery {
  const mark = target.indexOf('?');
  const found = new Map<string, string>();
  if (mark >= 0) {
    for (const [key, value] of new URLSearchParams(target.slice(mark + 1)))
      if (!found.has(key)) found.set(key, value);
  }
  return {
    parameters: found.size === 0 ? undefined : found,
    redaction: {
      commandLines: found.get('hideCommandLineArguments') === 'true',
      environment: found.get('hideEnvironmentVariables') === 'true',
    },
  };
}

/** `GET /api` */
export function answerApi({ epoch, version, hostname, outlook }: ServerContext): Json {
  const plugins = foreignPlugins(outlook.report);
  return {
    id: epoch,
    version,
    hostname: outlook.nameOf(hostname),
    ...(plugins.length === 0 ? {} : { plugins }),
    capabilities: { historic_reports: false },
  };
}

/** The plugins of foreign probes, by id. */
export function foreignPlugins(report: Report): readonly Json[] {
  return [...report.plugins.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ apiVersion, ...plugin }) => ({
      ...plugin,
      ...(apiVersion === undefined ? {} : { api_version: apiVersion }),
    }));
}

/** `GET /api/probes`: the hosts that are reported by a probe that carries out controls. */
export function answerProbes(report: Report): readonly Json[] {
  const hosts = report.topologies.get('host');
  if (hosts === undefined) return [];
  const probes: Json[] = [];
  for (let row = 0; row < hosts.size; row++) {
    const host = readNode(hosts, row);
    const id = host.raw('control_probe_id');
    if (id === undefined) continue;
    probes.push({
      id,
      hostname: host.raw('host_name') ?? '',
      version: host.raw('host_scope_version') ?? '',
      lastSeen: printInstant({ millis: Math.floor(host.seen('control_probe_id') ?? 0), nanos: 0 }),
    });
  }
  return probes.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
}

/** `GET /api/topology` */
export function answerTopologyList(outlook: Outlook, { parameters }: ScopeQuery): readonly Json[] {
  const { context } = outlook;
  return topologyListToJson(outlook.engine.registry.views.values(), context, (view) => {
    const { topology, ledger } = outlook.render(scopeRequest(view, parameters, context));
    return { topology, filtered: ledger.filtered };
  });
}

/** Whether Scope has a view of the name. */
export function isScopeView(outlook: Outlook, name: string): boolean {
  return scopeViews.includes(name) && outlook.engine.registry.views.has(name);
}

/** The nodes of `GET /api/topology/{topology}`, by id. */
export function scopeNodes(outlook: Outlook, name: string, query: ScopeQuery): ReadonlyMap<string, Json> {
  const request = scopeRequest(outlook.view(name), query.parameters, outlook.context);
  const { topology } = outlook.render(request);
  const nodes = topologyToJson(topology, outlook.engine.registry.definitions, outlook.report);
  return new Map([...nodes].map(([id, node]) => [id, redactNode(node, query.redaction)]));
}

/** `GET /api/topology/{topology}/{node}`; `undefined` when there is no such node. */
export function scopeDetails(
  outlook: Outlook,
  name: string,
  id: string,
  query: ScopeQuery,
): Json | undefined {
  const request = scopeRequest(outlook.view(name), query.parameters, outlook.context);
  const node = detailsToJson(name, id, outlook.scopeDetailsScope(request));
  return node === undefined ? undefined : { node: redactNode(node, query.redaction) };
}

/** `GET /api/report` */
export function scopeReport(outlook: Outlook, { redaction }: ScopeQuery): Json {
  const report = redactReport(outlook.report, redaction);
  const { from, to } = report.window;
  return reportToJson({
    report: withBuiltInLooks(report),
    startedAt: NONE,
    windowNanos: Number.isFinite(to) ? (to - from) * 1e6 : 0,
    kind: 'full',
    halfKnown: new Map(),
  });
}
