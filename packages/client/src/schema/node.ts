import type { NodeSummary } from '@ridgeline/core/wire';
import * as z from 'zod';
import { metricShape, summarySchema, summaryShape } from './picture.ts';

/** A table of a node. */
export interface NodeTableJson {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly columns: readonly { readonly id: string; readonly label: string; readonly dataType?: string }[];
  readonly rows: readonly { readonly id: string; readonly entries: Readonly<Record<string, string>> }[];
  readonly truncated: number;
}

/** Connections with one other node, to one port. */
export interface ConnectionJson {
  readonly id: string;
  readonly node: string;
  readonly label: string;
  readonly labelMinor?: string;
  readonly remote?: string;
  readonly port: string;
  readonly count: number;
}

/** All that is known of one node in a view. */
export interface DetailsAnswer {
  readonly hidden: boolean;
  readonly node: Omit<NodeSummary, 'metrics'> & {
    readonly metrics: readonly (NodeSummary['metrics'][number] & {
      readonly samples: readonly { readonly at: number; readonly value: number }[];
    })[];
    readonly tables: readonly NodeTableJson[];
    readonly controls: readonly Readonly<Record<string, unknown>>[];
    readonly children: readonly {
      readonly topology: string;
      readonly view: string;
      readonly label: string;
      readonly columns: readonly Readonly<Record<string, unknown>>[];
      readonly nodes: readonly (NodeSummary & { readonly tables: readonly NodeTableJson[] })[];
    }[];
    readonly connections: {
      readonly incoming: readonly ConnectionJson[];
      readonly outgoing: readonly ConnectionJson[];
    };
  };
}

const table: z.ZodType<NodeTableJson> = z.strictObject({
  id: z.string(),
  label: z.string(),
  type: z.string(),
  columns: z.array(
    z.strictObject({ id: z.string(), label: z.string(), dataType: z.string().exactOptional() }),
  ),
  rows: z.array(z.strictObject({ id: z.string(), entries: z.record(z.string(), z.string()) })),
  truncated: z.int(),
});

const connection: z.ZodType<ConnectionJson> = z.strictObject({
  id: z.string(),
  node: z.string(),
  label: z.string(),
  labelMinor: z.string().exactOptional(),
  remote: z.string().exactOptional(),
  port: z.string(),
  count: z.number(),
});

const anything = z.record(z.string(), z.unknown());

export const detailsSchema: z.ZodType<DetailsAnswer> = z.strictObject({
  hidden: z.boolean(),
  node: z.strictObject({
    ...summaryShape,
    metrics: z.array(
      z.strictObject({
        ...metricShape,
        samples: z.array(z.strictObject({ at: z.number(), value: z.number() })),
      }),
    ),
    tables: z.array(table),
    controls: z.array(anything),
    children: z.array(
      z.strictObject({
        topology: z.string(),
        view: z.string(),
        label: z.string(),
        columns: z.array(anything),
        nodes: z.array(
          z.strictObject({
            ...summaryShape,
            metrics: z.array(z.strictObject(metricShape)),
            tables: z.array(table),
          }),
        ),
      }),
    ),
    connections: z.strictObject({ incoming: z.array(connection), outgoing: z.array(connection) }),
  }),
});

/** What one source saw of the connections of an edge, all in all. */
export interface EvidenceJson {
  readonly source: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly connections: number;
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** No end of any of them is known to be the client. */
  readonly guessed: boolean;
}

/** An edge of a view: the nodes at its ends, its connections by port, and who saw them. */
export interface EdgeAnswer {
  readonly from: NodeSummary;
  readonly to: NodeSummary;
  readonly connections: readonly ConnectionJson[];
  readonly evidence: readonly EvidenceJson[];
}

export const edgeSchema: z.ZodType<EdgeAnswer> = z.strictObject({
  from: summarySchema,
  to: summarySchema,
  connections: z.array(connection),
  evidence: z.array(
    z.strictObject({
      source: z.string(),
      firstSeen: z.number(),
      lastSeen: z.number(),
      connections: z.number(),
      bytesOut: z.number(),
      bytesIn: z.number(),
      guessed: z.boolean(),
    }),
  ),
});
