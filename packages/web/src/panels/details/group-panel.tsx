import { useSignal } from '@preact/signals';
import type { NodeSummary } from '@ridgeline/core/wire';
import { troubleOf } from '@ridgeline/diagram';
import type { VNode } from 'preact';
import { foldGroup } from '../../canvas/on-target.ts';
import type { PageState } from '../../state/page-state.ts';
import { NodeMark } from '../parts/node-mark.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { numbered } from '../words/count.ts';
import { groupLabel, groupMembers } from './group-members.ts';
import './details-panel.css';
import { ShowRest } from '../parts/show-rest.tsx';

const FEW = 200;

/** The nodes of the selected group. */
export function GroupPanel({ state }: { readonly state: PageState }): VNode | null {
  const isWhole = useSignal(false);
  const selection = state.selection.value;
  const grouping = state.canvas.value?.scene.grouping ?? state.grouping.value;
  if (selection?.kind !== 'group' || grouping === undefined) return null;
  const { key } = selection;
  const nodes = state.picture.value?.nodes ?? new Map();
  const members = groupMembers(nodes, grouping, key);
  const label = groupLabel(nodes, grouping, key);
  const shown = isWhole.value ? members : members.slice(0, FEW);
  const isCollapsed = state.collapsed.value.has(key);
  return (
    <Sheet
      label="Group"
      onClose={() => {
        state.selection.value = undefined;
      }}
      head={
        <div>
          <h2>{label}</h2>
          <p>{numbered(members.length, 'node')}</p>
        </div>
      }
    >
      <section class="acts" aria-label="What can be done">
        <button
          type="button"
          class="act"
          aria-pressed={isCollapsed}
          onClick={() => foldGroup(state, key, !isCollapsed)}
        >
          {isCollapsed ? 'Unfold' : 'Fold into one'}
        </button>
      </section>
      <section aria-label="Nodes">
        <table class="mini">
          <tbody>
            {shown.map((node) => (
              <MemberRow key={node.id} state={state} node={node} />
            ))}
          </tbody>
        </table>
        <ShowRest left={members.length - shown.length} isWhole={isWhole} />
      </section>
    </Sheet>
  );
}

function MemberRow({ state, node }: { readonly state: PageState; readonly node: NodeSummary }): VNode {
  return (
    <tr>
      <td>
        <button
          type="button"
          class="peer"
          title={node.id}
          onClick={() => {
            state.selection.value = { kind: 'node', id: node.id };
          }}
        >
          <NodeMark node={node} size={13} trouble={troubleOf(node.metadata)?.trouble} />
          <span>
            {node.label}
            <small>{node.labelMinor}</small>
          </span>
        </button>
      </td>
    </tr>
  );
}
