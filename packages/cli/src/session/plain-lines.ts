import { describeLedger, type Ledger, type NodeSummary, type ViewRequest } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import type { NodeId } from '@ridgeline/core/wire';
import type { Lifecycle } from '@ridgeline/runtime';
import { BehaviorSubject } from 'rxjs';
import type { Io } from '../io.ts';
import { printable } from '../terminal/display-width.ts';
import { describeCount, describeTime } from '../terminal/quantities.ts';

/**
 * Tells what comes and goes, one line each, for pipes and logs:
 *
 *     15:08:31 + host;4242  python3
 *     15:08:31 + host;4243 → host;4242  python3 → python3
 *     15:08:31 ~ host;4244  sh → node
 *     15:08:31 = 69 of 88 shown, 19 hidden: unconnected 19
 *     15:08:31 ! lost, not hidden: 3,120 events (the ring was full) (ebpf on host)
 *     15:08:31 ! stale: view processes of plugin odd: filter odd.boom failed: boom
 */
export function tellChanges(io: Io, ridgeline: Ridgeline, request: ViewRequest, lifecycle: Lifecycle): void {
  const known = new Map<NodeId, NodeSummary>();
  const tellLosses = createLossLines();
  let ledger = '';
  let stale: string | undefined;
  const subscription = ridgeline.watch(new BehaviorSubject(request)).subscribe((delta) => {
    const isReset = delta.kind === 'reset';
    const at = isReset ? delta.snapshot.at : delta.at;
    const reason = (isReset ? delta.snapshot.stale : delta.stale)?.reason;
    if (reason !== undefined && reason !== stale)
      io.out.write(`${describeTime(at === 0 ? Date.now() : at)} ! stale: ${printable(reason)}\n`);
    stale = reason;
    // Before the first report there is no picture to tell of.
    if (at === 0) return;
    const time = describeTime(at);
    const lines: string[] = [];
    const come = isReset ? [...delta.snapshot.nodes.values()] : [...delta.add, ...delta.update];
    const gone = isReset ? [...known.keys()].filter((id) => !delta.snapshot.nodes.has(id)) : delta.remove;
    const labels = new Map([...known, ...come.map((node) => [node.id, node] as const)]);
    const nameOf = (id: NodeId): string => printable(labels.get(id)?.label ?? id);
    const edge = (from: NodeId, to: NodeId): string =>
      `${printable(from)} → ${printable(to)}  ${nameOf(from)} → ${nameOf(to)}`;
    for (const node of come) {
      const before = known.get(node.id);
      if (before === undefined) lines.push(`${time} + ${printable(node.id)}  ${nameOf(node.id)}`);
      else if (before.label !== node.label && isConnected(node, known)) {
        lines.push(`${time} ~ ${printable(node.id)}  ${printable(before.label)} → ${nameOf(node.id)}`);
      }
      for (const to of node.adjacency) {
        if (before?.adjacency.includes(to) !== true) lines.push(`${time} + ${edge(node.id, to)}`);
      }
      for (const to of before?.adjacency ?? []) {
        if (!node.adjacency.includes(to)) lines.push(`${time} - ${edge(node.id, to)}`);
      }
      known.set(node.id, node);
    }
    for (const id of gone) {
      for (const to of known.get(id)?.adjacency ?? []) lines.push(`${time} - ${edge(id, to)}`);
      lines.push(`${time} - ${printable(id)}  ${nameOf(id)}`);
    }
    for (const id of gone) known.delete(id);
    const books = isReset ? delta.snapshot.ledger : delta.ledger;
    for (const loss of tellLosses(books)) lines.push(`${time} ! ${loss}`);
    const sentence = describeLedger(books);
    if (sentence !== ledger) lines.push(`${time} = ${sentence}`);
    ledger = sentence;
    if (lines.length > 0) io.out.write(`${lines.join('\n')}\n`);
  });
  lifecycle.defer('lines', () => subscription.unsubscribe());
}

/** What sources missed, each time that it has become more. */
function createLossLines(): (ledger: Ledger) => readonly string[] {
  const told = new Map<string, number>();
  return ({ lost }) => {
    const lines: string[] = [];
    for (const { source, host, what, count } of lost) {
      const of = printable(`${what} (${source} on ${host})`);
      if (count <= (told.get(of) ?? 0)) continue;
      told.set(of, count);
      lines.push(`lost, not hidden: ${describeCount(count)} ${of}`);
    }
    return lines;
  };
}

/** Kernel threads are called by what they do at the moment: new names are news only of what talks. */
function isConnected(node: NodeSummary, known: ReadonlyMap<NodeId, NodeSummary>): boolean {
  if (node.adjacency.length > 0) return true;
  for (const other of known.values()) if (other.adjacency.includes(node.id)) return true;
  return false;
}
