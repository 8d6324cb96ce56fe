import type { Report, Topology } from '@ridgeline/core';
import { canonicalText } from './canonical-text.ts';
import { describeReport } from './describe-report.ts';
import { describeGraph } from './plain-graph.ts';
import type { PlainReport } from './plain-report.ts';

/** The canonical text of a plain report: lists that have no order are sorted, topologies without nodes left out. */
export function plainReportText(report: PlainReport): string {
  const byId = <T extends { readonly id: string }>(items: readonly T[]): readonly T[] =>
    [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  return canonicalText({
    ...report,
    topologies: new Map([...report.topologies].filter(([, nodes]) => nodes.size > 0)),
    templates: new Map(
      [...report.templates].map(([name, t]) => [
        name,
        {
          ...t,
          metadata: byId(t.metadata),
          metrics: byId(t.metrics),
          tables: byId(t.tables),
          controls: byId(t.controls),
        },
      ]),
    ),
    dns: new Map(
      [...report.dns].map(([address, names]) => [
        address,
        { forward: [...names.forward].sort(), reverse: [...names.reverse].sort() },
      ]),
    ),
    lost: report.lost.map(canonicalText).sort(),
    issues: [...report.issues].sort(),
  });
}

/** The canonical text of a report; of what it was made of and where it came from nothing remains. */
export function reportText(report: Report): string {
  return plainReportText(describeReport(report));
}

/** The canonical text of a rendered topology: rows by id, attributes by key, edges by pairs of ids. */
export function topologyText(topology: Topology): string {
  return canonicalText(describeGraph(topology));
}

/** `a ≅ b` on reports: they say the same, in whatever symbols and order. */
export function sameReport(a: Report, b: Report): boolean {
  return reportText(a) === reportText(b);
}

/** `a ≅ b` on rendered topologies. */
export function sameTopology(a: Topology, b: Topology): boolean {
  return topologyText(a) === topologyText(b);
}
