/**
 * The shapes in which pictures leave the process: plain JSON, typed alike in Node and in a browser.
 *
 * @packageDocumentation
 */
import type { SourceStatus } from './engine/source-status.ts';
import type { Ledger } from './filter/ledger.ts';
import type { Millis } from './ids/instant.ts';
import type { NodeId } from './ids/node-id.ts';
import type { Delta, Patch, Picture } from './view/delta.ts';
import type { Staleness } from './view/snapshot.ts';
import type { MetadataRow, MetricRow, NodeSummary, ParentLink } from './view/summary.ts';
import { type Relink, relinkOf } from './wire/relink.ts';

export { applyRelink } from './wire/relink.ts';
export type {
  Ledger,
  MetadataRow,
  MetricRow,
  NodeId,
  NodeSummary,
  ParentLink,
  Patch,
  Relink,
  SourceStatus,
  Staleness,
};

/** A picture as JSON. */
export interface SnapshotJson {
  readonly view: string;
  readonly seq: number;
  /** The end of the report's window, in milliseconds since 1970. */
  readonly at: Millis;
  readonly ledger: Ledger;
  /** Ascending by id. */
  readonly nodes: readonly NodeSummary[];
  readonly sources: readonly SourceStatus[];
  /** The picture is of the past, and why. */
  readonly stale?: Staleness;
}

/** A delta as JSON. */
export type DeltaJson =
  | { readonly kind: 'reset'; readonly epoch: string; readonly seq: number; readonly snapshot: SnapshotJson }
  | PatchJson;

/** A patch as JSON. */
export interface PatchJson extends Patch<SourceStatus> {
  /** Nodes of which nothing changed but edges; they are not in `update`. Applied after `add`, `update` and `remove`. */
  readonly relink?: readonly Relink[];
}

/** A picture in its JSON form. */
export function snapshotJson(picture: Picture<SourceStatus>, seq: number): SnapshotJson {
  return {
    view: picture.view,
    seq,
    at: picture.at,
    ledger: picture.ledger,
    nodes: [...picture.nodes.values()],
    sources: picture.sources,
    ...(picture.stale === undefined ? {} : { stale: picture.stale }),
  };
}

/** A patch in its short form: what changed of edges alone is told as that. */
export function shortPatch(before: Picture<SourceStatus>, patch: Patch<SourceStatus>): PatchJson {
  const update: NodeSummary[] = [];
  const relink: Relink[] = [];
  for (const node of patch.update) {
    const known = before.nodes.get(node.id);
    const change = known === undefined ? undefined : relinkOf(known, node);
    if (change === undefined) update.push(node);
    else relink.push(change);
  }
  return { ...patch, update, relink };
}

/** A delta in its JSON form. */
export function deltaJson(delta: Delta<SourceStatus>): DeltaJson {
  return delta.kind === 'patch' ? delta : { ...delta, snapshot: snapshotJson(delta.snapshot, delta.seq) };
}

/** The inverse of {@link deltaJson}. */
export function readDelta(json: DeltaJson): Delta<SourceStatus> {
  if (json.kind === 'patch') return json;
  const { nodes, stale, view, at, ledger, sources } = json.snapshot;
  return {
    kind: 'reset',
    epoch: json.epoch,
    seq: json.seq,
    snapshot: {
      view,
      at,
      ledger,
      sources,
      nodes: new Map(nodes.map((node) => [node.id, node])),
      ...(stale === undefined ? {} : { stale }),
    },
  };
}
