import type { TopologyName } from '../ids/node-id.ts';
import { canonicalJson } from '../internal/canonical-json.ts';

/** How a value is shown. */
export type DataType = 'number' | 'ip' | 'datetime' | 'duration';

/** A row of a node's metadata. */
export interface MetadataTemplate {
  readonly id: string;
  readonly label: string;
  /** Rows are ordered by ascending priority, then by id. */
  readonly priority?: number;
  readonly dataType?: DataType;
  /** Show only so many characters. */
  readonly truncate?: number;
  /** Where the value is; left out: the first of the three that has one. */
  readonly from?: 'latest' | 'sets' | 'counters';
}

/** A time series that is shown with a node. */
export interface MetricTemplate {
  readonly id: string;
  readonly label: string;
  readonly format?: 'percent' | 'filesize' | 'integer';
  readonly group?: string;
  readonly priority?: number;
}

/** A column of a table of several columns. */
export interface TableColumn {
  readonly id: string;
  readonly label: string;
  readonly dataType?: string;
}

/** A table made of the latest values whose keys begin with `prefix`, or that `fixedRows` names. */
export interface TableTemplate {
  readonly id: string;
  readonly label: string;
  readonly prefix: string;
  readonly type?: 'property-list' | 'multicolumn-table';
  readonly columns?: readonly TableColumn[];
  /** Label of a row by the key of its value. */
  readonly fixedRows?: Readonly<Record<string, string>>;
}

/** Something a user may ask of a node. */
export interface ControlTemplate {
  readonly id: string;
  readonly human: string;
  readonly icon: string;
  readonly confirmation?: string;
  readonly rank: number;
  /** The probe that carries it out, when it is not the node's own. */
  readonly probeId?: string;
}

/** How the nodes of a topology are shown. */
export interface TopologyTemplates {
  readonly shape?: string;
  readonly tag?: string;
  readonly label?: string;
  readonly labelPlural?: string;
  readonly metadata: readonly MetadataTemplate[];
  readonly metrics: readonly MetricTemplate[];
  readonly tables: readonly TableTemplate[];
  readonly controls: readonly ControlTemplate[];
}

/** Templates by topology: a foreign report may bring its own. */
export type TemplatesByTopology = ReadonlyMap<TopologyName, TopologyTemplates>;

/** Templates of a topology of which nothing is said. */
export const NO_TEMPLATES: TopologyTemplates = Object.freeze({
  metadata: [],
  metrics: [],
  tables: [],
  controls: [],
});

/**
 * Joins what two reports say of one topology: commutative, associative, idempotent.
 *
 * Shape, tag and labels: the least text that is there (label and plural go together). Metadata and metrics: by id the greater
 * priority, then the least by canonical JSON. Controls: by id the least by canonical JSON. Tables: by id and
 * field the greater (RULES.md §2).
 */
export function joinTemplates(a: TopologyTemplates, b: TopologyTemplates): TopologyTemplates {
  if (a === b) return a;
  const labels = leastLabels(a, b);
  return {
    ...optional('shape', leastText(a.shape, b.shape)),
    ...optional('tag', leastText(a.tag, b.tag)),
    ...optional('label', labels.label),
    ...optional('labelPlural', labels.labelPlural),
    metadata: joinById(a.metadata, b.metadata, greaterPriority),
    metrics: joinById(a.metrics, b.metrics, greaterPriority),
    tables: joinById(a.tables, b.tables, joinTables),
    controls: joinById(a.controls, b.controls, leastJson),
  };
}

/** Lays templates over others: what `first` says wins, id by id; the rest is filled in from `rest`. */
export function overlayTemplates(first: TopologyTemplates, rest: TopologyTemplates): TopologyTemplates {
  const labels = first.label === undefined ? rest : first;
  return {
    ...optional('shape', first.shape ?? rest.shape),
    ...optional('tag', first.tag ?? rest.tag),
    ...optional('label', labels.label),
    ...optional('labelPlural', labels.labelPlural),
    metadata: joinById(first.metadata, rest.metadata, (a) => a),
    metrics: joinById(first.metrics, rest.metrics, (a) => a),
    tables: joinById(first.tables, rest.tables, (a) => a),
    controls: joinById(first.controls, rest.controls, (a) => a),
  };
}

/** Joins two lists by id; the result is ascending by id. */
function joinById<T extends { readonly id: string }>(
  a: readonly T[],
  b: readonly T[],
  join: (a: T, b: T) => T,
): readonly T[] {
  const all = new Map<string, T>();
  for (const item of [...a, ...b]) {
    const known = all.get(item.id);
    all.set(item.id, known === undefined ? item : join(known, item));
  }
  return [...all.values()].sort((x, y) => (x.id < y.id ? -1 : 1));
}

function greaterPriority<T extends { readonly priority?: number }>(a: T, b: T): T {
  const difference = (a.priority ?? 0) - (b.priority ?? 0);
  return difference > 0 ? a : difference < 0 ? b : leastJson(a, b);
}

function leastJson<T>(a: T, b: T): T {
  return canonicalJson(a) <= canonicalJson(b) ? a : b;
}

function joinTables(a: TableTemplate, b: TableTemplate): TableTemplate {
  const type = greaterText(a.type, b.type) as TableTemplate['type'];
  const columns = longer(a.columns, b.columns);
  const rows = larger(a.fixedRows, b.fixedRows);
  return {
    id: a.id,
    label: greaterText(a.label, b.label) ?? '',
    prefix: greaterText(a.prefix, b.prefix) ?? '',
    ...(type === undefined ? {} : { type }),
    ...(columns === undefined ? {} : { columns }),
    ...(rows === undefined ? {} : { fixedRows: rows }),
  };
}

function longer<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.length === b.length ? leastJson(a, b) : a.length > b.length ? a : b;
}

function larger<T extends object>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const difference = Object.keys(a).length - Object.keys(b).length;
  return difference === 0 ? leastJson(a, b) : difference > 0 ? a : b;
}

function greaterText(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a >= b ? a : b;
}

function leastText(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a <= b ? a : b;
}

function leastLabels(a: TopologyTemplates, b: TopologyTemplates): TopologyTemplates {
  // A plural alone says less than a label, and still one of two plurals has to win whatever the order.
  if ((a.label === undefined) !== (b.label === undefined)) return a.label === undefined ? b : a;
  const first = leastText(a.label, b.label);
  if (a.label !== b.label) return a.label === first ? a : b;
  return leastText(a.labelPlural, b.labelPlural) === a.labelPlural ? a : b;
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}
