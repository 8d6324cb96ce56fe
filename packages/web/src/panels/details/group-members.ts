import type { NodeSummary } from '@ridgeline/core/wire';
import { groupOf } from '@ridgeline/diagram';

/** An edge of the picture. */
export interface MemberEdge {
  readonly from: NodeSummary;
  readonly to: NodeSummary;
  /** Connections; ≥ 1. */
  readonly weight: number;
}

type Nodes = ReadonlyMap<string, NodeSummary>;

/** The nodes of a group, ascending by id; those of no group are in that of key `''`. */
export function groupMembers(nodes: Nodes, grouping: string, key: string): readonly NodeSummary[] {
  return [...nodes.values()].filter((node) => (groupOf(node, grouping)?.key ?? '') === key);
}

/** What a group is called; of one that has no node in the picture (any more), its key. */
export function groupLabel(nodes: Nodes, grouping: string, key: string): string {
  if (key === '') return 'Others';
  for (const node of nodes.values()) {
    const group = groupOf(node, grouping);
    if (group?.key === key) return group.label;
  }
  return key;
}

/**
 * The edges that a flow stands for, the busiest first.
 *
 * Law: over all pairs of groups, each edge of the picture is a member of exactly one flow.
 *
 * @param from - the key of the group of the clients; `''`: of those of no group
 * @param to - that of the servers
 */
export function memberEdges(nodes: Nodes, grouping: string, from: string, to: string): readonly MemberEdge[] {
  const edges: MemberEdge[] = [];
  const isOf = (node: NodeSummary, key: string): boolean => (groupOf(node, grouping)?.key ?? '') === key;
  for (const node of nodes.values()) {
    if (!isOf(node, from)) continue;
    node.adjacency.forEach((id, index) => {
      const other = nodes.get(id);
      if (other === undefined || other === node || !isOf(other, to)) return;
      edges.push({ from: node, to: other, weight: node.weights?.[index] ?? 1 });
    });
  }
  return edges.sort((a, b) => b.weight - a.weight || order(a.from.id, b.from.id) || order(a.to.id, b.to.id));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
