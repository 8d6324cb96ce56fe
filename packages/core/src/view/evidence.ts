/**
 * The evidence of edges: what the sources saw of the connections that an edge of a rendered topology stands for.
 *
 * An edge X→Y stands for the reported edges x→y with x among the leaves of X and y among the leaves of Y. The leaves of
 * a row are its members, and itself, as far as the report has edges of them; they are found by topology and id, so that a
 * topology that was restricted, grouped or decorated answers as well.
 */
import { NONE } from '../ids/symbol-table.ts';
import { hasEdge } from '../model/adjacency.ts';
import { addFacts, type EdgeFact, factAt } from '../model/edge-facts.ts';
import type { Report } from '../model/report.ts';
import type { Row, Topology } from '../model/topology.ts';
import { eachLeaf } from './leaves.ts';

/** What stands behind edges. */
export interface Evidence {
  /** How many reported edges there are behind them, each counted once; also those without facts. */
  readonly edges: number;
  /** What each source saw of them, added up; ascending by source. */
  readonly facts: readonly EdgeFact[];
}

/** The evidence of one edge. O(members of both ends + reported edges of the tail's). */
export function edgeEvidence(topology: Topology, from: Row, to: Row, report: Report): Evidence {
  const heads = leavesOf(topology, to, report);
  const sum = new EvidenceSum();
  for (const [reported, tails] of leavesOf(topology, from, report)) {
    const among = heads.get(reported);
    if (among === undefined) continue;
    for (const tail of tails) {
      eachReportedEdge(reported, tail, (head, edge) => {
        if (among.has(head)) sum.add(reported, edge);
      });
    }
  }
  return sum.finish();
}

/** The evidence of all edges of a topology together; a reported edge behind several of them is counted once. */
export function totalEvidence(topology: Topology, report: Report): Evidence {
  const sum = new EvidenceSum();
  for (const [reported, ownersOf] of ownersByLeaf(topology, report)) {
    for (const [tail, from] of ownersOf) {
      eachReportedEdge(reported, tail, (head, edge) => {
        const to = ownersOf.get(head) ?? [];
        if (from.some((x) => to.some((y) => hasEdge(topology.out, x, y)))) sum.add(reported, edge);
      });
    }
  }
  return sum.finish();
}

/** The rows of reported topologies that a row stands for. */
function leavesOf(topology: Topology, row: Row, report: Report): Map<Topology, Set<Row>> {
  const leaves = new Map<Topology, Set<Row>>();
  eachLeaf(topology, row, report, (reported, at) => {
    const known = leaves.get(reported);
    if (known === undefined) leaves.set(reported, new Set([at]));
    else known.add(at);
  });
  return leaves;
}

/** By reported topology and row: the rows that stand for it. */
function ownersByLeaf(topology: Topology, report: Report): Map<Topology, Map<Row, Row[]>> {
  const owners = new Map<Topology, Map<Row, Row[]>>();
  for (let row = 0; row < topology.size; row++) {
    eachLeaf(topology, row, report, (reported, at) => {
      let ownersOf = owners.get(reported);
      if (ownersOf === undefined) {
        ownersOf = new Map();
        owners.set(reported, ownersOf);
      }
      const known = ownersOf.get(at);
      if (known === undefined) ownersOf.set(at, [row]);
      else known.push(row);
    });
  }
  return owners;
}

function eachReportedEdge(topology: Topology, row: Row, visit: (head: Row, edge: number) => void): void {
  const { open } = topology;
  if (open === undefined) return;
  const end = open.start[row + 1] as number;
  for (let edge = open.start[row] as number; edge < end; edge++) {
    const head = topology.rowOfSymbol(open.to[edge] as number);
    if (head !== NONE) visit(head, edge);
  }
}

class EvidenceSum {
  readonly #bySource = new Map<string, EdgeFact>();
  #edges = 0;

  add({ open, symbols }: Topology, edge: number): void {
    this.#edges++;
    const facts = open?.facts;
    if (facts === undefined) return;
    const end = facts.start[edge + 1] as number;
    for (let i = facts.start[edge] as number; i < end; i++) {
      const fact = factAt(symbols, facts, i);
      const known = this.#bySource.get(fact.source);
      this.#bySource.set(fact.source, known === undefined ? fact : addFacts(known, fact));
    }
  }

  finish(): Evidence {
    const facts = [...this.#bySource.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
    return { edges: this.#edges, facts };
  }
}
