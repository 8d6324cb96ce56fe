/**
 * What the columns are measured against: the same work over `Map` and `Set` of texts, in as few passes as it takes and
 * without a copy that is not needed.
 */
import type { MapNode } from './big-graph.ts';

/** A group of the oracle. */
export interface MapGroup {
  readonly name: string;
  readonly members: string[];
  readonly adjacency: Set<string>;
}

/**
 * Groups nodes by the value of a key, with the edges between groups. Each node is looked at once and each edge once; that
 * a node's group is remembered for its edges makes it twice as fast as to ask both ends of each edge for their value.
 */
export function groupMaps(nodes: ReadonlyMap<string, MapNode>, key: string): Map<string, MapGroup> {
  const groups = new Map<string, MapGroup>();
  const groupOf = new Map<string, MapGroup>();
  for (const [id, { latest }] of nodes) {
    const name = latest.get(key)?.value;
    if (name === undefined) continue;
    let group = groups.get(name);
    if (group === undefined) {
      group = { name, members: [], adjacency: new Set() };
      groups.set(name, group);
    }
    group.members.push(id);
    groupOf.set(id, group);
  }
  for (const [id, { adjacency }] of nodes) {
    const group = groupOf.get(id);
    if (group === undefined) continue;
    for (const to of adjacency) {
      const target = groupOf.get(to);
      if (target !== undefined && target !== group) group.adjacency.add(target.name);
    }
  }
  return groups;
}

/** The figures of a layer over maps. */
export interface MapLedger {
  readonly shown: number;
  readonly orphaned: number;
  readonly edges: number;
  readonly rejected: readonly number[];
  readonly only: readonly number[];
}

/**
 * A layer of predicates, orphans dropped, with its whole ledger. Each predicate runs once a node; one pass over the edges
 * finds who is connected under the layer and under each layer with one predicate less, as bits.
 */
export function layerMaps(
  nodes: ReadonlyMap<string, MapNode>,
  predicates: readonly ((node: MapNode) => boolean)[],
): { readonly shown: Map<string, MapNode>; readonly ledger: MapLedger } {
  const rejected = predicates.map(() => 0);
  // Bit p: a layer without predicate p; the bit after the last: the whole layer.
  const whole = 1 << predicates.length;
  const states = new Map<string, { readonly passes: number; connected: number }>();
  for (const [id, node] of nodes) {
    let failed = 0;
    for (let p = 0; p < predicates.length; p++) {
      if (predicates[p]?.(node) === true) continue;
      failed |= 1 << p;
      rejected[p] = (rejected[p] as number) + 1;
    }
    const passes = failed === 0 ? 2 * whole - 1 : (failed & (failed - 1)) === 0 ? failed : 0;
    states.set(id, { passes, connected: 0 });
  }
  for (const [id, { adjacency }] of nodes) {
    const own = states.get(id);
    if (own === undefined || own.passes === 0) continue;
    for (const to of adjacency) {
      const other = states.get(to);
      if (other === undefined || other === own) continue;
      const both = own.passes & other.passes;
      own.connected |= both;
      other.connected |= both;
    }
  }
  const shown = new Map<string, MapNode>();
  const only = predicates.map(() => 0);
  let passed = 0;
  let edges = 0;
  for (const [id, { passes, connected }] of states) {
    const isPassed = (passes & whole) !== 0;
    if (isPassed) passed++;
    if (!isPassed || (connected & whole) === 0) {
      for (let p = 0; p < predicates.length; p++) {
        if ((connected & (1 << p)) !== 0) only[p] = (only[p] as number) + 1;
      }
      continue;
    }
    const node = nodes.get(id) as MapNode;
    const adjacency = new Set<string>();
    // A neighbour that passes is connected by this very edge; a loop is kept with its node.
    for (const to of node.adjacency) if (((states.get(to)?.passes ?? 0) & whole) !== 0) adjacency.add(to);
    edges += adjacency.size;
    shown.set(id, { id, latest: node.latest, adjacency });
  }
  return { shown, ledger: { shown: shown.size, orphaned: passed - shown.size, edges, rejected, only } };
}
