import type {
  ControlTemplate,
  DataType,
  MetadataTemplate,
  MetricTemplate,
  TableTemplate,
  TopologyTemplates,
} from '@ridgeline/core';
import type { JsonValue } from './json-value.ts';

const DATA_TYPES: ReadonlySet<string> = new Set(['number', 'ip', 'datetime', 'duration']);
const FORMATS: ReadonlySet<string> = new Set(['percent', 'filesize', 'integer']);

/** How a topology is shown, from the fields of a topology beside its nodes (WIRE.md §1.2). */
export function readTemplates(topology: JsonValue): TopologyTemplates {
  return {
    ...given('shape', topology.get('shape').text()),
    ...given('tag', topology.get('tag').text()),
    ...given('label', topology.get('label').text()),
    ...given('labelPlural', topology.get('label_plural').text()),
    metadata: topology.get('metadata_templates').entries().map(readMetadata),
    metrics: topology.get('metric_templates').entries().map(readMetric),
    tables: topology.get('table_templates').entries().map(readTable),
    controls: topology.get('controls').entries().map(readControl),
  };
}

type Entry = readonly [key: string, value: JsonValue];

function readMetadata([key, template]: Entry): MetadataTemplate {
  const from = template.get('from').text();
  const dataType = template.get('dataType').text();
  return {
    id: template.get('id').text() ?? key,
    label: template.get('label').text() ?? '',
    ...given('priority', template.get('priority').number()),
    ...(dataType !== undefined && DATA_TYPES.has(dataType) ? { dataType: dataType as DataType } : {}),
    ...given('truncate', template.get('truncate').number()),
    // Anything else means "the first of the three that has one", as leaving it out does.
    ...(from === 'latest' || from === 'sets' || from === 'counters' ? { from } : {}),
  };
}

function readMetric([key, template]: Entry): MetricTemplate {
  const format = template.get('format').text();
  return {
    id: template.get('id').text() ?? key,
    label: template.get('label').text() ?? '',
    ...(format !== undefined && FORMATS.has(format)
      ? { format: format as NonNullable<MetricTemplate['format']> }
      : {}),
    ...given('group', template.get('group').text()),
    ...given('priority', template.get('priority').number()),
  };
}

function readTable([key, template]: Entry): TableTemplate {
  const type = template.get('type').text();
  const columns = template.get('columns');
  const rows = template.get('fixedRows').entries();
  return {
    id: template.get('id').text() ?? key,
    label: template.get('label').text() ?? '',
    prefix: template.get('prefix').text() ?? '',
    ...(type === 'property-list' || type === 'multicolumn-table' ? { type } : {}),
    ...(columns.isNothing
      ? {}
      : {
          columns: columns.items().map((column) => ({
            id: column.get('id').text() ?? '',
            label: column.get('label').text() ?? '',
            ...given('dataType', column.get('dataType').text()),
          })),
        }),
    ...(rows.length === 0
      ? {}
      : { fixedRows: Object.fromEntries(rows.map(([k, label]) => [k, label.text() ?? ''])) }),
  };
}

function readControl([key, control]: Entry): ControlTemplate {
  return {
    id: control.get('id').text() ?? key,
    human: control.get('human').text() ?? '',
    icon: control.get('icon').text() ?? '',
    ...given('confirmation', control.get('confirmation').text()),
    rank: control.get('rank').number() ?? 0,
    ...given('probeId', control.get('probeId').text()),
  };
}

/** A member that is there only when it says something: blank texts and zeros are as good as absent. */
function given<K extends string, V extends string | number>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined || value === '' || value === 0 ? {} : { [key]: value }) as { [P in K]?: V };
}
