/** Laws E: decorations. */
import type { Topology } from '@ridgeline/core';
import { sameData } from '../plain/canonical-text.ts';
import { describeGraph, type PlainGraphNode } from '../plain/plain-graph.ts';
import { sameTopology } from '../plain/same.ts';

/** Decorates a topology. */
export type Decorate = (topology: Topology) => Topology;

/** E1: a decoration keeps nodes and edges; only the keys it says it writes change, and what it writes is added. */
export function onlyWrites(decorate: Decorate, writes: readonly string[], topology: Topology): boolean {
  const before = describeGraph(topology).nodes;
  const after = describeGraph(decorate(topology)).nodes;
  return sameData(
    new Map([...before].map(([id, n]) => [id, without(n, writes)])),
    new Map([...after].map(([id, n]) => [id, without(n, writes)])),
  );
}

/** E2: a decoration commutes with a filter that reads none of what it writes. */
export function commutesWithFilter(
  decorate: Decorate,
  filter: (topology: Topology) => Topology,
  topology: Topology,
): boolean {
  return sameTopology(decorate(filter(topology)), filter(decorate(topology)));
}

function without(node: PlainGraphNode, keys: readonly string[]): PlainGraphNode {
  const rest = <V>(map: ReadonlyMap<string, V>): Map<string, V> =>
    new Map([...map].filter(([key]) => !keys.includes(key)));
  return {
    ...node,
    latest: rest(node.latest),
    sets: rest(node.sets),
    parents: rest(node.parents),
    metrics: rest(node.metrics),
  };
}
