/** Laws C: what every renderer keeps. A renderer is a plan; `Render` follows it. */
import {
  mergeReports,
  type Plan,
  type Report,
  RidgelineError,
  reintern,
  SymbolTable,
  type Topology,
} from '@ridgeline/core';
import { buildReport } from '../plain/build-report.ts';
import { canonicalText } from '../plain/canonical-text.ts';
import { describeReport } from '../plain/describe-report.ts';
import { describeGraph, edgesOf } from '../plain/plain-graph.ts';
import type { PlainReport } from '../plain/plain-report.ts';
import { reportText, topologyText } from '../plain/same.ts';
import { topologyWithin } from '../plain/within.ts';

/** Makes a topology of a report; a new one for each call, so that nothing is remembered. */
export type Render = (report: Report) => Topology;

/** C1: every edge end is a row, ids are unique, edges of a row are ascending and unique, `rowOf(idOf(i)) = i`. */
export function isClosed(output: Topology): boolean {
  const { out, size } = output;
  if (out.start.length !== size + 1 || out.start[0] !== 0 || out.start[size] !== out.to.length) return false;
  const ids = new Set<string>();
  for (let row = 0; row < size; row++) {
    const id = output.idOf(row);
    if (ids.has(id) || output.rowOf(id) !== row) return false;
    ids.add(id);
    const end = out.start[row + 1] as number;
    for (let e = out.start[row] as number; e < end; e++) {
      if ((out.to[e] as number) >= size) return false;
      if (e > (out.start[row] as number) && (out.to[e] as number) <= (out.to[e - 1] as number)) return false;
    }
  }
  return true;
}

/** C2: rows and topologies of the report in another order, in other symbols, give the same output, and so does a second run. */
export function isDeterministic(
  render: Render,
  report: Report,
  shuffle: <T>(items: readonly T[]) => T[],
): boolean {
  const output = topologyText(render(report));
  const shuffled = buildReport(shufflePlain(describeReport(report), shuffle), new SymbolTable());
  return topologyText(render(report)) === output && topologyText(render(shuffled)) === output;
}

/** C3: rendering leaves its input as it was. */
export function isPure(render: Render, report: Report): boolean {
  const before = reportText(report);
  render(report);
  return reportText(report) === before;
}

/**
 * C4: X→Y in the output ⇒ some x→y in a reported topology with x ∈ members(X), y ∈ members(Y); a node counts among its
 * own members.
 */
export function hasSoundEdges(output: Topology, report: Report): boolean {
  const reported = reportedEdges(report);
  const { nodes } = describeGraph(output);
  return edgesOf({ nodes }).every(([from, to]) => {
    const heads = new Set([to, ...(nodes.get(to)?.members ?? [])]);
    return [from, ...(nodes.get(from)?.members ?? [])].some((tail) =>
      (reported.get(tail) ?? []).some((head) => heads.has(head)),
    );
  });
}

/** C4, the converse: x→y reported, x ∈ members(X), y ∈ members(Y), X ≠ Y ⇒ X→Y in the output. */
export function hasCompleteEdges(output: Topology, report: Report): boolean {
  const { nodes } = describeGraph(output);
  const groupsOf = new Map<string, string[]>();
  for (const [id, node] of nodes) {
    for (const member of new Set([id, ...node.members]))
      groupsOf.set(member, [...(groupsOf.get(member) ?? []), id]);
  }
  return [...reportedEdges(report)].every(([tail, heads]) =>
    (groupsOf.get(tail) ?? []).every((from) =>
      heads.every((head) =>
        (groupsOf.get(head) ?? []).every((to) => from === to || nodes.get(from)?.out.includes(to) === true),
      ),
    ),
  );
}

/** C5: members are rows that exist, and no row is twice a member of one node; what was put under a node itself is among them. */
export function hasProvenance(output: Topology): boolean {
  const { start, table, row, tables } = output.members;
  if (start.length !== output.size + 1 || start[output.size] !== row.length) return false;
  for (let out = 0; out < output.size; out++) {
    const seen = new Set<string>();
    for (let m = start[out] as number; m < (start[out + 1] as number); m++) {
      const members = tables[table[m] as number];
      if (members === undefined || (row[m] as number) >= members.size) return false;
      const id = members.idOf(row[m] as number);
      if (seen.has(id)) return false;
      seen.add(id);
    }
    let isAmongThem = true;
    output.eachDirectMember(out, (from, member) => {
      isAmongThem &&= seen.has(from.idOf(member));
    });
    if (!isAmongThem) return false;
  }
  return true;
}

