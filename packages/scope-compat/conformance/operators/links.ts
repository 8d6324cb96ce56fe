import { type Row, readNode, type Topology } from '@ridgeline/core';
import { linkMetrics, nodeToJson } from '@ridgeline/scope-compat';
import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf } from '../json.ts';
import type { Session } from '../session.ts';
import { sessionOf } from '../session-cache.ts';

/** Metrics with links to graphs elsewhere. */
export function linkCases(
  folder: ConformanceFolder,
  entry: ManifestEntry,
  section: JsonMap,
): readonly ConformanceCase[] {
  return listOf(section.cases).map((item, i): ConformanceCase => {
    const one = mapOf(item);
    const view = textOf(one.topology);
    const graphUrl = textOf(one.metricsGraphURL);
    return {
      kind: 'operators',
      name: entry.name,
      view,
      part: `links ${view} ${graphUrl}`,
      comparisons: [
        {
          at: `${entry.file}:/links/cases/${i}/expectMetrics`,
          expected: one.expectMetrics ?? null,
          actual: () => linkedMetrics(sessionOf(folder, textOf(section.input)), view, graphUrl),
        },
      ],
    };
  });
}

/** By node, the rows of its metrics; nodes without any are left out. */
function linkedMetrics(session: Session, view: string, graphUrl: string): Record<string, unknown> {
  const topology = session.interpret(session.view(view).renderer.plan);
  const nodes: Record<string, unknown> = {};
  for (let row = 0; row < topology.size; row++) {
    const rows = rowsOf(session, topology, row, graphUrl);
    if (rows.length > 0) nodes[topology.idOf(row)] = rows;
  }
  return nodes;
}

function rowsOf(session: Session, topology: Topology, row: Row, graphUrl: string): readonly unknown[] {
  const { report, engine } = session;
  const json = nodeToJson(topology, row, engine.registry.definitions, report);
  if (json === undefined) return [];
  const node = readNode(topology, row);
  const linked = linkMetrics(
    listOf(json.metrics).map(mapOf),
    { id: node.id, topology: node.topology, label: textOf(json.label), raw: (key) => node.raw(key) },
    report,
    graphUrl,
  );
  return linked.map(({ id, label, priority, url, value, valueEmpty = null }) => ({
    id,
    label,
    priority,
    url,
    value,
    valueEmpty,
  }));
}
