import { useSignal } from '@preact/signals';
import type { NodeSummary } from '@ridgeline/core/wire';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { PageState } from '../../state/page-state.ts';
import { numbered } from '../words/count.ts';
import { type Column, columnsOf, degreesOf } from './columns.ts';
import { NodeCell } from './node-cell.tsx';
import { inOldOrder, nextSorting, type Sorting, sortRows } from './sort-rows.ts';
import { scrollToRow, virtualWindow } from './virtual-window.ts';
import './node-table.css';

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 36;
const BY_LABEL: Sorting = { key: 'label', isDescending: false };

/** The picture as a table: what the filters keep and the search finds, with whatever columns the nodes have. */
export function NodeTable({ state }: { readonly state: PageState }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const sorting = useSignal(BY_LABEL);
  const scroll = useSignal({ top: 0, height: 800 });
  const nodes = state.picture.value?.nodes;
  const matches = state.matches.value;
  const now = state.picture.value?.picture.at ?? 0;
  const columns = useMemo(() => columnsOf(nodes?.values() ?? []), [nodes]);
  const degrees = useMemo(() => degreesOf(nodes?.values() ?? []), [nodes]);
  const column = columns.find(({ key }) => key === sorting.value.key) ?? (columns[0] as Column);
  const { isDescending } = sorting.value;
  const lastRows = useRef<readonly NodeSummary[]>([]);
  const rows = useMemo(() => {
    const found = inOldOrder(nodes ?? new Map(), lastRows.current).filter(
      ({ id }) => matches === undefined || matches.has(id),
    );
    lastRows.current = sortRows(found, column, isDescending, degrees);
    return lastRows.current;
  }, [nodes, matches, column, isDescending, degrees]);
  const selected = state.selection.value?.kind === 'node' ? state.selection.value.id : undefined;
  const cursor = useSignal<string | undefined>(undefined);
  const at = cursor.value ?? selected;
  const atRow = rows.findIndex(({ id }) => id === at);
  const list = {
    count: rows.length,
    rowHeight: ROW_HEIGHT,
    scrollTop: scroll.value.top,
    height: scroll.value.height - HEAD_HEIGHT,
  };
  const { first, end, before, after } = virtualWindow(list);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => {
      scroll.value = { top: element.scrollTop, height: element.clientHeight };
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [scroll]);
  // What is selected elsewhere is brought into sight, once.
  useLayoutEffect(() => {
    cursor.value = undefined;
    const row = rows.findIndex(({ id }) => id === selected);
    if (row >= 0) box.current?.scrollTo({ top: scrollToRow(list, row) });
  }, [selected]);

  const select = (node: NodeSummary | undefined): void => {
    if (node !== undefined) state.selection.value = { kind: 'node', id: node.id };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== box.current) return;
    const page = Math.max(1, Math.floor(list.height / ROW_HEIGHT) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: atRow + 1,
      ArrowUp: atRow < 0 ? 0 : atRow - 1,
      PageDown: atRow + page,
      PageUp: atRow - page,
      Home: 0,
      End: rows.length - 1,
    };
    const step = steps[event.key];
    if (step !== undefined && rows.length > 0) {
      event.preventDefault();
      const row = Math.max(0, Math.min(rows.length - 1, step));
      cursor.value = rows[row]?.id;
      box.current?.scrollTo({ top: scrollToRow(list, row) });
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      select(rows[atRow]);
    }
  };
  return (
    <section
      class="node-table"
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk its rows.
      tabIndex={0}
      aria-label={`${numbered(rows.length, 'node')}. Arrow keys walk the rows, Enter opens one.`}
      onScroll={({ currentTarget }) => {
        scroll.value = { top: currentTarget.scrollTop, height: currentTarget.clientHeight };
      }}
      onKeyDown={onKeyDown}
    >
      <table
        aria-rowcount={rows.length + 1}
        aria-label="Nodes"
        style={{
          minWidth: `calc(${columns.reduce((sum, { room }) => sum + room, 0)}ch + ${columns.length * 26}px)`,
        }}
      >
        <colgroup>
          {columns.map((each) => (
            <col key={each.key} style={{ width: widthOf(each) }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((each) => (
              <th
                key={each.key}
                scope="col"
                class={each.kind}
                aria-sort={each.key !== column.key ? 'none' : isDescending ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  onClick={() => {
                    sorting.value = nextSorting({ key: column.key, isDescending }, each);
                  }}
                >
                  {each.label}
                  <i aria-hidden="true">{each.key !== column.key ? '' : isDescending ? '↓' : '↑'}</i>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Room height={before} />
          {rows.slice(first, end).map((node, index) => (
            <tr
              key={node.id}
              aria-rowindex={first + index + 2}
              aria-selected={node.id === selected}
              class={node.id === at ? 'at' : ''}
              onClick={() => select(node)}
            >
              {columns.map((each) => (
                <NodeCell key={each.key} node={node} column={each} degrees={degrees} now={now} />
              ))}
            </tr>
          ))}
          <Room height={after} />
        </tbody>
      </table>
      <p class="unseen" role="status">
        {atRow >= 0 && cursor.value !== undefined
          ? `${rows[atRow]?.label}, row ${atRow + 1} of ${rows.length}`
          : ''}
      </p>
    </section>
  );
}

/** The first column stays in sight while the others scroll: on a narrow screen it must leave them some room. */
function widthOf({ kind, room }: Column): string {
  const width = `calc(${room}ch + 26px)`;
  return kind === 'label' ? `min(${width}, 46vw)` : width;
}

/** The room that rows take which are not drawn. */
function Room({ height }: { readonly height: number }): VNode {
  return <tr class="room" style={{ height: `${height}px` }} />;
}
