import { pluginFault } from '../errors.ts';
import type { NodeId } from '../ids/node-id.ts';
import { type NodeReader, readNode, type Sample } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { Row, Topology } from '../model/topology.ts';
import { RenderScope, TrackedContext } from '../render/context.ts';
import { type ChildList, childLists } from './children.ts';
import { type ConnectionRow, incomingConnections, outgoingConnections } from './connections.ts';
import { type NodeControl, nodeControls } from './controls.ts';
import { addById, type DetailsAddition } from './define-details.ts';
import type { Definitions } from './definitions.ts';
import { type MetricRow, type NodeSummary, summarize } from './summary.ts';
import { type NodeTable, summaryTables } from './tables.ts';

/** A time series as it is shown with one node: with its samples, oldest first. */
export interface MetricDetails extends MetricRow {
  readonly samples: readonly Sample[];
}

/** All that is known of one node in a view. */
export interface NodeDetails extends NodeSummary {
  readonly metrics: readonly MetricDetails[];
  readonly tables: readonly NodeTable[];
  readonly controls: readonly NodeControl[];
  readonly children: readonly ChildList[];
  readonly connections: {
    readonly incoming: readonly ConnectionRow[];
    readonly outgoing: readonly ConnectionRow[];
  };
}

/** Where a node's details are read from. */
export interface DetailsScope {
  /** The view without any filter. */
  readonly whole: Topology;
  /** What is shown of it. */
  readonly shown: Topology;
  readonly definitions: Definitions;
  readonly report: Report;
}

/**
 * The details of a node; of a hidden one, too, which changes no count (law D14): its own edges are then those it has in
 * the whole view.
 *
 * @returns `undefined` when the view has no such node
 */
export function nodeDetails(id: NodeId | string, scope: DetailsScope): NodeDetails | undefined {
  const place = placeOf(id, scope);
  if (place === undefined) return undefined;
  const { topology, row } = place;
  const { shown, definitions, report } = scope;
  const node = readNode(topology, row);
  const summary = summarize(topology, row, definitions, report);
  const connections = { shown, topology, row, report, definitions };
  const added = additions(node, scope);
  return {
    ...summary,
    metadata: addById(
      summary.metadata,
      added.flatMap(({ metadata = [] }) => metadata),
    ),
    metrics: summary.metrics.map((metric) => withSamples(metric, node)),
    tables: addById(
      summaryTables(node, definitions, report),
      added.flatMap(({ tables = [] }) => tables),
    ),
    controls: nodeControls(node.topology, node.id, definitions, report),
    children: childLists(topology, row, definitions, report),
    connections: {
      incoming: incomingConnections(connections),
      outgoing: outgoingConnections(connections),
    },
  };
}

/** Where a node stands: among those shown, else in the whole view. */
export function placeOf(
  id: NodeId | string,
  { whole, shown }: Pick<DetailsScope, 'whole' | 'shown'>,
): { readonly topology: Topology; readonly row: Row } | undefined {
  const row = shown.rowOf(id);
  if (row !== undefined) return { topology: shown, row };
  const hidden = whole.rowOf(id);
  return hidden === undefined ? undefined : { topology: whole, row: hidden };
}

/** What plugins add; one that fails adds nothing and is named in the engine's faults. */
function additions(node: NodeReader, { definitions, report }: DetailsScope): readonly DetailsAddition[] {
  const context = new TrackedContext(report, new RenderScope());
  return definitions.decorators
    .filter(({ topology }) => topology === undefined || topology === node.topology)
    .map(({ name, add }) => {
      try {
        return add(node, context);
      } catch (error) {
        // The seam to a plugin's function.
        definitions.noteFault(`details ${name}`, pluginFault(`details ${name}`, error, node.id));
        return {};
      }
    });
}

function withSamples(metric: MetricRow, node: NodeReader): MetricDetails {
  return { ...metric, samples: node.metric(metric.id)?.samples ?? [] };
}
