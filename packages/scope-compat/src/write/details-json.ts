import {
  type ConnectionRow,
  type DetailsScope,
  findKey,
  isInternet,
  NONE,
  type NodeControl,
  type NodeDetails,
  nodeDetails,
  placeOf,
  type Row,
  type Sym,
  type Topology,
} from '@ridgeline/core';
import { printInstantSym } from '../wire/instant-text.ts';
import type { JsonObject } from './json-object.ts';
import { list, metricToJson, summaryToJson } from './summary-json.ts';

/** The topologies whose nodes Scope lists inside others, in its order; of any other it lists none (a quirk). */
const LISTED: readonly string[] = [
  'pod',
  'ecs_task',
  'container',
  'process',
  'container_image',
  'persistent_volume',
  'persistent_volume_claim',
  'storage_class',
  'volume_snapshot',
  'volume_snapshot_data',
];

/**
 * A node as `GET /api/topology/{view}/{node}` gives it (WIRE.md §3.3).
 *
 * @returns `undefined` when the view has no such node
 */
export function detailsToJson(view: string, id: string, scope: DetailsScope): JsonObject | undefined {
  const details = nodeDetails(id, scope);
  const place = placeOf(id, scope);
  if (details === undefined || place === undefined) return undefined;
  const { topology, row } = place;
  const { metrics: _, ...summary } = summaryToJson(details, details.tables);
  const rows = details.metrics.map((metric) => metricToJson(metric, samplesOf(topology, row, metric.id)));
  return {
    ...summary,
    ...list('metrics', rows),
    controls: details.controls.map(controlToJson),
    ...list('children', childrenToJson(details)),
    connections: [
      connectionsToJson('incoming-connections', 'Inbound', view, details, details.connections.incoming),
      connectionsToJson('outgoing-connections', 'Outbound', view, details, details.connections.outgoing),
    ],
  };
}

/** Samples with their times to the nanosecond, which the columns keep; null for none. */
function samplesOf(topology: Topology, row: Row, metric: string): readonly JsonObject[] | null {
  const { symbols, columns } = topology;
  const at = topology.columnRowOf(row);
  const key = symbols.find(metric);
  if (at === NONE || key === NONE) return null;
  const { start, key: keys, sampleStart, time, value } = columns.metrics;
  const series = findKey(keys, start[at] as number, start[at + 1] as number, key as Sym);
  if (series < 0) return null;
  const samples: JsonObject[] = [];
  const end = sampleStart[series + 1] as number;
  for (let i = sampleStart[series] as number; i < end; i++) {
    samples.push({ date: printInstantSym(symbols, time[i] as number), value: value[i] });
  }
  return samples.length === 0 ? null : samples;
}

function controlToJson({ probeId, node, id, human, icon, confirmation, rank }: NodeControl): JsonObject {
  return {
    probeId,
    nodeId: node,
    id,
    human,
    icon,
    ...(confirmation === undefined ? {} : { confirmation }),
    rank,
  };
}

function childrenToJson(details: NodeDetails): readonly JsonObject[] {
  const place = (topology: string): number =>
    (LISTED.indexOf(topology) + LISTED.length + 1) % (LISTED.length + 1);
  return [...details.children]
    .sort((a, b) => place(a.topology) - place(b.topology))
    .map((children) => ({
      id: '',
      label: children.label,
      topologyId: children.view,
      nodes: LISTED.includes(children.topology)
        ? children.nodes.map((node) => summaryToJson(node, node.tables))
        : null,
      columns: children.columns.map((column) => ({
        id: column.id,
        label: column.label,
        defaultSort: false,
        dataType: column.dataType ?? '',
      })),
    }));
}

function connectionsToJson(
  id: string,
  label: string,
  view: string,
  node: NodeDetails,
  rows: readonly ConnectionRow[],
): JsonObject {
  const remote = { id: 'remote', label: 'Remote', defaultSort: false, dataType: '' };
  return {
    id,
    topologyId: view,
    label,
    columns: [
      ...(isInternet(node.id) ? [remote] : []),
      { id: 'port', label: 'Port', defaultSort: false, dataType: 'number' },
      { id: 'count', label: 'Count', defaultSort: true, dataType: 'number' },
    ],
    connections: rows.map(connectionToJson),
  };
}

function connectionToJson({ id, node, label, labelMinor, remote, port, count }: ConnectionRow): JsonObject {
  const cell = (cellId: string, value: string): JsonObject => ({ id: cellId, label: '', value });
  return {
    id,
    nodeId: node,
    label,
    ...(labelMinor === undefined || labelMinor === '' ? {} : { labelMinor }),
    metadata: [
      ...(remote === undefined ? [] : [cell('remote', remote)]),
      cell('port', port),
      cell('count', String(count)),
    ],
  };
}
