import type { NodeSummary } from '@ridgeline/core/wire';
import { troubleOf } from '@ridgeline/diagram';
import type { VNode } from 'preact';
import { NodeMark } from '../parts/node-mark.tsx';
import { attributeWords } from '../words/attribute-value.ts';
import { countWords } from '../words/count.ts';
import { metricQuantity, quantityWords } from '../words/quantity.ts';
import type { Column, Degrees } from './columns.ts';

/** What {@link NodeCell} takes. */
export interface NodeCellProps {
  readonly node: NodeSummary;
  readonly column: Column;
  readonly degrees: Degrees;
  /** The end of the picture's window, in milliseconds since 1970. */
  readonly now: number;
}

/** What a node has in a column. */
export function NodeCell({ node, column, degrees, now }: NodeCellProps): VNode {
  switch (column.kind) {
    case 'label': {
      const trouble = troubleOf(node.metadata);
      return (
        <th scope="row" class="label" title={node.id}>
          <NodeMark node={node} trouble={trouble?.trouble} />
          <b>{node.label}</b> <small>{node.labelMinor}</small>
        </th>
      );
    }
    case 'connections':
      return <td class="connections">{countWords(degrees.get(node.id) ?? 0)}</td>;
    case 'metric': {
      const metric = node.metrics.find(({ id }) => id === column.id);
      if (metric === undefined) return <td class="metric" />;
      const share = column.max > 0 ? Math.min(1, Math.max(0, metric.value / column.max)) : 0;
      return (
        <td class="metric">
          <span class="bar">
            <i style={{ width: `${Math.round(share * 1000) / 10}%` }} />
          </span>
          {quantityWords(metricQuantity(metric.value, metric.format))}
        </td>
      );
    }
    case 'metadata': {
      const row = node.metadata.find(({ id }) => id === column.id);
      if (row === undefined) return <td />;
      const words = attributeWords(row.value, row.dataType, now);
      return (
        <td class={row.dataType === 'number' ? 'figure' : ''} title={row.value}>
          {words}
        </td>
      );
    }
  }
}
