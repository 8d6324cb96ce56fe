import type { NodeSummary } from '@ridgeline/core/wire';

/** A metric that nodes can be filled by. */
export interface MetricChoice {
  readonly id: string;
  readonly label: string;
  readonly format?: string;
}

/** A node's part of a metric. */
export interface Level {
  /** 0..1 */
  readonly level: number;
  readonly levelText: string;
}

/** The metrics that these nodes have, by priority, then id. */
export function metricsOf(nodes: Iterable<NodeSummary>): readonly MetricChoice[] {
  const found = new Map<string, MetricChoice & { readonly priority: number }>();
  for (const { metrics } of nodes) {
    for (const { id, label, format, priority = 0 } of metrics) {
      if (!found.has(id)) found.set(id, { id, label, ...(format === undefined ? {} : { format }), priority });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
    .map(({ id, label, format }) => ({ id, label, ...(format === undefined ? {} : { format }) }));
}

/** How a metric's values become levels: percentages of 100, all others of the greatest among the nodes. */
export function levelsOf(
  nodes: Iterable<NodeSummary>,
  metric: string,
): (node: NodeSummary) => Level | undefined {
  let greatest = 0;
  for (const { metrics } of nodes) {
    for (const { id, value } of metrics) if (id === metric && value > greatest) greatest = value;
  }
  return ({ metrics }) => {
    const row = metrics.find(({ id }) => id === metric);
    if (row === undefined || !Number.isFinite(row.value)) return undefined;
    const whole = row.format === 'percent' ? 100 : greatest;
    const level = whole > 0 ? Math.min(1, Math.max(0, row.value / whole)) : 0;
    return { level, levelText: metricText(row.value, row.format) };
  };
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A metric's value in words: `42.5 %`, `1.2 GB`, `1,204`. */
export function metricText(value: number, format: string | undefined): string {
  if (!Number.isFinite(value)) return '–';
  if (format === 'percent') return `${value.toFixed(1)} %`;
  if (format === 'filesize') {
    let size = Math.abs(value);
    let unit = 0;
    while (size >= 999.5 && unit < SIZES.length - 1) {
      size /= 1000;
      unit++;
    }
    return `${value < 0 ? '-' : ''}${size.toFixed(size < 10 && unit > 0 ? 1 : 0)} ${SIZES[unit]}`;
  }
  return format === 'integer' || Number.isInteger(value)
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumFractionDigits: 2 });
}
