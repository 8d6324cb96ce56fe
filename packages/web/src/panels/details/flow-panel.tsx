import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { NodeMark } from '../parts/node-mark.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { ShowRest } from '../parts/show-rest.tsx';
import { countWords, numbered } from '../words/count.ts';
import { groupLabel, type MemberEdge, memberEdges } from './group-members.ts';

/** What {@link FlowPanel} takes. */
export interface FlowPanelProps {
  readonly state: PageState;
  /** Ends are keys of groups. */
  readonly flow: { readonly from: string; readonly to: string };
}

const FEW = 100;

/** The edges that are drawn as one between groups; each opens its own connections. */
export function FlowPanel({ state, flow: { from, to } }: FlowPanelProps): VNode {
  const isWhole = useSignal(false);
  const nodes = state.picture.value?.nodes ?? new Map();
  const grouping = state.canvas.value?.scene.grouping ?? state.grouping.value ?? '';
  const edges = memberEdges(nodes, grouping, from, to);
  const sum = edges.reduce((total, { weight }) => total + weight, 0);
  const shown = isWhole.value ? edges : edges.slice(0, FEW);
  return (
    <Sheet
      label="Connections between groups"
      class="edge-panel"
      onClose={() => {
        state.selection.value = undefined;
      }}
      head={
        <div>
          <h2>
            {groupLabel(nodes, grouping, from)} → {groupLabel(nodes, grouping, to)}
          </h2>
          <p>
            {numbered(sum, 'connection')} on {numbered(edges.length, 'edge')}
          </p>
        </div>
      }
    >
      <section aria-label="Edges">
        <table class="mini">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" class="end">
                Count
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((edge) => (
              <FlowRow key={`${edge.from.id} ${edge.to.id}`} state={state} edge={edge} />
            ))}
          </tbody>
        </table>
        <ShowRest left={edges.length - shown.length} isWhole={isWhole} />
      </section>
    </Sheet>
  );
}

function FlowRow({ state, edge }: { readonly state: PageState; readonly edge: MemberEdge }): VNode {
  const { from, to, weight } = edge;
  return (
    <tr>
      {[from, to].map((node) => (
        <td key={node.id}>
          <button
            type="button"
            class="peer"
            title={node.id}
            onClick={() => {
              state.selection.value = { kind: 'node', id: node.id };
            }}
          >
            <NodeMark node={node} size={13} />
            <span>{node.label}</span>
          </button>
        </td>
      ))}
      <td class="end">
        <button
          type="button"
          class="plain"
          aria-label={`${numbered(weight, 'connection')}: show them`}
          onClick={() => {
            state.selection.value = { kind: 'edge', from: from.id, to: to.id };
          }}
        >
          {countWords(weight)}
        </button>
      </td>
    </tr>
  );
}
