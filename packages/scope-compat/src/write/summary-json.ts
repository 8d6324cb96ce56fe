import {
  type Definitions,
  type MetadataRow,
  type MetricRow,
  type NodeSummary,
  type NodeTable,
  type ParentLink,
  type Report,
  type Row,
  readNode,
  summarize,
  summaryTables,
  type Topology,
} from '@ridgeline/core';
import type { JsonObject } from './json-object.ts';

/** The nodes of a topology as `GET /api/topology/{id}` lists them, by id ascending (WIRE.md §3.2). */
export function topologyToJson(
  topology: Topology,
  definitions: Definitions,
  report: Report,
): ReadonlyMap<string, JsonObject> {
  const rows: Row[] = Array.from({ length: topology.size }, (_, row) => row);
  rows.sort((a, b) => topology.symbols.compare(topology.ids[a] as number, topology.ids[b] as number));
  const nodes = new Map<string, JsonObject>();
  for (const row of rows) {
    const json = nodeToJson(topology, row, definitions, report);
    if (json !== undefined) nodes.set(topology.idOf(row), json);
  }
  return nodes;
}

/** One node as Scope lists it; `undefined` for endpoints, which it never lists. */
export function nodeToJson(
  topology: Topology,
  row: Row,
  definitions: Definitions,
  report: Report,
): JsonObject | undefined {
  if (topology.kindOf(row) === 'endpoint') return undefined;
  const summary = summarize(topology, row, definitions, report);
  return summaryToJson(summary, summaryTables(readNode(topology, row), definitions, report));
}

/** A summary in Scope's form; members that say nothing are left out. */
export function summaryToJson(summary: NodeSummary, tables: readonly NodeTable[]): JsonObject {
  return {
    id: summary.id,
    label: summary.label,
    labelMinor: summary.labelMinor,
    rank: summary.rank,
    shape: summary.shape,
    ...(summary.tag === undefined ? {} : { tag: summary.tag }),
    ...(summary.stack === true ? { stack: true } : {}),
    ...(summary.pseudo === true ? { pseudo: true } : {}),
    ...list('metadata', summary.metadata.map(metadataToJson)),
    ...list('parents', summary.parents.map(parentToJson)),
    ...list(
      'metrics',
      summary.metrics.map((metric) => metricToJson(metric, null)),
    ),
    ...list('tables', tables.map(tableToJson)),
    ...list('adjacency', summary.adjacency),
  };
}

/** A member that is there only when it is not empty. */
export function list(key: string, items: readonly unknown[]): JsonObject {
  return items.length === 0 ? {} : { [key]: items };
}

function metadataToJson(row: MetadataRow): JsonObject {
  return { ...row };
}

function parentToJson({ id, label, view }: ParentLink): JsonObject {
  return { id, label, topologyId: view };
}

/** @param samples - null in lists, where only the newest value is shown */
export function metricToJson(metric: MetricRow, samples: readonly JsonObject[] | null): JsonObject {
  const { id, label, value, min, max, format, group, priority } = metric;
  return {
    id,
    label,
    ...(format === undefined ? {} : { format }),
    ...(group === undefined ? {} : { group }),
    value,
    ...(priority === undefined ? {} : { priority }),
    samples,
    min,
    max,
    url: '',
  };
}

/** In Scope's form the id of a row of a property list is `label_` and its label. */
export function tableToJson({ id, label, type, columns, rows, truncated }: NodeTable): JsonObject {
  return {
    id,
    label,
    type,
    columns: columns.length === 0 ? null : columns.map((column) => ({ dataType: '', ...column })),
    rows: rows.map((row) => (type === 'property-list' ? { ...row, id: `label_${row.id}` } : row)),
    ...(truncated === 0 ? {} : { truncationCount: truncated }),
  };
}
