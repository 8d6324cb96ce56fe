import type { NodeSummary } from '@ridgeline/core/wire';

/** What the server found for a text in the filter language. */
export interface SearchHits {
  readonly text: string;
  readonly ids: ReadonlySet<string>;
  /** Why nothing could be found by it. */
  readonly problem?: string;
}

/**
 * Whether a text is meant as a filter (`metric.cpu > 5%`, `name ~ "nginx"`, `connected()`) and not as words that occur
 * somewhere. Nobody has an operator in a name that they search for.
 */
export function isFilterText(text: string): boolean {
  return /[=<>~]|\w\s*\(|^\s*not\s/.test(text);
}

/**
 * The nodes that all words of a text occur in: in the labels, the id, the tag, the values of the metadata, or the labels of
 * the parents. Letters' case is of no matter.
 */
export function findByText(nodes: Iterable<NodeSummary>, text: string): ReadonlySet<string> {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = new Set<string>();
  for (const node of nodes) {
    const heap = [
      node.label,
      node.labelMinor,
      node.id,
      node.tag ?? '',
      ...node.metadata.map((row) => row.value),
      ...node.parents.map((parent) => parent.label),
    ]
      .join('\n')
      .toLowerCase();
    if (words.every((word) => heap.includes(word))) found.add(node.id);
  }
  return found;
}
