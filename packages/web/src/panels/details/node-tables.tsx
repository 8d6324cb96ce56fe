import type { NodeTableJson } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import { attributeWords } from '../words/attribute-value.ts';
import { countWords } from '../words/count.ts';

/** What {@link NodeTables} takes. */
export interface NodeTablesProps {
  readonly tables: readonly NodeTableJson[];
  readonly now: number;
}

/** The tables of a node: labels, environment, whatever a plugin adds; closed when they are long. */
export function NodeTables({ tables, now }: NodeTablesProps): VNode {
  return (
    <>
      {tables
        .filter(({ rows }) => rows.length > 0)
        .map((table) => (
          <section key={table.id} aria-label={table.label}>
            <details open={table.rows.length <= 6}>
              <summary>
                <h3>
                  {table.label}
                  <b>{countWords(table.rows.length + table.truncated)}</b>
                </h3>
              </summary>
              <table class="mini wide">
                {table.type === 'property-list' ? null : <TableHead table={table} />}
                <tbody>
                  {table.rows.map((row) => (
                    <tr key={row.id}>
                      {cellsOf(table).map(({ id, dataType }) => (
                        <td key={id}>{attributeWords(row.entries[id] ?? '', dataType, now)}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
              {table.truncated > 0 && <p class="note">{countWords(table.truncated)} more were cut off</p>}
            </details>
          </section>
        ))}
    </>
  );
}

function TableHead({ table }: { readonly table: NodeTableJson }): VNode {
  return (
    <thead>
      <tr>
        {table.columns.map(({ id, label }) => (
          <th key={id} scope="col">
            {label}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A property list says nothing of its two columns: they are always the same. */
function cellsOf({
  type,
  columns,
}: NodeTableJson): readonly { readonly id: string; readonly dataType?: string }[] {
  return type === 'property-list' ? [{ id: 'label' }, { id: 'value' }] : columns;
}
