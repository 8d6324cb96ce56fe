import {
  asNodeId,
  type DnsNames,
  makeReport,
  NONE,
  NodeColumns,
  type PairColumns,
  type Report,
  type Row,
  readNode,
  reportTime,
  type Sym,
  Topology,
  TopologyBuilder,
} from '@ridgeline/core';
import { replaceTopologies, type ScopeReport } from './wire/scope-report.ts';

/**
 * Brings a report of an older probe up to date (RULES.md §2), before it is merged: pods belong to the deployments of
 * their replica sets, namespaces are made of the nodes in them, DNS names are taken from endpoints.
 */
export function upgradeReport(scope: ScopeReport): ScopeReport {
  const report = upgradeDns(addNamespaces(upgradePods(scope.report)));
  return report === scope.report ? scope : { ...scope, report };
}

/** Replica sets are no parents any more: their deployments take their place. */
function upgradePods(report: Report): Report {
  const replicaSets = report.topologies.get('replica_set');
  const pods = report.topologies.get('pod');
  if (replicaSets === undefined || replicaSets.size === 0 || pods === undefined) return report;
  const { symbols } = report;
  const replicaSet = symbols.intern('replica_set');
  const deployment = symbols.intern('deployment');
  const parents: [row: Row, topology: Sym, id: Sym][] = [];
  let changed = false;
  for (let row = 0; row < pods.size; row++) {
    const { start, key, value } = pods.columns.parents;
    for (let p = start[row] as number; p < (start[row + 1] as number); p++) {
      if (key[p] !== replicaSet) {
        parents.push([row, key[p] as Sym, value[p] as Sym]);
        continue;
      }
      changed = true;
      const at = replicaSets.rowOfSymbol(value[p] as Sym);
      if (at === NONE) continue;
      for (const id of readNode(replicaSets, at).parents('deployment')) {
        parents.push([row, deployment, symbols.intern(id)]);
      }
    }
  }
  return changed ? replaceTopologies(report, [withParents(pods, parents)]) : report;
}

function withParents(topology: Topology, parents: readonly [row: Row, topology: Sym, id: Sym][]): Topology {
  const builder = new TopologyBuilder(topology.name, topology.symbols, 0);
  for (const id of topology.ids) builder.rowOfSymbol(id);
  for (const [row, of, id] of parents) builder.parentSymbol(row, of, id);
  const columns: PairColumns = builder.build().columns.parents;
  const { latest, sets, metrics, rows } = topology.columns;
  return new Topology({
    name: topology.name,
    symbols: topology.symbols,
    ids: topology.ids,
    columns: new NodeColumns(rows, latest, sets, columns, metrics),
    ...(topology.open === undefined ? {} : { open: topology.open }),
  });
}

/** Where the nodes of a namespace are looked for; jobs say theirs too late to count (weaveworks/scope, report.go). */
const NAMESPACED = ['pod', 'service', 'deployment', 'daemon_set', 'stateful_set', 'cron_job'];

function addNamespaces(report: Report): Report {
  if ((report.topologies.get('namespace')?.size ?? 0) > 0) return report;
  const names = new Set<string>();
  for (const name of NAMESPACED) {
    const topology = report.topologies.get(name);
    if (topology === undefined) continue;
    for (let row = 0; row < topology.size; row++) {
      const node = readNode(topology, row);
      const namespace = node.raw('kubernetes_namespace');
      if (namespace === undefined || namespace === '' || node.raw('kubernetes_state') === 'deleted') continue;
      names.add(namespace);
    }
  }
  if (names.size === 0) return report;
  const { symbols } = report;
  const builder = new TopologyBuilder('namespace', symbols, reportTime(report));
  const key = symbols.intern('kubernetes_name');
  for (const name of [...names].sort()) {
    builder.setSymbol(builder.row(asNodeId(`${name};<namespace>`)), key, symbols.intern(name));
  }
  return replaceTopologies(report, [builder.build()]);
}

/** Before there was a table of DNS records, each endpoint had the names of its address. */
function upgradeDns(report: Report): Report {
  const endpoints = report.topologies.get('endpoint');
  if (report.dns.size > 0 || endpoints === undefined) return report;
  const { symbols } = report;
  if (symbols.find('snooped_dns_names') === NONE && symbols.find('reverse_dns_names') === NONE) return report;
  const found = new Map<string, { readonly forward: Set<string>; readonly reverse: Set<string> }>();
  for (let row = 0; row < endpoints.size; row++) {
    const node = readNode(endpoints, row);
    const forward = node.set('snooped_dns_names');
    const reverse = node.set('reverse_dns_names');
    const address = node.id.split(';')[1];
    if (address === undefined || forward.length + reverse.length === 0) continue;
    const known = found.get(address) ?? { forward: new Set(), reverse: new Set() };
    for (const name of forward) known.forward.add(name);
    for (const name of reverse) known.reverse.add(name);
    found.set(address, known);
  }
  if (found.size === 0) return report;
  const dns = new Map<string, DnsNames>();
  for (const [address, names] of found) {
    dns.set(address, { forward: [...names.forward].sort(), reverse: [...names.reverse].sort() });
  }
  return makeReport({ ...report, topologies: report.topologies.values(), dns });
}
