/**
 * The filter layer: the one place where filters count.
 *
 * A view is rendered whole; then all filters that users asked for (the view's options, the config's chains, the
 * request) act on it as one layer, and its ledger says what they hide:
 *
 * 1. Every clause is tested on every node of the same, unfiltered topology, so no order can matter.
 * 2. Nodes that any clause rejects go, with their edges. So does an edge from the incoming to the outgoing
 *    Internet: it is an artefact of joining, and never counted.
 * 3. One orphan prune follows: nodes left without an edge to another node go, as the policy says. A node with
 *    such an edge is never pruned, so its neighbour keeps it, and one pass is a fixpoint (law D10).
 *
 * Filters inside a plan (`where`) use {@link restrict} directly and are silent: their result is a topology, which
 * has no place for a count.
 */
import { INCOMING_INTERNET, OUTGOING_INTERNET, PSEUDO } from '../ids/pseudo-id.ts';
import { NONE } from '../ids/symbol-table.ts';
import type { Adjacency } from '../model/adjacency.ts';
import { restrict } from '../model/restrict.ts';
import type { Topology } from '../model/topology.ts';
import { type CompiledFilter, compileFilter, type FilterEnvironment } from './compile.ts';
import type { FilterMoment } from './define-filter.ts';
import type { FilterLayer, OrphanPolicy } from './layer.ts';
import { countClause, type Ledger } from './ledger.ts';

/** A layer whose clauses are ready to run. */
export interface CompiledLayer {
  readonly layer: FilterLayer;
  readonly tests: readonly CompiledFilter[];
}

/** What each clause says of each row: `solo[row]` is {@link PASSES}, {@link FAILS_SEVERAL}, or the one clause that rejects the row. */
export interface Verdicts {
  readonly solo: Int32Array;
  /** By clause, how many rows it rejects. */
  readonly rejected: Uint32Array;
}

/** No clause rejects the row. */
export const PASSES = -1;
/** Two or more clauses reject the row, so leaving one of them out does not bring it back. */
export const FAILS_SEVERAL = -2;

/** A topology after the layer, and the layer's books. */
export interface LayerResult {
  readonly topology: Topology;
  readonly ledger: Ledger;
}

/**
 * Makes a layer ready to run.
 *
 * @throws RidgelineError `UNKNOWN_NAME`, `BAD_OPTIONS` (see {@link compileFilter})
 */
export function compileLayer(layer: FilterLayer, environment: FilterEnvironment): CompiledLayer {
  return { layer, tests: layer.clauses.map((clause) => compileFilter(clause.expr, environment)) };
}

/** Applies a layer to the topology of a view: O(nodes × clauses + edges). */
export function applyLayer(
  topology: Topology,
  { layer, tests }: CompiledLayer,
  moment: FilterMoment,
): LayerResult {
  const { solo, rejected } = judge(topology, { layer, tests }, moment);
  const internet = internetEdge(topology);
  const connected = findConnected(topology.out, solo, internet, layer.clauses.length);
  const spared = sparedRows(topology, layer.orphans);

  // One pass over the rows counts the layer and, for each clause, the layer without it.
  const kept = new Uint8Array(topology.size);
  const only = new Uint32Array(layer.clauses.length);
  let orphaned = 0;
  let shown = 0;
  for (let row = 0; row < topology.size; row++) {
    const clause = solo[row] as number;
    if (clause === FAILS_SEVERAL) continue;
    if (clause !== PASSES) {
      if (spared[row] === 1 || connected.without(row, clause)) only[clause] = (only[clause] as number) + 1;
    } else if (spared[row] === 1 || connected.all(row)) {
      kept[row] = 1;
      shown++;
    } else {
      orphaned++;
      connected.eachWithout(row, (c) => {
        only[c] = (only[c] as number) + 1;
      });
    }
  }

  const result = restrict(topology, kept, internet);
  return {
    topology: result,
    ledger: {
      total: topology.size,
      shown,
      filtered: topology.size - shown,
      orphaned,
      edges: { total: countEdges(topology.out, internet), shown: result.out.to.length },
      clauses: layer.clauses.map((clause, c) =>
        countClause(clause, rejected[c] as number, only[c] as number),
      ),
      lost: [],
    },
  };
}

