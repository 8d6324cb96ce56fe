import type { Ledger } from '../filter/ledger.ts';
import type { Millis } from '../ids/instant.ts';
import type { NodeId } from '../ids/node-id.ts';
import { isEqual } from '../internal/is-equal.ts';
import type { Staleness } from './snapshot.ts';
import type { NodeSummary } from './summary.ts';

export { isEqual };

/** A picture as readers hold it: what a snapshot says, without the columns it was made of. */
export interface Picture<Source = unknown> {
  readonly view: string;
  readonly at: Millis;
  readonly ledger: Ledger;
  readonly nodes: ReadonlyMap<NodeId, NodeSummary>;
  readonly sources: readonly Source[];
  readonly stale?: Staleness | undefined;
}

/** The change from one picture to the next; `update` holds whole summaries. */
export interface Patch<Source = unknown> {
  readonly kind: 'patch';
  /** The life of the server that counts `seq`. */
  readonly epoch: string;
  /** The picture it is to be applied to. */
  readonly from: number;
  readonly seq: number;
  readonly at: Millis;
  readonly add: readonly NodeSummary[];
  readonly update: readonly NodeSummary[];
  readonly remove: readonly NodeId[];
  readonly ledger: Ledger;
  readonly sources: readonly Source[];
  readonly stale?: Staleness | undefined;
}

/** A whole picture, for a reader that has none or the wrong one. */
export interface Reset<Source = unknown> {
  readonly kind: 'reset';
  readonly epoch: string;
  readonly seq: number;
  readonly snapshot: Picture<Source>;
}

export type Delta<Source = unknown> = Reset<Source> | Patch<Source>;

/** What a reader holds: a picture and its place in the sequence. */
export interface Held<Source = unknown> {
  readonly epoch: string;
  readonly seq: number;
  readonly picture: Picture<Source>;
}

/** The nodes that came, changed and went from one picture to another: disjoint, ascending by id (law F3). */
export function diffNodes(
  before: ReadonlyMap<NodeId, NodeSummary>,
  after: ReadonlyMap<NodeId, NodeSummary>,
): Pick<Patch, 'add' | 'update' | 'remove'> {
  const add: NodeSummary[] = [];
  const update: NodeSummary[] = [];
  const remove: NodeId[] = [];
  if (before !== after) {
    for (const [id, node] of after) {
      const known = before.get(id);
      if (known === undefined) add.push(node);
      else if (!isSame(known, node)) update.push(node);
    }
    for (const id of before.keys()) if (!after.has(id)) remove.push(id);
  }
  return { add: add.sort(byId), update: update.sort(byId), remove: remove.sort() };
}

/** The patch from a held picture to the next one. */
export function diffPictures<Source>(held: Held<Source>, next: Picture<Source>, seq: number): Patch<Source> {
  return {
    kind: 'patch',
    epoch: held.epoch,
    from: held.seq,
    seq,
    at: next.at,
    ...diffNodes(held.picture.nodes, next.nodes),
    ledger: next.ledger,
    sources: next.sources,
    ...(next.stale === undefined ? {} : { stale: next.stale }),
  };
}

/** What became of a delta. */
export type Applied<Source = unknown> =
  | { readonly ok: true; readonly held: Held<Source> }
  /** The patch is not for the picture that is held: ask for a reset. */
  | { readonly ok: false; readonly reason: 'epoch' | 'gap' };

/** Applies a delta: `apply(a, diff(a, b)) = b`; a patch for another picture is refused (laws F3-F5). */
export function applyDelta<Source>(held: Held<Source> | undefined, delta: Delta<Source>): Applied<Source> {
  if (delta.kind === 'reset') {
    return { ok: true, held: { epoch: delta.epoch, seq: delta.seq, picture: delta.snapshot } };
  }
  if (held === undefined || held.epoch !== delta.epoch) return { ok: false, reason: 'epoch' };
  if (held.seq !== delta.from) return { ok: false, reason: 'gap' };
  const nodes = new Map(held.picture.nodes);
  for (const id of delta.remove) nodes.delete(id);
  for (const node of [...delta.add, ...delta.update]) nodes.set(node.id, node);
  const picture: Picture<Source> = {
    view: held.picture.view,
    at: delta.at,
    ledger: delta.ledger,
    nodes: new Map([...nodes].sort(([a], [b]) => (a < b ? -1 : 1))),
    sources: delta.sources,
    ...(delta.stale === undefined ? {} : { stale: delta.stale }),
  };
  return { ok: true, held: { epoch: delta.epoch, seq: delta.seq, picture } };
}

function byId(a: NodeSummary, b: NodeSummary): number {
  return a.id < b.id ? -1 : 1;
}

/** Whether two summaries are equal; what changes most often is looked at first. */
function isSame(a: NodeSummary, b: NodeSummary): boolean {
  return (
    a === b || (isSameList(a.adjacency, b.adjacency) && isSameList(a.weights, b.weights) && isEqual(a, b))
  );
}

function isSameList<T extends string | number>(a: readonly T[] = [], b: readonly T[] = []): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
