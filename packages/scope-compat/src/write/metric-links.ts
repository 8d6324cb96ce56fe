import { type Report, readNode } from '@ridgeline/core';
import { firstPart } from '@ridgeline/vocabulary';
import type { JsonObject } from './json-object.ts';

/** What the queries of a node are made of. */
export interface LinkedNode {
  readonly id: string;
  readonly topology: string;
  readonly label: string;
  /** The latest value of a key. */
  raw(key: string): string | undefined;
}

const CPU = 'docker_cpu_total_usage';
const MEMORY = 'docker_memory_usage';

/** Rows that are added where a node has no such metric but its queries can be asked, in this order. */
const ADDED: readonly (readonly [id: string, label: string])[] = [
  [CPU, 'CPU'],
  [MEMORY, 'Memory'],
];

/**
 * Rows of metrics with links to graphs of a Prometheus user interface (RULES.md §11); rows that the node lacks but that can
 * be asked for are appended without a value.
 *
 * @param metrics - rows of a summary in Scope's shape
 * @param graphUrl - with `:query` in the place of the query, else a notebook's address
 */
export function linkMetrics(
  metrics: readonly JsonObject[],
  node: LinkedNode,
  report: Report,
  graphUrl: string,
): readonly JsonObject[] {
  const queries = queriesOf(node, report);
  if (queries.size === 0) return metrics;
  const linked = metrics.map((row) => {
    const query = queries.get(String(row.id));
    return query === undefined ? row : { ...row, url: graphLink(graphUrl, query) };
  });
  let priority = Math.max(0, ...metrics.map((row) => Number(row.priority ?? 0)));
  for (const [id, label] of ADDED) {
    const query = queries.get(id);
    if (query === undefined || metrics.some((row) => row.id === id)) continue;
    priority++;
    linked.push({
      id,
      label,
      value: 0,
      valueEmpty: true,
      priority,
      samples: null,
      min: 0,
      max: 0,
      url: graphLink(graphUrl, query),
    });
  }
  return linked;
}

function queriesOf(node: LinkedNode, report: Report): ReadonlyMap<string, string> {
  if (node.topology === 'service') return serviceQueries(node, report);
  const selector = selectorOf(node);
  if (selector === undefined) return new Map();
  const seconds = `container_cpu_usage_seconds_total{${selector}}`;
  return new Map([
    [CPU, `sum(rate(${seconds}[1m]))/count(${seconds})*100`],
    [MEMORY, `sum(container_memory_usage_bytes{${selector}})`],
  ]);
}

/** The series of a node's containers, by the labels that cAdvisor gives them. */
function selectorOf(node: LinkedNode): string | undefined {
  const { topology, label } = node;
  const namespace = `namespace="${node.raw('kubernetes_namespace') ?? ''}"`;
  switch (topology) {
    case 'container': {
      const name = node.raw('docker_container_name');
      return name === undefined ? undefined : `name="${name}"`;
    }
    case 'container_image':
      return `image="${label}"`;
    case 'pod':
      return `pod_name="${label}",${namespace}`;
    case 'daemon_set':
      return `pod_name=~"^${label}-[^-]+$",${namespace}`;
    case 'deployment':
    case 'stateful_set':
    case 'cron_job':
      return `pod_name=~"^${label}-[^-]+-[^-]+$",${namespace}`;
    default:
      return undefined;
  }
}

function serviceQueries(node: LinkedNode, report: Report): ReadonlyMap<string, string> {
  const name = deploymentOf(node.id, report) ?? node.label;
  const namespace = node.raw('kubernetes_namespace') ?? '';
  const selector = `image!="",namespace="${namespace}",_weave_pod_name="${name}",job="cadvisor",container_name!="POD"`;
  return new Map([
    [CPU, `sum(rate(container_cpu_usage_seconds_total{${selector}}[5m]))`],
    [MEMORY, `sum(rate(container_memory_usage_bytes{${selector}}[5m]))`],
  ]);
}

/** The name of the only deployment of the first pod (by id) that is of the service and of a deployment. */
function deploymentOf(service: string, report: Report): string | undefined {
  const pods = report.topologies.get('pod');
  const deployments = report.topologies.get('deployment');
  if (pods === undefined) return undefined;
  const candidates = Array.from({ length: pods.size }, (_, row) => readNode(pods, row))
    .filter((pod) => pod.parents('deployment').length > 0)
    .filter((pod) => pod.parents('service').some((id) => id === service))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const [deployment, ...others] = candidates[0]?.parents('deployment') ?? [];
  if (deployment === undefined || others.length > 0) return undefined;
  const row = deployments?.rowOf(deployment);
  const name = row === undefined || deployments === undefined ? undefined : readNode(deployments, row);
  return name?.raw('kubernetes_name') ?? firstPart(deployment);
}

function graphLink(graphUrl: string, query: string): string {
  if (graphUrl.includes(':query')) return graphUrl.replaceAll(':query', () => escapeQuery(query));
  const notebook = JSON.stringify({ cells: [{ queries: [query] }] });
  return `${graphUrl}${graphUrl.endsWith('/') ? '' : '/'}${escapeQuery(notebook)}`;
}

/** As Go's url.QueryEscape does, but for spaces: they are escaped beforehand, and so twice. */
function escapeQuery(text: string): string {
  return encodeURIComponent(text.replaceAll(' ', '%20')).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