/** C5: a single-valued key partitions what it maps: each row of the input is a member of at most one node. */
export function partitions(output: Topology, input: Topology): boolean {
  const { row, table, tables } = output.members;
  const owned = new Set<number>();
  for (let m = 0; m < row.length; m++) {
    if (tables[table[m] as number] !== input) continue;
    if (owned.has(row[m] as number)) return false;
    owned.add(row[m] as number);
  }
  return true;
}

/** C6: no node has an edge to itself. */
export function hasNoSelfLoops(output: Topology): boolean {
  return edgesOf(describeGraph(output)).every(([from, to]) => from !== to);
}

/** C7: `reduce` is commutative and idempotent in its branches: any order, with repetitions, gives the same. */
export function reducesInAnyOrder(
  reduce: (branches: readonly Topology[]) => Topology,
  branches: readonly Topology[],
  order: readonly number[],
): boolean {
  const again = reduce(order.map((index) => branches[index] as Topology));
  return topologyText(again) === topologyText(reduce(branches));
}

/** C7: `reduce` is associative in its branches. */
export function reducesInParts(
  reduce: (branches: readonly Topology[]) => Topology,
  a: Topology,
  b: Topology,
  c: Topology,
): boolean {
  return topologyText(reduce([reduce([a, b]), c])) === topologyText(reduce([a, reduce([b, c])]));
}

/** C9: `a ⊑ b ⇒ R(a) ⊑ R(b)`, with `b = a ⊔ more`. */
export function isMonotone(render: Render, a: Report, more: Report): boolean {
  const b = mergeReports(a.symbols, [a, reintern(more, a.symbols)]);
  return topologyWithin(render(a), render(b));
}

/** What C12 needs of an interpreter: it keeps what it has made between calls. */
export interface Abortable {
  interpret(
    plan: Plan,
    report: Report,
    options?: { readonly signal?: { readonly aborted: boolean } },
  ): Topology;
}

/**
 * C12: aborted at any step, a render throws `ABORTED`; the next one, with the same interpreter, is as a cold one.
 *
 * @param step - how often the signal is asked before it is aborted
 */
export function abortsCleanly(
  interpreter: Abortable,
  cold: Render,
  plan: Plan,
  report: Report,
  step: number,
): boolean {
  let asked = 0;
  const signal = {
    get aborted(): boolean {
      return asked++ >= step;
    },
  };
  try {
    interpreter.interpret(plan, report, { signal });
    // It had fewer steps than that; but one that never asks cannot be aborted at all.
    if (asked === 0 || asked > step) return false;
  } catch (error) {
    if (!(error instanceof RidgelineError) || error.code !== 'ABORTED' || asked <= step) return false;
  }
  return topologyText(interpreter.interpret(plan, report)) === topologyText(cold(report));
}

/** C13: there is an output for the empty report, and for one of topologies that the renderer does not know. */
export function isTotalRenderer(render: Render, report: Report): boolean {
  return isClosed(render(report));
}

/** The edges of all reported topologies, by the id they come from. */
function reportedEdges(report: Report): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const nodes of describeReport(report).topologies.values()) {
    for (const [id, node] of nodes) {
      // An edge to nowhere is in no output.
      edges.set(id, [...(edges.get(id) ?? []), ...[...node.edges.keys()].filter((to) => nodes.has(to))]);
    }
  }
  return edges;
}

function shufflePlain(plain: PlainReport, shuffle: <T>(items: readonly T[]) => T[]): PlainReport {
  return {
    ...plain,
    topologies: new Map(
      shuffle([...plain.topologies]).map(([name, nodes]) => [
        name,
        new Map(
          shuffle([...nodes]).map(([id, node]) => [
            id,
            { ...node, edges: new Map(shuffle([...node.edges])) },
          ]),
        ),
      ]),
    ),
  };
}

/** The canonical text of an output: what C2 compares. */
export function outputText(output: Topology): string {
  return canonicalText(describeGraph(output));
}
