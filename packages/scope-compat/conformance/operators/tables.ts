import {
  metadataRows,
  NO_TEMPLATES,
  type NodeReader,
  nodeTables,
  readNode,
  SymbolTable,
  type TopologyTemplates,
} from '@ridgeline/core';
import { decodeScopeReport, tableToJson } from '@ridgeline/scope-compat';
import type { ConformanceCase } from '../case.ts';
import type { ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf } from '../json.ts';

/** Tables and metadata of a node by templates, all as a report brings them. */
export function tableCases(entry: ManifestEntry, file: JsonMap): readonly ConformanceCase[] {
  return listOf(file.cases).map((item, i): ConformanceCase => {
    const one = mapOf(item);
    const { node = null, templates = null, metadata_templates = null, expect = null } = one;
    return {
      kind: 'operators',
      name: entry.name,
      part: textOf(one.name),
      comparisons: [
        {
          at: `${entry.file}:/cases/${i}/expect`,
          expected: expect,
          actual: () => {
            const read = readContainer(mapOf(node), { table_templates: templates, metadata_templates });
            return metadata_templates === null
              ? nodeTables(read.node, read.templates.tables).map(tableToJson)
              : metadataRows(read.node, read.templates.metadata);
          },
        },
      ],
    };
  });
}

function readContainer(
  node: JsonMap,
  templates: JsonMap,
): { readonly node: NodeReader; readonly templates: TopologyTemplates } {
  const id = textOf(node.id);
  const { report } = decodeScopeReport(
    { Container: { nodes: { [id]: node }, ...templates } },
    new SymbolTable(),
  );
  const containers = report.topologies.get('container');
  const row = containers?.rowOf(id);
  if (containers === undefined || row === undefined) throw new Error(`no node "${id}" was read`);
  return { node: readNode(containers, row), templates: report.templates.get('container') ?? NO_TEMPLATES };
}
