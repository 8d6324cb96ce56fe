import type { NodeSummary } from '@ridgeline/core/wire';

/** A way to put nodes into groups. */
export interface Grouping {
  /** `parent:<topology>` or `field:<metadata id>`. */
  readonly key: string;
  readonly label: string;
  /** How many groups there are. */
  readonly groups: number;
  /** How many nodes are in one. */
  readonly nodes: number;
}

/** A node's group under a grouping. */
export interface Membership {
  readonly key: string;
  readonly label: string;
}

const PARENT = 'parent:';
const FIELD = 'field:';

/** Values of these types tell nodes apart, and do not gather them. */
const TELLING_APART: readonly (string | undefined)[] = ['number', 'datetime', 'duration', 'ip'];
/** A value longer than this is a text, not a name. */
const LONGEST_NAME = 60;
/** Which groupings say most of a picture, by words in their keys; the first that splits the nodes is suggested. */
const PREFERRED = [
  /namespace/i,
  /:(host|host_name|node|node_name)$/,
  /cluster|stack|project/i,
  /image/i,
  /user|team|owner/i,
  /deployment/,
];

/**
 * The ways to group these nodes: by what they belong to, and by metadata with few distinct values.
 *
 * @returns by label; only those that make fewer groups than nodes
 */
export function groupingsOf(nodes: Iterable<NodeSummary>): readonly Grouping[] {
  const found = new Map<string, { label: string; values: Set<string>; nodes: number }>();
  const see = (key: string, label: string, value: string): void => {
    const entry = found.get(key) ?? { label, values: new Set(), nodes: 0 };
    found.set(key, entry);
    entry.values.add(value);
    entry.nodes++;
  };
  for (const node of nodes) {
    if (node.pseudo === true) continue;
    let topology = '';
    for (const parent of node.parents) {
      if (parent.topology !== topology) see(PARENT + parent.topology, inWords(parent.topology), parent.id);
      topology = parent.topology;
    }
    for (const { id, label, value, dataType } of node.metadata) {
      if (TELLING_APART.includes(dataType) || value === '' || value.length > LONGEST_NAME) continue;
      see(FIELD + id, label, value);
    }
  }
  return [...found]
    .map(([key, { label, values, nodes: count }]) => ({ key, label, groups: values.size, nodes: count }))
    .filter(({ key, groups, nodes: count }) =>
      key.startsWith(PARENT) ? groups < count || groups <= 8 : groups <= Math.max(8, count / 4),
    )
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.key < b.key ? -1 : 1));
}

/** The grouping that says most, if no one chooses: namespace before host before image …, if it makes 2 groups or more. */
export function suggestGrouping(groupings: readonly Grouping[]): string | undefined {
  const splitting = groupings.filter(({ groups }) => groups >= 2);
  for (const words of PREFERRED) {
    const fits = splitting.filter(({ key }) => words.test(key));
    const best = fits.sort((a, b) => b.nodes - a.nodes)[0];
    if (best !== undefined) return best.key;
  }
  return splitting
    .filter(({ groups, nodes }) => groups <= Math.max(8, nodes / 4))
    .sort((a, b) => b.nodes - a.nodes)[0]?.key;
}

/** A node's group; the first by id of several parents. Pseudo nodes, and nodes that do not say, have none. */
export function groupOf(node: NodeSummary, grouping: string): Membership | undefined {
  if (node.pseudo === true) return undefined;
  if (grouping.startsWith(PARENT)) {
    const topology = grouping.slice(PARENT.length);
    let first: Membership | undefined;
    for (const { id, label, topology: of } of node.parents) {
      if (of === topology && (first === undefined || id < first.key)) first = { key: id, label };
    }
    return first;
  }
  const id = grouping.startsWith(FIELD) ? grouping.slice(FIELD.length) : grouping;
  const value = node.metadata.find((row) => row.id === id)?.value;
  return value === undefined || value === '' ? undefined : { key: value, label: value };
}

/** `container_image` → `Container image`. */
function inWords(topology: string): string {
  const words = topology.replaceAll(/[_:.-]+/g, ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
