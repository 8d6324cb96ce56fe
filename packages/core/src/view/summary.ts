import type { NodeId, TopologyName } from '../ids/node-id.ts';
import { PSEUDO } from '../ids/pseudo-id.ts';
import { type Metric, type NodeReader, readNode } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { Row, Topology } from '../model/topology.ts';
import type { MetadataTemplate, MetricTemplate } from '../model/topology-templates.ts';
import type { Definitions } from './definitions.ts';

/** What is known of a node, as one row of a table. */
export interface MetadataRow {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly priority?: number;
  readonly dataType?: string;
  readonly truncate?: number;
}

/** The newest value of a time series. */
export interface MetricRow {
  readonly id: string;
  readonly label: string;
  /** The newest sample, cut to two decimals; 0 without samples. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly format?: string;
  readonly group?: string;
  readonly priority?: number;
}

/** A node that another belongs to. */
export interface ParentLink {
  readonly id: NodeId;
  readonly label: string;
  readonly topology: TopologyName;
  /** The view that shows it. */
  readonly view: string;
}

/** What a list or a graph needs of a node. */
export interface NodeSummary {
  readonly id: NodeId;
  readonly topology: TopologyName;
  readonly label: string;
  readonly labelMinor: string;
  readonly rank: string;
  readonly shape: string;
  readonly tag?: string;
  readonly stack?: boolean;
  readonly pseudo?: boolean;
  /** By ascending priority, then id. */
  readonly metadata: readonly MetadataRow[];
  /** By ascending priority, then id. */
  readonly metrics: readonly MetricRow[];
  readonly parents: readonly ParentLink[];
  /** The ids of the nodes it has an edge to, ascending. */
  readonly adjacency: readonly NodeId[];
  /** How many connections each edge of `adjacency` stands for, in its order; absent where all are 1. */
  readonly weights?: readonly number[];
}

/** What is said of a node beside its edges. */
export type NodeDescription = Omit<NodeSummary, 'adjacency' | 'weights'>;

/** The shape of a topology that says none. */
const DEFAULT_SHAPE = 'circle';
/** The shape of a topology that nothing defines. */
const UNKNOWN_SHAPE = 'triangle';

/** The summary of a row; `weights` of {@link edgeWeights}, where the picture is drawn. */
export function summarize(
  topology: Topology,
  row: Row,
  definitions: Definitions,
  report: Report,
  weights?: Float64Array,
): NodeSummary {
  return {
    ...describeNode(readNode(topology, row), definitions, report),
    ...edgesOf(topology, row, weights),
  };
}

/** What is said of a node beside its edges. */
export function describeNode(node: NodeReader, definitions: Definitions, report: Report): NodeDescription {
  const described = describesItself(node, definitions);
  const templates = definitions.templates(node.topology, report);
  return {
    ...appearanceOf(node, definitions, report),
    metadata: described ? metadataRows(node, templates.metadata) : [],
    metrics: described ? metricRows(node, templates.metrics) : [],
    parents: parentLinks(node, definitions, report),
  };
}

/** How a node looks, with its shape. */
export function appearanceOf(
  node: NodeReader,
  definitions: Definitions,
  report: Report,
): Pick<
  NodeSummary,
  'id' | 'topology' | 'label' | 'labelMinor' | 'rank' | 'shape' | 'tag' | 'stack' | 'pseudo'
> {
  const templates = definitions.templates(node.topology, report);
  const look = definitions.appearance(node, report);
  const known = definitions.get(node.topology) !== undefined || report.templates.has(node.topology);
  const tag = look.tag ?? templates.tag;
  return {
    id: node.id,
    topology: node.topology,
    label: look.label,
    labelMinor: look.labelMinor,
    rank: look.rank,
    shape: look.shape ?? templates.shape ?? (known ? DEFAULT_SHAPE : UNKNOWN_SHAPE),
    ...(tag === undefined || tag === '' ? {} : { tag }),
    ...(look.stack === true ? { stack: true } : {}),
    ...(node.pseudo ? { pseudo: true } : {}),
  };
}

/** Pseudo nodes, and groups of nodes of their own topology, have no attributes to show. */
export function describesItself(node: NodeReader, definitions: Definitions): boolean {
  const { topology } = node;
  return topology !== PSEUDO && !topology.startsWith('group:') && definitions.get(topology) !== undefined
    ? node.count(topology) === 0
    : topology !== PSEUDO && !topology.startsWith('group:');
}

/** The rows of a node's metadata; a value that is absent has no row, an empty one has. */
export function metadataRows(
  node: NodeReader,
  templates: readonly MetadataTemplate[],
): readonly MetadataRow[] {
  const rows: MetadataRow[] = [];
  for (const { id, label, from, priority, dataType, truncate } of templates) {
    const value = metadataValue(node, id, from);
    if (value === undefined) continue;
    rows.push({
      id,
      label,
      value,
      ...(priority === undefined || priority === 0 ? {} : { priority }),
      ...(dataType === undefined ? {} : { dataType }),
      ...(truncate === undefined || truncate === 0 ? {} : { truncate }),
    });
  }
  return rows.sort(byPriority);
}

function metadataValue(node: NodeReader, id: string, from: MetadataTemplate['from']): string | undefined {
  const latest = (): string | undefined => node.raw(id);
  const sets = (): string | undefined => {
    const values = node.set(id);
    return values.length === 0 ? undefined : values.join(', ');
  };
  const counters = (): string | undefined => {
    const count = node.count(id);
    return count === 0 ? undefined : String(count);
  };
  switch (from) {
    case 'latest':
      return latest();
    case 'sets':
      return sets();
    case 'counters':
      return counters();
    default:
      return latest() ?? sets() ?? counters();
  }
}

/** The rows of a node's time series. */
export function metricRows(node: NodeReader, templates: readonly MetricTemplate[]): readonly MetricRow[] {
  const rows: MetricRow[] = [];
  for (const template of templates) {
    const metric = node.metric(template.id);
    if (metric !== undefined) rows.push(metricRow(template, metric));
  }
  return rows.sort(byPriority);
}

function metricRow({ id, label, format, group, priority }: MetricTemplate, metric: Metric): MetricRow {
  return {
    id,
    label,
    value: Math.trunc((metric.samples.at(-1)?.value ?? 0) * 100) / 100,
    min: metric.min,
    max: metric.max,
    ...(format === undefined ? {} : { format }),
    ...(group === undefined ? {} : { group }),
    ...(priority === undefined || priority === 0 ? {} : { priority }),
  };
}

function byPriority(
  a: { readonly id: string; readonly priority?: number },
  b: { readonly id: string; readonly priority?: number },
): number {
  return (a.priority ?? 0) - (b.priority ?? 0) || (a.id < b.id ? -1 : 1);
}

/** Links to the nodes a node belongs to, in the order in which topologies are defined. */
export function parentLinks(
  node: NodeReader,
  definitions: Definitions,
  report: Report,
): readonly ParentLink[] {
  const links: ParentLink[] = [];
  for (const { name, view } of definitions.list()) {
    if (view === undefined) continue;
    for (const id of node.parents(name)) {
      if (id !== node.id)
        links.push({ id, label: labelOf(name, id, definitions, report), topology: name, view });
    }
  }
  return links;
}

/** The label of a reported node; of one that is not reported, as of a node of which nothing is known. */
function labelOf(topology: TopologyName, id: NodeId, definitions: Definitions, report: Report): string {
  const reported = report.topologies.get(topology);
  const row = reported?.rowOf(id);
  const node = reported !== undefined && row !== undefined ? readNode(reported, row) : bareNode(topology, id);
  return definitions.appearance(node, report).label;
}

/** A node of which nothing is known but its id. */
export function bareNode(topology: TopologyName, id: NodeId): NodeReader {
  return {
    id,
    topology,
    pseudo: topology === PSEUDO,
    degree: 0,
    get: () => undefined,
    raw: () => undefined,
    seen: () => undefined,
    set: () => [],
    metric: () => undefined,
    count: () => 0,
    hasMember: () => false,
    parents: () => [],
    entries: () => [],
  };
}

function edgesOf(
  topology: Topology,
  row: Row,
  weights: Float64Array | undefined,
): Pick<NodeSummary, 'adjacency' | 'weights'> {
  const { start, to } = topology.out;
  const first = start[row] as number;
  const end = start[row + 1] as number;
  if (weights === undefined || weights.subarray(first, end).every((weight) => weight === 1))
    return { adjacency: adjacencyOf(topology, row) };
  const edges: { readonly id: NodeId; readonly weight: number }[] = [];
  for (let e = first; e < end; e++)
    edges.push({ id: topology.idOf(to[e] as number), weight: weights[e] as number });
  edges.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { adjacency: edges.map(({ id }) => id), weights: edges.map(({ weight }) => weight) };
}

/** The ids of the nodes that a row has an edge to, ascending. */
export function adjacencyOf(topology: Topology, row: Row): readonly NodeId[] {
  const { start, to } = topology.out;
  const ids: NodeId[] = [];
  const end = start[row + 1] as number;
  for (let e = start[row] as number; e < end; e++) ids.push(topology.idOf(to[e] as number));
  return ids.sort();
}
