import type { NodeSummary } from '@ridgeline/core/wire';
import { attributeOrder } from '../words/attribute-value.ts';

/** A column of the table of nodes: nothing of it is known before the nodes are seen. */
export type Column = ColumnHead &
  (
    | { readonly kind: 'label' | 'connections' }
    | {
        readonly kind: 'metric';
        readonly id: string;
        readonly format?: string;
        /** What a full bar stands for. */
        readonly max: number;
      }
    | { readonly kind: 'metadata'; readonly id: string; readonly dataType?: string }
  );

interface ColumnHead {
  readonly key: string;
  readonly label: string;
  /** The room it wants, in characters: for all of the nodes, so that it stands still while rows come and go. */
  readonly room: number;
}

/** Columns wider than this leave no room for the others. */
const WIDEST = 36;
/** Room for a bar and a figure. */
const ROOM_OF_METRIC = 21;
/** An instant or a span is shown in words, whatever its length is. */
const ROOM_OF_TIME = 14;

/** How many other nodes a node has an edge to or from, by its id. */
export type Degrees = ReadonlyMap<string, number>;

/**
 * The columns that some nodes fill: the label, metrics, connections, metadata; each kind by ascending priority, then label, as the
 * templates of their topologies say. A column that no node fills is not there.
 */
export function columnsOf(nodes: Iterable<NodeSummary>): readonly Column[] {
  const metrics = new Map<string, Found<NodeSummary['metrics'][number]>>();
  const metadata = new Map<string, Found<NodeSummary['metadata'][number]>>();
  let longest = 0;
  for (const { label, labelMinor, metrics: measured, metadata: known } of nodes) {
    // The mark, and a blank between the labels.
    longest = Math.max(longest, label.length + labelMinor.length + 5);
    for (const row of measured)
      see(metrics, row, row.format === 'percent' ? row.value : Math.max(row.value, row.max));
    for (const row of known) see(metadata, row, row.value.length);
  }
  return [
    { key: 'label', kind: 'label', label: 'Name', room: roomFor('Name', longest) },
    ...inOrder(metrics.values()).map(metricColumn),
    { key: 'connections', kind: 'connections', label: 'Connections', room: roomFor('Connections', 0) },
    ...inOrder(metadata.values()).map(metadataColumn),
  ];
}

/** The first row that is seen of a column, and the most of what is in it. */
interface Found<Row> {
  readonly row: Row;
  most: number;
}

function see<Row extends { readonly id: string }>(
  found: Map<string, Found<Row>>,
  row: Row,
  amount: number,
): void {
  const known = found.get(row.id);
  if (known === undefined) found.set(row.id, { row, most: amount });
  else if (amount > known.most) known.most = amount;
}

function metricColumn({ row: { id, label, format }, most }: Found<NodeSummary['metrics'][number]>): Column {
  // A share is of a hundred, but where several processors make it more.
  const max = format === 'percent' ? Math.max(100, most) : most;
  const column = {
    key: `metric ${id}`,
    kind: 'metric' as const,
    id,
    label,
    max,
    room: roomFor(label, ROOM_OF_METRIC),
  };
  return format === undefined ? column : { ...column, format };
}

function metadataColumn({
  row: { id, label, dataType },
  most,
}: Found<NodeSummary['metadata'][number]>): Column {
  const isTime = dataType === 'datetime' || dataType === 'duration';
  const room = roomFor(label, isTime ? ROOM_OF_TIME : most);
  const column = { key: `metadata ${id}`, kind: 'metadata' as const, id, label, room };
  return dataType === undefined ? column : { ...column, dataType };
}

/** Room for what is in a column, and for its label with the arrow of the order. */
function roomFor(label: string, most: number): number {
  return Math.min(WIDEST, Math.max(label.length + 3, most));
}

function inOrder<Row extends { readonly label: string; readonly priority?: number }>(
  found: Iterable<Found<Row>>,
): readonly Found<Row>[] {
  return [...found].sort(
    (a, b) => (a.row.priority ?? 0) - (b.row.priority ?? 0) || (a.row.label < b.row.label ? -1 : 1),
  );
}

/** What a node is sorted by in a column; `undefined`: it has nothing there. */
export function sortValue(node: NodeSummary, column: Column, degrees: Degrees): number | string | undefined {
  switch (column.kind) {
    case 'label':
      return node.label;
    case 'connections':
      return degrees.get(node.id) ?? 0;
    case 'metric':
      return node.metrics.find(({ id }) => id === column.id)?.value;
    case 'metadata': {
      const row = node.metadata.find(({ id }) => id === column.id);
      return row === undefined ? undefined : attributeOrder(row.value, row.dataType);
    }
  }
}

/** Of how many edges each node is an end; an edge to itself counts nothing, as in the filter language. */
export function degreesOf(nodes: Iterable<NodeSummary>): Degrees {
  const peers = new Map<string, Set<string>>();
  const add = (a: string, b: string): void => {
    const known = peers.get(a);
    if (known === undefined) peers.set(a, new Set([b]));
    else known.add(b);
  };
  for (const { id, adjacency } of nodes) {
    for (const other of adjacency) {
      if (other === id) continue;
      add(id, other);
      add(other, id);
    }
  }
  return new Map([...peers].map(([id, others]) => [id, others.size]));
}
