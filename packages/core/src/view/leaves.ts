import type { TopologyName } from '../ids/node-id.ts';
import { NONE } from '../ids/symbol-table.ts';
import type { Report } from '../model/report.ts';
import type { Row, Topology } from '../model/topology.ts';

/**
 * Visits the leaves of a row: its members, and itself, as far as the report has edges of them. They are found by topology
 * and id, so that a topology that was restricted, grouped or decorated answers as well.
 */
export function eachLeaf(
  topology: Topology,
  row: Row,
  report: Report,
  visit: (reported: Topology, row: Row) => void,
): void {
  visitReported(topology.kindOf(row), topology.ids[row] as number, report, visit);
  const { start, table, row: rows, tables } = topology.members;
  const end = start[row + 1] as number;
  for (let m = start[row] as number; m < end; m++) {
    const from = tables[table[m] as number] as Topology;
    const at = rows[m] as Row;
    visitReported(from.kindOf(at), from.ids[at] as number, report, visit);
  }
}

function visitReported(
  kind: TopologyName,
  id: number,
  report: Report,
  visit: (reported: Topology, row: Row) => void,
): void {
  const reported = report.topologies.get(kind);
  if (reported?.open === undefined || reported.open.to.length === 0) return;
  const row = reported.rowOfSymbol(id);
  if (row !== NONE) visit(reported, row);
}
