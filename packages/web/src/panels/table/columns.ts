import type { NodeSummary } from '@ridgeline/core/wire';
import { attributeOrder } from '../words/attribute-value.ts';

/** A column of the table of nodes: nothing of it is known before the nodes are seen. */
export type Column =
  | { readonly key: 'label'; readonly kind: 'label'; readonly label: string }
  | { readonly key: 'connections'; readonly kind: 'connections'; readonly label: string }
  | {
      readonly key: string;
      readonly kind: 'metric';
      readonly id: string;
      readonly label: string;
      readonly format?: string;
      /** What a full bar stands for. */
      readonly max: number;
    }
  | {
      readonly key: string;
      readonly kind: 'metadata';
      readonly id: string;
      readonly label: string;
      readonly dataType?: string;
    };

/** Columns wider than this (in characters) leave no room for the others. */
const LONGEST_LABEL = 36;
const LONGEST_VALUE = 36;

/** How many other nodes a node has an edge to or from, by its id. */
export type Degrees = ReadonlyMap<string, number>;

/**
 * The columns that some nodes fill: the label, metrics, connections, metadata; each kind by ascending priority, then label, as the
 * templates of their topologies say. A column that no node fills is not there.
 */
export function columnsOf(nodes: Iterable<NodeSummary>): readonly Column[] {
  const metrics = new Map<string, Column & { readonly rank: number }>();
  const metadata = new Map<string, Column & { readonly rank: number }>();
  const most = new Map<string, number>();
  for (const node of nodes) {
    for (const { id, label, format, priority = 0, value, max } of node.metrics) {
      most.set(id, Math.max(most.get(id) ?? 0, value, format === 'percent' ? 0 : max));
      if (metrics.has(id)) continue;
      const column = { key: `metric ${id}`, kind: 'metric' as const, id, label, max: 0, rank: priority };
      metrics.set(id, format === undefined ? column : { ...column, format });
    }
    for (const { id, label, dataType, priority = 0 } of node.metadata) {
      if (metadata.has(id)) continue;
      const column = { key: `metadata ${id}`, kind: 'metadata' as const, id, label, rank: priority };
      metadata.set(id, dataType === undefined ? column : { ...column, dataType });
    }
  }
  const scaled = inOrder(metrics.values()).map((column) =>
    column.kind === 'metric' ? { ...column, max: fullBar(column, most.get(column.id) ?? 0) } : column,
  );
  return [
    { key: 'label', kind: 'label', label: 'Name' },
    ...scaled,
    { key: 'connections', kind: 'connections', label: 'Connections' },
    ...inOrder(metadata.values()),
  ];
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

/** A share is of a hundred, but where several processors make it more. */
function fullBar({ format }: { readonly format?: string }, most: number): number {
  return format === 'percent' ? Math.max(100, most) : most;
}

function inOrder(columns: Iterable<Column & { readonly rank: number }>): readonly Column[] {
  return [...columns]
    .sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1))
    .map(({ rank: _rank, ...column }) => column as Column);
}

/** The room that a column wants, in characters: of what the nodes have there, so that it stands still while rows come and go. */
export function columnRoom(column: Column, nodes: Iterable<NodeSummary>): number {
  const least = column.label.length + 3;
  switch (column.kind) {
    case 'metric':
      return Math.max(least, 21);
    case 'connections':
      return least;
    case 'label': {
      let most = least;
      for (const { label, labelMinor } of nodes) most = Math.max(most, label.length + labelMinor.length + 5);
      return Math.min(most, LONGEST_LABEL);
    }
    case 'metadata': {
      // An instant or a span is shown in words, whatever its length is.
      if (column.dataType === 'datetime' || column.dataType === 'duration') return Math.max(least, 14);
      let most = least;
      for (const { metadata } of nodes) {
        most = Math.max(most, metadata.find(({ id }) => id === column.id)?.value.length ?? 0);
      }
      return Math.min(most, LONGEST_VALUE);
    }
  }
}
