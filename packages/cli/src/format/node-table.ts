import type { MetadataRow, MetricRow, NodeSummary } from '@ridgeline/core';
import { type Cell, type Column, layOutColumns } from '../terminal/columns.ts';
import { describeMetadata, describeMetric, sparkline } from '../terminal/quantities.ts';
import { hueOf, type Style } from '../terminal/style.ts';
import type { Scene } from './picture.ts';

/** How a table of nodes is drawn. */
export interface TableOptions {
  readonly width: number;
  readonly style: Style;
}

/** Samples of a sparkline. */
const SPARK = 20;

/** A table of nodes, in the order given: a heading, then a line for each. */
export function nodeTable(
  nodes: readonly NodeSummary[],
  { snapshot, series }: Scene,
  { width, style }: TableOptions,
): readonly string[] {
  const labels = new Map(snapshot.nodes.map((node) => [node.id, node.label]));
  const columns: Column[] = [
    {
      header: 'NAME',
      rank: 0,
      least: 18,
      most: 40,
      cells: nodes.map((node) => ({ text: `${markOf(node)} ${node.label}`, role: hueOf(node.rank) })),
    },
  ];
  if (nodes.some((node) => node.labelMinor !== '')) {
    columns.push({
      header: 'WHERE',
      rank: 3,
      least: 10,
      most: 32,
      cells: nodes.map((node) => ({ text: node.labelMinor, role: 'muted' })),
    });
  }
  columns.push(...metricColumns(nodes, series));
  columns.push({
    header: 'TALKS TO',
    rank: 1,
    least: 18,
    most: 60,
    cells: nodes.map((node) => ({ text: targetsOf(node, labels), role: 'strong' as const })),
  });
  columns.push(...metadataColumns(nodes, snapshot.at));
  return layOutColumns(columns, width, style);
}

/** Pseudo nodes are not things that a source has seen. */
function markOf({ pseudo, shape }: NodeSummary): string {
  return pseudo === true ? (shape === 'cloud' ? '☁' : '◌') : '▪';
}

/** The labels of what a node talks to, each once; several of one label with their number. */
function targetsOf(node: NodeSummary, labels: ReadonlyMap<string, string>): string {
  const counts = new Map<string, number>();
  for (const to of node.adjacency) {
    const label = labels.get(to) ?? to;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => (count === 1 ? label : `${label} ×${count}`)).join(', ');
}

function metricColumns(nodes: readonly NodeSummary[], series: Scene['series']): readonly Column[] {
  const columns: Column[] = [];
  for (const [index, { id, label }] of columnsOf<MetricRow>(nodes, 'metrics').entries()) {
    const rows = nodes.map((node) => node.metrics.find((row) => row.id === id));
    const values: Cell[] = rows.map((row) => ({ text: row === undefined ? '' : describeMetric(row) }));
    columns.push({ header: label.toUpperCase(), align: 'right', rank: 2 + index, cells: values });
    if (index > 0) continue;
    // One scale for all rows: they are there to be compared.
    const samples = nodes.map((node) => series(node.id, id).slice(-SPARK));
    const most = Math.max(0, ...samples.flat());
    const sparks = samples.map((values) => sparkline(values, most, SPARK));
    if (sparks.every((spark) => spark === '')) continue;
    const cells = nodes.map((node, i): Cell => ({ text: sparks[i] ?? '', role: hueOf(node.rank) }));
    columns.push({ header: 'LATELY', rank: 6, cells });
  }
  return columns;
}

function metadataColumns(nodes: readonly NodeSummary[], now: number): readonly Column[] {
  return columnsOf<MetadataRow>(nodes, 'metadata').map(({ id, label, dataType }, index) => ({
    header: label.toUpperCase(),
    align: dataType === 'number' ? ('right' as const) : ('left' as const),
    rank: 10 + index,
    ...(dataType === 'number' ? {} : { least: 24, most: 60 }),
    cells: nodes.map((node): Cell => {
      const row = node.metadata.find((candidate) => candidate.id === id);
      return { text: row === undefined ? '' : describeMetadata(row, now), role: 'muted' };
    }),
  }));
}

/** The rows that any node has, each once, by ascending priority as the nodes have them. */
function columnsOf<Row extends MetadataRow | MetricRow>(
  nodes: readonly NodeSummary[],
  kind: 'metadata' | 'metrics',
): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const node of nodes)
    for (const row of node[kind] as readonly unknown[] as readonly Row[]) rows.set(row.id, row);
  return [...rows.values()].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0) || (a.id < b.id ? -1 : 1));
}
