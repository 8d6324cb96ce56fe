import type { NodeId, NodeSummary } from '@ridgeline/core';

/**
 * The nodes with an edge to another; those of one label with the same neighbours are folded into one, called `worker ×3`.
 *
 * @remarks For terminals, where each node takes a line.
 */
export function foldReplicas(nodes: readonly NodeSummary[]): readonly NodeSummary[] {
  const shown = new Set<string>(nodes.map(({ id }) => id));
  const targetsOf = ({ id, adjacency }: NodeSummary): readonly NodeId[] =>
    adjacency.filter((to) => to !== id && shown.has(to));
  const sources = new Map<string, string[]>();
  for (const node of nodes) {
    for (const to of targetsOf(node)) {
      const list = sources.get(to);
      if (list === undefined) sources.set(to, [node.id]);
      else list.push(node.id);
    }
  }
  const kin = new Map<string, NodeSummary[]>();
  for (const node of nodes) {
    const targets = targetsOf(node);
    const from = sources.get(node.id) ?? [];
    if (targets.length + from.length === 0) continue;
    const key = JSON.stringify([node.label, node.pseudo, [...targets].sort(), [...from].sort()]);
    const list = kin.get(key);
    if (list === undefined) kin.set(key, [node]);
    else list.push(node);
  }
  const first = new Map<string, NodeId>();
  for (const list of kin.values()) {
    for (const { id } of list) first.set(id, (list[0] as NodeSummary).id);
  }
  return [...kin.values()].map((list) => {
    const node = list[0] as NodeSummary;
    // Its weights are left out: nothing of a line of dots says them.
    const { weights: _, ...rest } = node;
    const label = list.length === 1 ? node.label : `${node.label} ×${list.length}`;
    const adjacency = [...new Set(targetsOf(node).map((to) => first.get(to) as NodeId))];
    return { ...rest, label, adjacency };
  });
}
