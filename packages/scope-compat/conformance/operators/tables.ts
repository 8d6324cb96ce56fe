import { nodeTables, readNode, SymbolTable } from '@ridgeline/core';
import { decodeScopeReport, tableToJson } from '@ridgeline/scope-compat';
import type { ConformanceCase } from '../case.ts';
import type { ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf } from '../json.ts';

/** Tables of a node by templates, both as a report brings them. */
export function tableCases(entry: ManifestEntry, file: JsonMap): readonly ConformanceCase[] {
  return listOf(file['cases']).map((item, i): ConformanceCase => {
    const one = mapOf(item);
    return {
      kind: 'operators',
      name: entry.name,
      part: textOf(one['name']),
      comparisons: [
        {
          at: `${entry.file}:/cases/${i}/expect`,
          expected: one['expect'] ?? null,
          actual: () => tablesOf(mapOf(one['node']), mapOf(one['templates'])),
        },
      ],
    };
  });
}

function tablesOf(node: JsonMap, templates: JsonMap): unknown {
  const id = textOf(node['id']);
  const document = { Container: { nodes: { [id]: node }, table_templates: templates } };
  const { report } = decodeScopeReport(document, new SymbolTable());
  const containers = report.topologies.get('container');
  const row = containers?.rowOf(id);
  if (containers === undefined || row === undefined) return undefined;
  const { tables = [] } = report.templates.get('container') ?? {};
  return nodeTables(readNode(containers, row), tables).map(tableToJson);
}