/** Tests every clause on every row. Pseudo nodes pass a clause from which they are exempt. */
export function judge(topology: Topology, { layer, tests }: CompiledLayer, moment: FilterMoment): Verdicts {
  const solo = new Int32Array(topology.size).fill(PASSES);
  const rejected = new Uint32Array(layer.clauses.length);
  const pseudo = pseudoRows(topology);
  layer.clauses.forEach((clause, c) => {
    const holds = (tests[c] as CompiledFilter)(topology, moment);
    const exempt = clause.pseudo === 'exempt';
    for (let row = 0; row < holds.length; row++) {
      if (holds[row] === 1 || (exempt && pseudo[row] === 1)) continue;
      rejected[c] = (rejected[c] as number) + 1;
      solo[row] = solo[row] === PASSES ? c : FAILS_SEVERAL;
    }
  });
  return { solo, rejected };
}

/** Prunes once, without any clause: what a site's layer does at the end, on the view's nodes. */
export function pruneOrphans(topology: Topology, orphans: OrphanPolicy): LayerResult {
  return applyLayer(topology, { layer: { clauses: [], orphans }, tests: [] }, { now: 0 });
}

function pseudoRows(topology: Topology): Uint8Array {
  const pseudo = new Uint8Array(topology.size);
  const symbol = topology.symbols.find(PSEUDO);
  if (symbol === NONE) return pseudo;
  for (let row = 0; row < topology.size; row++) if (topology.kindSymbol(row) === symbol) pseudo[row] = 1;
  return pseudo;
}

/** The rows that the policy never prunes, as one byte a row. */
function sparedRows(topology: Topology, orphans: OrphanPolicy): Uint8Array {
  if (orphans === 'keep') return new Uint8Array(topology.size).fill(1);
  if (orphans === 'drop') return new Uint8Array(topology.size);
  const spared = pseudoRows(topology);
  for (let row = 0; row < spared.length; row++) spared[row] = spared[row] === 1 ? 0 : 1;
  return spared;
}

/** Whether an edge is the one from the incoming to the outgoing Internet; `undefined` where there is none. */
function internetEdge(topology: Topology): ((from: number, to: number) => boolean) | undefined {
  const incoming = topology.rowOf(INCOMING_INTERNET);
  const outgoing = topology.rowOf(OUTGOING_INTERNET);
  if (incoming === undefined || outgoing === undefined) return undefined;
  return (from, to) => from === incoming && to === outgoing;
}

function countEdges(out: Adjacency, cut: ((from: number, to: number) => boolean) | undefined): number {
  if (cut === undefined) return out.to.length;
  let edges = 0;
  for (let row = 0; row + 1 < out.start.length; row++) {
    const end = out.start[row + 1] as number;
    for (let e = out.start[row] as number; e < end; e++) if (!cut(row, out.to[e] as number)) edges++;
  }
  return edges;
}

/** Which rows have an edge to another row: under all clauses, and under all but one. */
interface Connected {
  all(row: number): boolean;
  /** Whether the row would have an edge if `clause` were left out. */
  without(row: number, clause: number): boolean;
  /** The clauses that, each left out alone, would give the row an edge. */
  eachWithout(row: number, take: (clause: number) => void): void;
}

/**
 * One pass over the edges answers for the whole layer and for each layer with one clause less: an edge is there
 * under all clauses if both its ends pass, and without clause c if nothing but c rejects its ends.
 */
function findConnected(
  out: Adjacency,
  solo: Int32Array,
  cut: ((from: number, to: number) => boolean) | undefined,
  clauses: number,
): Connected {
  const rows = solo.length;
  const always = new Uint8Array(rows);
  const words = (clauses + 31) >>> 5;
  const without = new Uint32Array(rows * words);
  const mark = (row: number, clause: number): void => {
    const word = row * words + (clause >>> 5);
    without[word] = (without[word] as number) | (1 << (clause & 31));
  };
  for (let from = 0; from < rows; from++) {
    const a = solo[from] as number;
    if (a === FAILS_SEVERAL) continue;
    const end = out.start[from + 1] as number;
    for (let e = out.start[from] as number; e < end; e++) {
      const to = out.to[e] as number;
      const b = solo[to] as number;
      if (b === FAILS_SEVERAL || to === from || cut?.(from, to) === true) continue;
      if (a === PASSES && b === PASSES) {
        always[from] = 1;
        always[to] = 1;
      } else if (a === PASSES || b === PASSES || a === b) {
        mark(from, a === PASSES ? b : a);
        mark(to, a === PASSES ? b : a);
      }
    }
  }
  const isMarked = (row: number, clause: number): boolean =>
    ((without[row * words + (clause >>> 5)] as number) & (1 << (clause & 31))) !== 0;
  return {
    all: (row) => always[row] === 1,
    without: isMarked,
    eachWithout: (row, take) => {
      for (let c = 0; c < clauses; c++) if (isMarked(row, c)) take(c);
    },
  };
}
