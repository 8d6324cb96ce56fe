import { batch, useSignal } from '@preact/signals';
import type { DetailsAnswer } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { showView } from '../../state/show-view.ts';
import { NodeMark } from '../parts/node-mark.tsx';
import { ShowRest } from '../parts/show-rest.tsx';
import { countWords } from '../words/count.ts';
import { childCell, childColumns } from './child-cell.ts';

/** What {@link ChildList} takes. */
export interface ChildListProps {
  readonly state: PageState;
  readonly list: DetailsAnswer['node']['children'][number];
  readonly now: number;
}

const FEW = 10;
/** A panel at the side has no room for more. */
const COLUMNS = 3;

/** What a node is made of, of one topology, with the columns that the topology lists; each leads to its own view. */
export function ChildList({ state, list, now }: ChildListProps): VNode | null {
  const isWhole = useSignal(false);
  const { nodes, label, view } = list;
  if (nodes.length === 0) return null;
  const columns = childColumns(list.columns).slice(0, COLUMNS);
  const shown = isWhole.value ? nodes : nodes.slice(0, FEW);
  return (
    <section aria-label={label}>
      <h3>
        {label}
        <b>{countWords(nodes.length)}</b>
      </h3>
      <table class="mini">
        <thead>
          <tr>
            <th scope="col">Name</th>
            {columns.map((column) => (
              <th key={column.id} scope="col" class="end">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((node) => (
            <tr key={node.id}>
              <td>
                <button type="button" class="peer" title={node.id} onClick={() => goTo(state, view, node.id)}>
                  <NodeMark node={node} size={13} />
                  <span>
                    {node.label}
                    <small>{node.labelMinor}</small>
                  </span>
                </button>
              </td>
              {columns.map((column) => (
                <td key={column.id} class="end">
                  {childCell(node, column, now)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ShowRest left={nodes.length - shown.length} isWhole={isWhole} />
    </section>
  );
}

/** Shows a node in the view where it is at home. */
export function goTo(state: PageState, view: string, id: string): void {
  batch(() => {
    showView(state, view);
    state.selection.value = { kind: 'node', id };
  });
}
