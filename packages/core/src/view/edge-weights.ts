import { NONE } from '../ids/symbol-table.ts';
import { IntVector } from '../internal/int-vector.ts';
import { edgeIndex } from '../model/adjacency.ts';
import type { EdgeFactColumns } from '../model/edge-facts.ts';
import type { Report } from '../model/report.ts';
import type { CutFrom, Row, Topology } from '../model/topology.ts';
import { type LeafFinder, leafFinder } from './leaves.ts';

/**
 * How many connections each edge of a topology stands for, parallel to `topology.out.to`: a reported edge counts as many as
 * the source that saw most of them, and at least one. An edge that no reported edge is behind weighs 1.
 *
 * Made once for a topology and all that is cut from it (the layers of a view):
 * O(members + reported edges × owners of their ends × log degree), and O(edges) for each cut.
 */
export function edgeWeights(topology: Topology, report: Report): Float64Array {
  const known = weightsOf.get(topology);
  if (known?.report === report) return known.weights;
  const { cutFrom } = topology;
  const weights =
    cutFrom === undefined
      ? countWeights(topology, report)
      : cutWeights(topology, cutFrom, edgeWeights(cutFrom.topology, report));
  weightsOf.set(topology, { report, weights });
  return weights;
}

const weightsOf = new WeakMap<Topology, { readonly report: Report; readonly weights: Float64Array }>();

/** An edge of a cut weighs what it does in the whole. Rows keep their order, so both lists of targets are ascending. */
function cutWeights(
  topology: Topology,
  { topology: whole, rows }: CutFrom,
  weights: Float64Array,
): Float64Array {
  const { start, to } = topology.out;
  const cut = new Float64Array(to.length);
  for (let row = 0; row < topology.size; row++) {
    let at = whole.out.start[rows[row] as number] as number;
    const end = start[row + 1] as number;
    for (let edge = start[row] as number; edge < end; edge++) {
      const head = rows[to[edge] as number] as number;
      while ((whole.out.to[at] as number) < head) at++;
      cut[edge] = weights[at] as number;
    }
  }
  return cut;
}

function countWeights(topology: Topology, report: Report): Float64Array {
  const { out } = topology;
  const weights = new Float64Array(out.to.length);
  if (weights.length === 0) return weights;
  for (const [reported, owners] of ownersByLeaf(topology, report)) {
    eachReportedEdge(reported, (tail, head, weight) => {
      const tailEnd = owners.start[tail + 1] as number;
      const headEnd = owners.start[head + 1] as number;
      for (let t = owners.start[tail] as number; t < tailEnd; t++) {
        const from = owners.row[t] as Row;
        for (let h = owners.start[head] as number; h < headEnd; h++) {
          const edge = edgeIndex(out, from, owners.row[h] as Row);
          if (edge !== NONE) weights[edge] = (weights[edge] as number) + weight;
        }
      }
    });
  }
  for (let edge = 0; edge < weights.length; edge++) if (weights[edge] === 0) weights[edge] = 1;
  return weights;
}

/** Leaf row l of a reported topology belongs to `row[start[l] .. start[l + 1])`. */
interface Owners {
  readonly start: Uint32Array;
  readonly row: Uint32Array;
}

interface LeafPairs {
  readonly reported: Topology;
  readonly leaf: IntVector;
  readonly owner: IntVector;
}

function ownersByLeaf(topology: Topology, report: Report): Map<Topology, Owners> {
  const found = new Map<Topology, LeafPairs>();
  // The topology itself, then those of its members.
  const { start, table, row: rows, tables } = topology.members;
  const finders = [topology, ...tables].map((from) => leafFinder(from, report));
  let pairs: LeafPairs | undefined;
  const take = (finder: LeafFinder, at: Row, owner: Row): void => {
    const reported = finder.reportedOf(at);
    if (reported === undefined) return;
    // Most members are of the reported topology itself, where nothing has to be looked up.
    const leaf = reported === finder.from ? at : reported.rowOfSymbol(finder.from.ids[at] as number);
    if (leaf === NONE) return;
    if (pairs?.reported !== reported) {
      pairs = found.get(reported) ?? {
        reported,
        leaf: new IntVector(reported.size),
        owner: new IntVector(reported.size),
      };
      found.set(reported, pairs);
    }
    pairs.leaf.push(leaf);
    pairs.owner.push(owner);
  };
  for (let row = 0; row < topology.size; row++) {
    take(finders[0] as LeafFinder, row, row);
    const end = start[row + 1] as number;
    for (let m = start[row] as number; m < end; m++)
      take(finders[(table[m] as number) + 1] as LeafFinder, rows[m] as Row, row);
  }
  return new Map(
    [...found].map(([reported, { leaf, owner }]) => [reported, sortOwners(reported.size, leaf, owner)]),
  );
}

/** A counting sort by leaf. An owner that has a leaf as its member and is it, too, is listed once: owners come ascending. */
function sortOwners(leaves: number, leaf: IntVector, owner: IntVector): Owners {
  const last = new Int32Array(leaves).fill(NONE);
  const start = new Uint32Array(leaves + 1);
  const kept = new Uint8Array(leaf.length);
  for (let i = 0; i < leaf.length; i++) {
    const at = leaf.at(i);
    if (last[at] === owner.at(i)) continue;
    last[at] = owner.at(i);
    kept[i] = 1;
    start[at + 1] = (start[at + 1] as number) + 1;
  }
  for (let at = 0; at < leaves; at++) start[at + 1] = (start[at + 1] as number) + (start[at] as number);
  const next = start.slice(0, leaves);
  const row = new Uint32Array(start[leaves] as number);
  for (let i = 0; i < leaf.length; i++) {
    if (kept[i] === 0) continue;
    const at = leaf.at(i);
    const place = next[at] as number;
    row[place] = owner.at(i);
    next[at] = place + 1;
  }
  return { start, row };
}

function eachReportedEdge(topology: Topology, visit: (tail: Row, head: Row, weight: number) => void): void {
  const { open } = topology;
  if (open === undefined) return;
  let edges = reportedEdges.get(topology);
  if (edges === undefined) {
    edges = {
      head: Int32Array.from(open.to, (symbol) => topology.rowOfSymbol(symbol)),
      weight: Float64Array.from(open.to, (_, edge) => weightOf(open.facts, edge)),
    };
    reportedEdges.set(topology, edges);
  }
  const { head: heads, weight } = edges;
  for (let tail = 0; tail < topology.size; tail++) {
    const end = open.start[tail + 1] as number;
    for (let edge = open.start[tail] as number; edge < end; edge++) {
      const head = heads[edge] as number;
      if (head !== NONE) visit(tail, head, weight[edge] as number);
    }
  }
}

/** The heads of reported edges as rows, and their weights: the same for all views of a report. */
const reportedEdges = new WeakMap<Topology, { readonly head: Int32Array; readonly weight: Float64Array }>();

function weightOf(facts: EdgeFactColumns | undefined, edge: number): number {
  let most = 1;
  if (facts === undefined) return most;
  const end = facts.start[edge + 1] as number;
  for (let i = facts.start[edge] as number; i < end; i++) {
    most = Math.max(most, facts.connections[i] as number);
  }
  return most;
}
