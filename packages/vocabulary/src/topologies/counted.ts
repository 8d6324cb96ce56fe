import type { Appearance, AppearanceScope, NodeReader, TopologyName } from '@ridgeline/core';

/** `3 containers`: how many members of a topology a node has, in words. */
export function countText(node: NodeReader, scope: AppearanceScope, of: TopologyName): string {
  return scope.countOf(of, node.count(of));
}

/** The appearance of a node that stands for several of another topology. */
export function stackOf(
  of: TopologyName,
  appearance: (node: NodeReader) => Pick<Appearance, 'label' | 'rank'>,
  before = '',
): (node: NodeReader, scope: AppearanceScope) => Partial<Appearance> {
  return (node, scope) => ({
    ...appearance(node),
    labelMinor: before + countText(node, scope, of),
    stack: true,
  });
}
