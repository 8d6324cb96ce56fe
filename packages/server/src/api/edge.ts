import type { EdgeAnswer, EdgeQuery, EvidenceJson } from '@ridgeline/client/schema';
import {
  edgeEvidence,
  nodeDetails,
  placeOf,
  type Report,
  RidgelineError,
  summarize,
  type Topology,
} from '@ridgeline/core';
import type { Outlook } from '../outlook.ts';
import { unknownNode } from './answers.ts';
import { viewRequest } from './view-request.ts';

/**
 * The connections that an edge of a view stands for, and what each source saw of them.
 *
 * @throws RidgelineError `UNKNOWN_NAME` when the view lacks a node or the edge
 */
export function answerEdge(outlook: Outlook, view: string, { from, to, ...query }: EdgeQuery): EdgeAnswer {
  const scope = outlook.detailsScope(viewRequest(outlook, view, query));
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
    evidence: evidenceOf(report, from, to, whole),
  };
}

function hasEdge(topology: Topology, from: string, to: string): boolean {
  const [tail, head] = [topology.rowOf(from), topology.rowOf(to)];
  if (tail === undefined || head === undefined) return false;
  const { start, to: targets } = topology.out;
  return targets.subarray(start[tail], start[tail + 1]).includes(head);
}

/** What each source saw of the connections that an edge stands for; nothing when the whole view lacks an end. */
function evidenceOf(report: Report, from: string, to: string, whole: Topology): readonly EvidenceJson[] {
  const [tail, head] = [whole.rowOf(from), whole.rowOf(to)];
  if (tail === undefined || head === undefined) return [];
  return edgeEvidence(whole, tail, head, report).facts;
}
