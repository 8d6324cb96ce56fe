import type {
  Ledger,
  NodeId,
  NodeSummary,
  PatchJson,
  SnapshotJson,
  SourceStatus,
} from '@ridgeline/core/wire';
import * as z from 'zod';

/** A schema for each member. */
type ShapeOf<T> = { readonly [Key in keyof T]-?: z.ZodType<Exclude<T[Key], undefined>> };

/** An id: any text; which nodes there are is not known here. */
const nodeId = z.string() as unknown as z.ZodType<NodeId>;
const count = z.int().nonnegative();

const origin = z.union([
  z.strictObject({ kind: z.literal('option'), group: z.string(), value: z.string() }),
  z.strictObject({ kind: z.literal('config'), path: z.string() }),
  z.strictObject({ kind: z.literal('request') }),
  z.strictObject({ kind: z.literal('view'), view: z.string() }),
]);

/** The books of a filter layer. */
export const ledgerSchema: z.ZodType<Ledger> = z.strictObject({
  total: count,
  shown: count,
  filtered: count,
  orphaned: count,
  edges: z.strictObject({ total: count, shown: count }),
  clauses: z.array(
    z.strictObject({
      id: z.string(),
      text: z.string(),
      name: z.string().exactOptional(),
      from: z.array(origin),
      rejected: count,
      only: count,
      members: z.strictObject({ rejected: count, only: count }).exactOptional(),
    }),
  ),
  members: z.strictObject({ total: count, shown: count, filtered: count }).exactOptional(),
  lost: z.array(
    z.strictObject({ source: z.string(), host: z.string(), what: z.string(), count: z.number() }),
  ),
});

/** How a source is on one host. */
export const sourceSchema: z.ZodType<SourceStatus> = z.strictObject({
  name: z.string(),
  host: z.string(),
  state: z.enum(['starting', 'running', 'degraded', 'stale', 'failed', 'stopped']),
  message: z.string().exactOptional(),
  givenUp: z.literal(true).exactOptional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
  since: z.number(),
  lastReport: z.number().exactOptional(),
  reports: count,
  refused: count,
});

/** The members of a summary, which details have too. */
export const summaryShape: ShapeOf<Omit<NodeSummary, 'metrics'>> = {
  id: nodeId,
  topology: z.string(),
  label: z.string(),
  labelMinor: z.string(),
  rank: z.string(),
  shape: z.string(),
  tag: z.string().exactOptional(),
  stack: z.boolean().exactOptional(),
  pseudo: z.boolean().exactOptional(),
  metadata: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      value: z.string(),
      priority: z.number().exactOptional(),
      dataType: z.string().exactOptional(),
      truncate: z.number().exactOptional(),
    }),
  ),
  parents: z.array(z.strictObject({ id: nodeId, label: z.string(), topology: z.string(), view: z.string() })),
  adjacency: z.array(nodeId),
  weights: z.array(z.number()).exactOptional(),
};

/** The members of a row of a metric. */
export const metricShape: ShapeOf<NodeSummary['metrics'][number]> = {
  id: z.string(),
  label: z.string(),
  value: z.number(),
  min: z.number(),
  max: z.number(),
  format: z.string().exactOptional(),
  group: z.string().exactOptional(),
  priority: z.number().exactOptional(),
};

/** What a list or a graph needs of a node. */
export const summarySchema: z.ZodType<NodeSummary> = z.strictObject({
  ...summaryShape,
  metrics: z.array(z.strictObject(metricShape)),
});

const staleness = z.strictObject({ since: z.number(), reason: z.string() });

/** A picture. */
export const snapshotSchema: z.ZodType<SnapshotJson> = z.strictObject({
  view: z.string(),
  seq: count,
  at: z.number(),
  ledger: ledgerSchema,
  nodes: z.array(summarySchema),
  sources: z.array(sourceSchema),
  stale: staleness.exactOptional(),
});

/** A whole picture, for a reader that has none or the wrong one. */
export interface ResetJson {
  readonly kind: 'reset';
  readonly epoch: string;
  readonly seq: number;
  readonly snapshot: SnapshotJson;
}

const resetSchema: z.ZodType<ResetJson> = z.strictObject({
  kind: z.literal('reset'),
  epoch: z.string(),
  seq: count,
  snapshot: snapshotSchema,
});

const patchSchema: z.ZodType<PatchJson> = z.strictObject({
  kind: z.literal('patch'),
  epoch: z.string(),
  from: count,
  seq: count,
  at: z.number(),
  add: z.array(summarySchema),
  update: z.array(summarySchema),
  remove: z.array(nodeId),
  /** Nodes of which nothing changed but edges. */
  relink: z
    .array(
      z.strictObject({
        id: nodeId,
        add: z.array(nodeId),
        remove: z.array(nodeId),
        weights: z.array(z.number()).exactOptional(),
      }),
    )
    .exactOptional(),
  ledger: ledgerSchema,
  sources: z.array(sourceSchema),
  stale: staleness.exactOptional(),
});

/** Said when nothing else was for a while: the reader is still followed, and holds the newest picture. */
export interface HeartbeatJson {
  readonly kind: 'heartbeat';
  readonly epoch: string;
  readonly seq: number;
}

/** Why no picture comes; the reader stays connected, and gets one as soon as there is one. */
export interface TroubleJson {
  readonly kind: 'trouble';
  readonly code: string;
  readonly message: string;
}

/** A message of a live view. */
export type LiveMessage = ResetJson | PatchJson | HeartbeatJson | TroubleJson;

/** A message of a live view. */
export const liveMessageSchema: z.ZodType<LiveMessage> = z.union([
  resetSchema,
  patchSchema,
  z.strictObject({ kind: z.literal('heartbeat'), epoch: z.string(), seq: count }),
  z.strictObject({ kind: z.literal('trouble'), code: z.string(), message: z.string() }),
]);
