import type { NodeId, NodeSummary, Snapshot, SourceStatus } from '@ridgeline/core';
import { readNode } from '@ridgeline/core';
import { pictureOf } from '@ridgeline/core/live';
import { type SnapshotJson, snapshotJson } from '@ridgeline/core/wire';

/** Everything that is drawn: a picture and, beside it, the time series of its nodes. */
export interface Scene {
  readonly snapshot: SnapshotJson;
  /** The samples of a node's metric, oldest first. */
  readonly series: (id: NodeId, metric: string) => readonly number[];
}

/** What can be drawn of a snapshot. */
export function sceneOf(snapshot: Snapshot, sources: readonly SourceStatus[], seq: number): Scene {
  const { topology } = snapshot;
  return {
    snapshot: snapshotJson(pictureOf(snapshot, sources), seq),
    series: (id, metric) => {
      const row = topology.rowOf(id);
      if (row === undefined) return [];
      return (readNode(topology, row).metric(metric)?.samples ?? []).map((sample) => sample.value);
    },
  };
}

/** Nodes by how much they are worth looking at: connected ones first, then by the first metric, then by name. */
export function byInterest(nodes: readonly NodeSummary[]): readonly NodeSummary[] {
  const targets = new Set(nodes.flatMap((node) => node.adjacency.filter((to) => to !== node.id)));
  const isConnected = (node: NodeSummary): boolean =>
    targets.has(node.id) || node.adjacency.some((to) => to !== node.id);
  const ranked = nodes.map((node) => ({
    node,
    alone: isConnected(node) ? 0 : 1,
    pseudo: node.pseudo === true ? 0 : 1,
    metric: node.metrics[0]?.value ?? -1,
    // Kernel threads are called `[kworker/0:1]`.
    kernel: node.label.startsWith('[') ? 1 : 0,
  }));
  ranked.sort(
    (a, b) =>
      a.alone - b.alone ||
      b.pseudo - a.pseudo ||
      b.metric - a.metric ||
      a.kernel - b.kernel ||
      compareText(a.node.label, b.node.label) ||
      compareText(a.node.id, b.node.id),
  );
  return ranked.map(({ node }) => node);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
