/**
 * The join over plain data: an index of keys, in which a key that comes twice finds nothing, and for each node the first
 * of its keys that the index has.
 */
import type { PlainGraph, PlainGraphNode } from '../plain/plain-graph.ts';
import { type GroupRules, groupOracle, type PlainPlacement } from './group-oracle.ts';

/** What a join looks at. */
export interface JoinRules {
  readonly into: string;
  /** The keys by which a node is found. */
  readonly keys: (node: PlainGraphNode, id: string) => readonly string[];
  /** The keys a node looks for, in order; `undefined` where it has none. */
  readonly lookups: (node: PlainGraphNode, id: string) => readonly (string | undefined)[];
}

/** Where the node of an id goes in a join: under at most one node. */
export function joinPlacement(
  input: PlainGraph,
  onto: PlainGraph,
  rules: JoinRules,
): (id: string) => PlainPlacement[] {
  const owners = new Map<string, string[]>();
  for (const [id, node] of onto.nodes) {
    for (const key of rules.keys(node, id)) owners.set(key, [...(owners.get(key) ?? []), id]);
  }
  return (id) => {
    const node = input.nodes.get(id) as PlainGraphNode;
    for (const key of rules.lookups(node, id)) {
      const found = key === undefined ? undefined : owners.get(key);
      if (found === undefined) continue;
      const [owner, ...others] = found as [string, ...string[]];
      return others.length > 0
        ? []
        : [{ how: 'under', id: owner, kind: (onto.nodes.get(owner) as PlainGraphNode).kind }];
    }
    return [];
  };
}

/** The joined graph: members are direct and not counted, an edge inside a node is kept. */
export function joinOracle(input: PlainGraph, onto: PlainGraph, rules: JoinRules): PlainGraph {
  const asGroup: GroupRules = {
    into: rules.into,
    members: 'direct',
    counted: false,
    selfLoops: 'keep',
    edges: 'follow',
  };
  return groupOracle(input, onto, joinPlacement(input, onto, rules), asGroup);
}
