import type { TopologyTemplates } from '@ridgeline/core';
import type { JsonObject } from './json-object.ts';

/** How a topology is shown, in Scope's JSON form (WIRE.md §1.2); what says nothing is left out. */
export function writeTemplates(templates: TopologyTemplates): JsonObject {
  return {
    ...(templates.shape === undefined ? {} : { shape: templates.shape }),
    ...(templates.tag === undefined ? {} : { tag: templates.tag }),
    ...(templates.label === undefined ? {} : { label: templates.label }),
    ...(templates.labelPlural === undefined ? {} : { label_plural: templates.labelPlural }),
    ...byId('controls', templates.controls),
    ...byId('metadata_templates', templates.metadata),
    ...byId('metric_templates', templates.metrics),
    ...byId(
      'table_templates',
      templates.tables.map((table) => ({
        ...table,
        type: table.type ?? '',
        columns: table.columns?.map((column) => ({ ...column, dataType: column.dataType ?? '' })) ?? null,
        fixedRows: table.fixedRows ?? null,
      })),
    ),
  };
}

function byId(key: string, list: readonly { readonly id: string }[]): JsonObject {
  return list.length === 0 ? {} : { [key]: Object.fromEntries(list.map((item) => [item.id, item])) };
}
