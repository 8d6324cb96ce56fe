import { asNodeId, type Ledger, type NodeSummary } from '@ridgeline/core';
import type { SnapshotJson } from '@ridgeline/core/wire';
import type { Scene } from '../src/format/picture.ts';

/** A node of a picture; what is left out is plain. */
export function node(id: string, over: Partial<NodeSummary> = {}): NodeSummary {
  return {
    id: asNodeId(id),
    topology: 'process',
    label: id,
    labelMinor: '',
    rank: id,
    shape: 'square',
    metadata: [],
    metrics: [],
    parents: [],
    adjacency: [],
    ...over,
  };
}

/** The books of a layer that hides nothing. */
export function ledger(over: Partial<Ledger> = {}): Ledger {
  return {
    total: 0,
    shown: 0,
    filtered: 0,
    orphaned: 0,
    edges: { total: 0, shown: 0 },
    clauses: [],
    lost: [],
    ...over,
  };
}

export function scene(nodes: readonly NodeSummary[], over: Partial<SnapshotJson> = {}): Scene {
  const snapshot: SnapshotJson = {
    view: 'processes',
    seq: 1,
    at: 1_700_000_000_000,
    ledger: ledger({ total: nodes.length, shown: nodes.length }),
    nodes,
    sources: [],
    ...over,
  };
  return { snapshot, series: () => [] };
}
