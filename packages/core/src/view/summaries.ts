import type { NodeId } from '../ids/node-id.ts';
import { hasReadEdges, readNode } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { Row, Topology } from '../model/topology.ts';
import type { Definitions } from './definitions.ts';
import { edgeWeights } from './edge-weights.ts';
import { describeNode, type NodeDescription, type NodeSummary } from './summary.ts';

/**
 * The summaries of all rows, ascending by id: each as {@link summarize} makes it alone.
 *
 * The layers of a view are cut from one topology: what they say of a node beside its edges is made once for all of them.
 */
export function summarizeAll(
  topology: Topology,
  definitions: Definitions,
  report: Report,
): ReadonlyMap<NodeId, NodeSummary> {
  const { size, out } = topology;
  const weights = edgeWeights(topology, report);
  const order = orderById(topology);
  const edges = edgesById(topology, order);
  const ids = Array.from({ length: size }, (_, row) => topology.idOf(row));
  const summaries = new Map<NodeId, NodeSummary>();
  for (const row of order) {
    const first = out.start[row] as number;
    const end = out.start[row + 1] as number;
    const adjacency: NodeId[] = [];
    const weighed: number[] = [];
    let isWeighed = false;
    for (let e = first; e < end; e++) {
      const edge = edges[e] as number;
      const weight = weights[edge] as number;
      adjacency.push(ids[out.to[edge] as number] as NodeId);
      weighed.push(weight);
      isWeighed ||= weight !== 1;
    }
    const description = descriptionOf(topology, row, definitions, report);
    summaries.set(
      ids[row] as NodeId,
      isWeighed ? { ...description, adjacency, weights: weighed } : { ...description, adjacency },
    );
  }
  return summaries;
}

interface Descriptions {
  readonly definitions: Definitions;
  readonly report: Report;
  /** By row; absent where it was not asked for, or must not be shared. */
  readonly rows: (NodeDescription | undefined)[];
}

const descriptionsOf = new WeakMap<Topology, Descriptions>();

/** What is said of a node in the topology that this one is cut from in the end. */
function descriptionOf(
  topology: Topology,
  row: Row,
  definitions: Definitions,
  report: Report,
): NodeDescription {
  let whole = topology;
  let at = row;
  for (let { cutFrom } = whole; cutFrom !== undefined; { cutFrom } = whole) {
    whole = cutFrom.topology;
    at = cutFrom.rows[at] as Row;
  }
  let descriptions = descriptionsOf.get(whole);
  if (descriptions?.report !== report || descriptions.definitions !== definitions) {
    descriptions = { definitions, report, rows: [] };
    descriptionsOf.set(whole, descriptions);
  }
  const known = descriptions.rows[at];
  if (known !== undefined) return known;
  const node = readNode(topology, row);
  const description = describeNode(node, definitions, report);
  // A plugin may tell by how many edges a node has, which a cut changes: such words are not shared.
  if (!hasReadEdges(node)) descriptions.rows[at] = description;
  return description;
}

/** The rows, ascending by id. */
function orderById(topology: Topology): Int32Array {
  const { size, symbols, ids } = topology;
  const order = Int32Array.from({ length: size }, (_, row) => row);
  return order.sort((a, b) => symbols.compare(ids[a] as number, ids[b] as number));
}

/**
 * The edges of each row, ascending by the id of their heads: `edges[start[row] .. start[row + 1])`.
 *
 * Walking the heads in order and handing each its edges back to their tails sorts all rows at once, without comparing.
 */
function edgesById(topology: Topology, order: Int32Array): Uint32Array {
  const { size } = topology;
  const { start, to } = topology.out;
  const incoming = new Uint32Array(size + 1);
  for (const head of to) incoming[head + 1] = (incoming[head + 1] as number) + 1;
  for (let row = 0; row < size; row++) {
    incoming[row + 1] = (incoming[row + 1] as number) + (incoming[row] as number);
  }
  const next = incoming.slice(0, size);
  const edge = new Uint32Array(to.length);
  const tail = new Uint32Array(to.length);
  for (let row = 0; row < size; row++) {
    const end = start[row + 1] as number;
    for (let e = start[row] as number; e < end; e++) {
      const head = to[e] as number;
      const at = next[head] as number;
      next[head] = at + 1;
      edge[at] = e;
      tail[at] = row;
    }
  }
  const place = start.slice(0, size);
  const sorted = new Uint32Array(to.length);
  for (const head of order) {
    const end = incoming[head + 1] as number;
    for (let i = incoming[head] as number; i < end; i++) {
      const row = tail[i] as number;
      const at = place[row] as number;
      place[row] = at + 1;
      sorted[at] = edge[i] as number;
    }
  }
  return sorted;
}
