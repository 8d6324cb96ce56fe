import type { EdgeAnswer, EdgeQuery, EvidenceJson } from '@ridgeline/client/schema';
import {
  addFacts,
  type EdgeFact,
  factAt,
  NONE,
  nodeDetails,
  placeOf,
  RidgelineError,
  type Row,
  summarize,
  type Topology,
} from '@ridgeline/core';
import type { Outlook } from '../outlook.ts';
import { unknownNode } from './answers.ts';
import { viewRequest } from './view-request.ts';

/** The topology of the ends of connections. */
const ENDPOINT = 'endpoint';

/**
 * The connections that an edge of a view stands for, and what each source saw of them.
 *
 * @throws RidgelineError `UNKNOWN_NAME` when the view lacks a node or the edge
 */
export function answerEdge(outlook: Outlook, view: string, { from, to, ...query }: EdgeQuery): EdgeAnswer {
  const scope = outlook.detailsScope(viewRequest(outlook.engine.registry, view, query));
  const [tail, head] = [placeOf(from, scope), placeOf(to, scope)];
  if (tail === undefined) throw unknownNode(view, from);
  if (head === undefined) throw unknownNode(view, to);
  // A hidden end has its edges in the whole view only.
  const { definitions, report, whole } = scope;
  const outgoing = nodeDetails(from, { ...scope, shown: whole })?.connections.outgoing ?? [];
  const connections = outgoing.filter((row) => row.node === to);
  const summary = summarize(tail.topology, tail.row, definitions, report);
  const isEdge = connections.length > 0 || hasEdge(whole, from, to);
  if (!isEdge) {
    throw new RidgelineError('UNKNOWN_NAME', `view ${view} has no edge from ${from} to ${to}`, {
      view,
      from,
      to,
    });
  }
  return {
    from: summary,
    to: summarize(head.topology, head.row, definitions, report),
    connections,
    evidence: evidenceOf(outlook, from, to, whole),
  };
}

function hasEdge(topology: Topology, from: string, to: string): boolean {
  const [tail, head] = [topology.rowOf(from), topology.rowOf(to)];
  if (tail === undefined || head === undefined) return false;
  const { start, to: targets } = topology.out;
  return targets.subarray(start[tail], start[tail + 1]).includes(head);
}

/** The facts of the endpoints' edges that the edge stands for, added up by source. */
function evidenceOf(outlook: Outlook, from: string, to: string, whole: Topology): readonly EvidenceJson[] {
  const endpoints = outlook.report.topologies.get(ENDPOINT);
  const facts = endpoints?.open?.facts;
  if (endpoints?.open === undefined || facts === undefined) return [];
  const heads = new Set(endpointSymbols(whole, to));
  const bySource = new Map<string, EdgeFact>();
  for (const symbol of endpointSymbols(whole, from)) {
    const row = endpoints.rowOfSymbol(symbol);
    if (row === NONE) continue;
    const end = endpoints.open.start[row + 1] as number;
    for (let e = endpoints.open.start[row] as number; e < end; e++) {
      if (!heads.has(endpoints.open.to[e] as number)) continue;
      const last = facts.start[e + 1] as number;
      for (let i = facts.start[e] as number; i < last; i++) {
        const fact = factAt(endpoints.symbols, facts, i);
        const known = bySource.get(fact.source);
        bySource.set(fact.source, known === undefined ? fact : addFacts(known, fact));
      }
    }
  }
  return [...bySource.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** The symbols of the endpoints that are members of a node. */
function endpointSymbols(topology: Topology, id: string): readonly number[] {
  const row = topology.rowOf(id);
  if (row === undefined) return [];
  const { members } = topology;
  const symbols: number[] = [];
  const end = members.start[row + 1] as number;
  for (let m = members.start[row] as number; m < end; m++) {
    const table = members.tables[members.table[m] as number] as Topology;
    const at = members.row[m] as Row;
    if (table.kindOf(at) === ENDPOINT) symbols.push(table.ids[at] as number);
  }
  return symbols;
}
