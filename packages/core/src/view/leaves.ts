import { NONE, type Sym } from '../ids/symbol-table.ts';
import type { Report } from '../model/report.ts';
import type { Row, Topology } from '../model/topology.ts';

/** Finds the reported rows that rows of a topology are. */
export interface LeafFinder {
  readonly from: Topology;
  /** The reported topology that a row is of; `undefined` where the report has no edges of it. */
  readonly reportedOf: (row: Row) => Topology | undefined;
}

/** Rows are found by topology and id, so that a topology that was restricted, grouped or decorated answers as well. */
export function leafFinder(from: Topology, report: Report): LeafFinder {
  const withEdges = (name: string): Topology | undefined => {
    const reported = report.topologies.get(name);
    return reported?.open === undefined || reported.open.to.length === 0 ? undefined : reported;
  };
  if (from.uniform) {
    const reported = withEdges(from.name);
    return { from, reportedOf: () => reported };
  }
  const byKind = new Map<Sym, Topology | undefined>();
  return {
    from,
    reportedOf: (row) => {
      const kind = from.kindSymbol(row);
      if (!byKind.has(kind)) byKind.set(kind, withEdges(from.kindOf(row)));
      return byKind.get(kind);
    },
  };
}

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
  visitReported(topology, row, report, visit);
  const { start, table, row: rows, tables } = topology.members;
  const end = start[row + 1] as number;
  for (let m = start[row] as number; m < end; m++) {
    visitReported(tables[table[m] as number] as Topology, rows[m] as Row, report, visit);
  }
}

function visitReported(
  topology: Topology,
  at: Row,
  report: Report,
  visit: (reported: Topology, row: Row) => void,
): void {
  const reported = report.topologies.get(topology.kindOf(at));
  if (reported?.open === undefined || reported.open.to.length === 0) return;
  // Most members are of the reported topology itself, where nothing has to be looked up.
  const row = reported === topology ? at : reported.rowOfSymbol(topology.ids[at] as number);
  if (row !== NONE) visit(reported, row);
}
