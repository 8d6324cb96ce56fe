import type { TopologyName } from '../ids/node-id.ts';
import { readNode } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { Row, Topology } from '../model/topology.ts';
import type { MemberColumn } from '../model/topology-definition.ts';
import { ENDPOINT } from './connections.ts';
import type { Definitions } from './definitions.ts';
import { type NodeSummary, summarize } from './summary.ts';
import { type NodeTable, summaryTables } from './tables.ts';

/** The members of a node that are of one topology. */
export interface ChildList {
  readonly topology: TopologyName;
  /** The view that shows them. */
  readonly view: string;
  readonly label: string;
  readonly columns: readonly MemberColumn[];
  /** Ascending by id. */
  readonly nodes: readonly ChildNode[];
}

/** A member as it is listed: as it stands in the stage it comes from. */
export interface ChildNode extends NodeSummary {
  readonly tables: readonly NodeTable[];
}

/** The members of a row by topology, in the order in which topologies are defined; endpoints are not listed. */
export function childLists(
  topology: Topology,
  row: Row,
  definitions: Definitions,
  report: Report,
): readonly ChildList[] {
  const members = membersByKind(topology, row);
  const lists: ChildList[] = [];
  for (const { name, view, members: listing } of definitions.list()) {
    const found = members.get(name);
    if (view === undefined || found === undefined) continue;
    const { labelPlural, label } = definitions.templates(name, report);
    lists.push({
      topology: name,
      view,
      label: listing?.label ?? labelPlural ?? label ?? name,
      columns: listing?.columns ?? [],
      nodes: found
        .map(({ from, at }) => ({
          ...summarize(from, at, definitions, report),
          tables: summaryTables(readNode(from, at), definitions, report),
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    });
  }
  return lists;
}

interface Member {
  readonly from: Topology;
  readonly at: Row;
}

function membersByKind(topology: Topology, row: Row): ReadonlyMap<TopologyName, readonly Member[]> {
  const { members } = topology;
  const byKind = new Map<TopologyName, Member[]>();
  const end = members.start[row + 1] as number;
  for (let m = members.start[row] as number; m < end; m++) {
    const from = members.tables[members.table[m] as number] as Topology;
    const at = members.row[m] as Row;
    const kind = from.kindOf(at);
    if (kind === ENDPOINT || from.ids[at] === topology.ids[row]) continue;
    const known = byKind.get(kind);
    if (known === undefined) byKind.set(kind, [{ from, at }]);
    else known.push({ from, at });
  }
  return byKind;
}
