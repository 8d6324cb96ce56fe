import type { NodeReader } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { TableColumn, TableTemplate } from '../model/topology-templates.ts';
import type { Definitions } from './definitions.ts';
import { describesItself } from './summary.ts';

/** A row of a table: in a property list its label is its id, and its entries are `label` and `value`. */
export interface NodeTableRow {
  readonly id: string;
  readonly entries: Readonly<Record<string, string>>;
}

/** A table of a node's latest values. */
export interface NodeTable {
  readonly id: string;
  readonly label: string;
  readonly type: 'property-list' | 'multicolumn-table';
  readonly columns: readonly TableColumn[];
  /** Ascending by id. */
  readonly rows: readonly NodeTableRow[];
  /** How many rows its source left out. */
  readonly truncated: number;
}

/** Between the row and the column in the key of a cell (RULES.md §7). */
const CELL_SEPARATOR = '___';
const TRUNCATION = 'table_truncation_count_';

/** The tables of a node that describes itself; groups and pseudo nodes have none. */
export function summaryTables(
  node: NodeReader,
  definitions: Definitions,
  report: Report,
): readonly NodeTable[] {
  if (!describesItself(node, definitions)) return [];
  return nodeTables(node, definitions.templates(node.topology, report).tables);
}

/** The tables of a node, ascending by id: one for each template, also without rows. */
export function nodeTables(node: NodeReader, templates: readonly TableTemplate[]): readonly NodeTable[] {
  if (templates.length === 0) return [];
  const entries = node.entries();
  return templates
    .map((template): NodeTable => {
      const type = template.type ?? 'property-list';
      const rows =
        type === 'property-list' ? propertyRows(entries, template) : cellRows(entries, template.prefix);
      return {
        id: template.id,
        label: template.label,
        type,
        columns: template.columns ?? [],
        rows: [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, cells]) => ({ id, entries: cells })),
        truncated: Number.parseInt(node.raw(TRUNCATION + template.prefix) ?? '0', 10) || 0,
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

type Entries = readonly (readonly [key: string, value: string])[];
type Rows = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Of two keys with one label the later wins. */
function propertyRows(entries: Entries, { prefix, fixedRows }: TableTemplate): Rows {
  const rows = new Map<string, Readonly<Record<string, string>>>();
  for (const [key, value] of entries) {
    const fixed = fixedRows !== undefined && Object.hasOwn(fixedRows, key) ? fixedRows[key] : undefined;
    const label = fixed ?? (prefix !== '' && key.startsWith(prefix) ? key.slice(prefix.length) : undefined);
    if (label !== undefined) rows.set(label, { label, value });
  }
  return rows;
}

function cellRows(entries: Entries, prefix: string): Rows {
  const rows = new Map<string, Record<string, string>>();
  for (const [key, value] of entries) {
    if (!key.startsWith(prefix)) continue;
    const [row, column, ...rest] = key.slice(prefix.length).split(CELL_SEPARATOR);
    if (row === undefined || column === undefined || rest.length > 0) continue;
    const cells = rows.get(row) ?? {};
    cells[column] = value;
    rows.set(row, cells);
  }
  return rows;
}
