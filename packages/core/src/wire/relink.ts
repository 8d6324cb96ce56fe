import type { NodeId } from '../ids/node-id.ts';
import { isEqual } from '../internal/is-equal.ts';
import type { NodeSummary } from '../view/summary.ts';

/**
 * The change of a node of which nothing changed but its edges. Where connections come and go, that is nearly every node at
 * nearly every tick; a whole summary says ten times as much.
 */
export interface Relink {
  readonly id: NodeId;
  /** Nodes it has an edge to now and had none before, ascending. */
  readonly add: readonly NodeId[];
  /** Nodes it had an edge to and has none now, ascending. */
  readonly remove: readonly NodeId[];
  /** The weights of all its edges now, as in a summary; absent where all are 1. */
  readonly weights?: readonly number[];
}

/** What takes one summary to another of the same node; `undefined` when more than edges differs. */
export function relinkOf(before: NodeSummary, after: NodeSummary): Relink | undefined {
  if (!isAlikeButEdges(before, after)) return undefined;
  const { adjacency: old } = before;
  const { adjacency: now, weights } = after;
  const add: NodeId[] = [];
  const remove: NodeId[] = [];
  for (let o = 0, n = 0; o < old.length || n < now.length; ) {
    const from = old[o];
    const to = now[n];
    // What is not in order cannot be put together again.
    if (isLess(from, old[o - 1]) || isLess(to, now[n - 1])) return undefined;
    if (from === to) {
      o++;
      n++;
    } else if (to === undefined || isLess(from, to)) {
      remove.push(from as NodeId);
      o++;
    } else {
      add.push(to);
      n++;
    }
  }
  return { id: after.id, add, remove, ...(weights === undefined ? {} : { weights }) };
}

/** The summary that a relink takes another to. */
export function applyRelink(before: NodeSummary, { add, remove, weights }: Relink): NodeSummary {
  const { weights: _, ...rest } = before;
  const gone = new Set(remove);
  const kept = gone.size === 0 ? before.adjacency : before.adjacency.filter((id) => !gone.has(id));
  const adjacency = add.length === 0 ? kept : [...kept, ...add].sort();
  return weights === undefined ? { ...rest, adjacency } : { ...rest, adjacency, weights };
}

function isLess(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}

function isAlikeButEdges(a: NodeSummary, b: NodeSummary): boolean {
  return (
    a.id === b.id &&
    a.label === b.label &&
    a.labelMinor === b.labelMinor &&
    a.topology === b.topology &&
    a.rank === b.rank &&
    a.shape === b.shape &&
    a.tag === b.tag &&
    a.stack === b.stack &&
    a.pseudo === b.pseudo &&
    isSameList(a.metadata, b.metadata) &&
    isSameList(a.metrics, b.metrics) &&
    isSameList(a.parents, b.parents)
  );
}

/** Lists that all layers of a view share are compared once: what `b` was compared with last, and how that went. */
const compared = new WeakMap<
  readonly unknown[],
  { readonly a: readonly unknown[]; readonly same: boolean }
>();

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a === b || (a.length === 0 && b.length === 0)) return true;
  const known = compared.get(b);
  if (known?.a === a) return known.same;
  const same = isEqual(a, b);
  compared.set(b, { a, same });
  return same;
}
