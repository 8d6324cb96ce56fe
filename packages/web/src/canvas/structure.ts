import type { Scene } from '@ridgeline/diagram';

/** Whether two scenes differ in labels, levels and weights at the most: then the places of one are those of the other. */
export function isSameStructure(a: Scene, b: Scene): boolean {
  if (a === b) return true;
  if (a.grouping !== b.grouping) return false;
  if (a.nodes.length !== b.nodes.length || a.edges.length !== b.edges.length) return false;
  for (let i = 0; i < a.nodes.length; i++) {
    const one = a.nodes[i];
    const other = b.nodes[i];
    if (one?.id !== other?.id || one?.group !== other?.group || one?.ghost !== other?.ghost) return false;
  }
  for (let i = 0; i < a.edges.length; i++) {
    const one = a.edges[i];
    const other = b.edges[i];
    if (one?.from !== other?.from || one?.to !== other?.to) return false;
  }
  return a.groups.every((group, i) => group.collapsed === b.groups[i]?.collapsed);
}
