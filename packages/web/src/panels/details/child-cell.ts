import type { NodeSummary } from '@ridgeline/core/wire';
import { attributeWords } from '../words/attribute-value.ts';
import { metricQuantity, quantityWords } from '../words/quantity.ts';

/** A column of a list of members: the id of a metadata row or a metric. */
export interface ChildColumn {
  readonly id: string;
  readonly label: string;
  readonly dataType?: string;
}

/** What a member shows in a column; empty where it has nothing. */
export function childCell(node: NodeSummary, { id, dataType }: ChildColumn, now: number): string {
  const metric = node.metrics.find((row) => row.id === id);
  if (metric !== undefined) return quantityWords(metricQuantity(metric.value, metric.format));
  const row = node.metadata.find((entry) => entry.id === id);
  return row === undefined ? '' : attributeWords(row.value, row.dataType ?? dataType, now);
}

/** The columns of a list of members as plain data gives them: what is no column is left out. */
export function childColumns(columns: readonly Readonly<Record<string, unknown>>[]): readonly ChildColumn[] {
  return columns.flatMap(({ id, label, dataType }) =>
    typeof id === 'string'
      ? [
          {
            id,
            label: typeof label === 'string' ? label : id,
            ...(typeof dataType === 'string' ? { dataType } : {}),
          },
        ]
      : [],
  );
}
