import type { DetailsAnswer } from '@ridgeline/client/schema';
import { type Trouble, troubleOf } from '@ridgeline/diagram';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { addFilter } from '../filter/edit-layer.ts';
import { NodeMark } from '../parts/node-mark.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { ChildList, goTo } from './child-list.tsx';
import { CopyButton } from './copy-button.tsx';
import { exceptNodeFilter, onlyNodeFilter } from './filter-text.ts';
import { HiddenNote } from './hidden-note.tsx';
import { MetadataList } from './metadata-list.tsx';
import { NodeTables } from './node-tables.tsx';
import { PeerTable } from './peer-table.tsx';
import { Sparkline } from './sparkline.tsx';
import './details-panel.css';

/** All that is known of the selected node; it follows the live picture. */
export function DetailsPanel({ state }: { readonly state: PageState }): VNode | null {
  const { selection } = state;
  return selection.value?.kind === 'node' ? (
    <NodeDetails key={selection.value.id} state={state} id={selection.value.id} />
  ) : null;
}

function NodeDetails({ state, id }: { readonly state: PageState; readonly id: string }): VNode {
  const followed = state.picture.value;
  const request = state.request.value;
  const view = state.view.value;
  const summary = followed?.nodes.get(id as never);
  // A node that is not in the picture may change with any picture.
  const version = state.paused.value ? undefined : (summary ?? followed?.seq);
  const { value, problem } = useAnswer(JSON.stringify([view, id, request]), version, () =>
    state.client.details(view, id, request),
  );
  const node = value?.node ?? summary;
  const close = (): void => {
    state.selection.value = undefined;
  };
  if (node === undefined) {
    return (
      <Sheet label="Details" onClose={close} head={<h2>{id}</h2>}>
        <p class="lone note">{problem ?? 'Asking the server…'}</p>
      </Sheet>
    );
  }
  const trouble = troubleOf(node.metadata);
  return (
    <Sheet
      label="Details"
      class="details-panel"
      onClose={close}
      head={
        <div class="who">
          <NodeMark node={node} size={34} trouble={trouble?.trouble} />
          <div>
            <h2>{node.label}</h2>
            <p>
              {[node.tag, node.labelMinor].filter((part) => part !== undefined && part !== '').join(' · ')}
            </p>
          </div>
        </div>
      }
    >
      <TroubleNote trouble={trouble} />
      {value?.hidden === true && <HiddenNote state={state} id={id} />}
      {problem !== undefined && <p class="lone note">As it was: {problem}</p>}
      {value !== undefined && <Body state={state} answer={value} now={followed?.picture.at ?? 0} />}
    </Sheet>
  );
}

function TroubleNote({ trouble }: { readonly trouble: Trouble | undefined }): VNode | null {
  if (trouble === undefined) return null;
  return (
    <p class={`trouble ${trouble.trouble}`} role="status">
      <b aria-hidden="true">!</b>
      {trouble.troubleReason}
    </p>
  );
}

interface BodyProps {
  readonly state: PageState;
  readonly answer: DetailsAnswer;
  readonly now: number;
}

function Body({ state, answer: { node, hidden }, now }: BodyProps): VNode {
  const { metrics, metadata, parents, children, tables, connections } = node;
  return (
    <>
      {metrics.length > 0 && (
        <div class="sparks">
          {metrics.map((metric) => (
            <Sparkline key={metric.id} metric={metric} />
          ))}
        </div>
      )}
      <MetadataList rows={metadata} now={now} />
      {parents.length > 0 && (
        <section aria-label="Belongs to">
          <h3>Belongs to</h3>
          <p class="parents">
            {parents.map(({ id, label, topology, view }) => (
              <button
                key={`${topology} ${id}`}
                type="button"
                class="tag"
                title={id}
                onClick={() => goTo(state, view, id)}
              >
                <small>{topology.replace(/_/g, ' ')}</small>
                {label}
              </button>
            ))}
          </p>
        </section>
      )}
      <PeerTable
        state={state}
        title="Inbound"
        rows={connections.incoming}
        edgeTo={(peer) => ({ from: peer, to: node.id })}
      />
      <PeerTable
        state={state}
        title="Outbound"
        rows={connections.outgoing}
        edgeTo={(peer) => ({ from: node.id, to: peer })}
      />
      {children.map((list) => (
        <ChildList key={list.topology} state={state} list={list} now={now} />
      ))}
      <NodeTables tables={tables} now={now} />
      <section class="acts" aria-label="What can be done">
        <button type="button" class="act" onClick={() => addFilter(state, onlyNodeFilter(node.id))}>
          Only this
        </button>
        {!hidden && (
          <button type="button" class="act" onClick={() => addFilter(state, exceptNodeFilter(node.id))}>
            Hide this
          </button>
        )}
        <CopyButton label="Copy as filter" text={() => onlyNodeFilter(node.id)} />
        <CopyButton label="Copy id" text={() => node.id} />
      </section>
      <section aria-label="Raw">
        <details>
          <summary>
            <h3>Raw</h3>
          </summary>
          <RawJson value={node} />
        </details>
      </section>
    </>
  );
}

/** All of it, as the server gave it. */
function RawJson({ value }: { readonly value: unknown }): VNode {
  const text = JSON.stringify(value, undefined, 2);
  return (
    <>
      <CopyButton label="Copy JSON" text={() => text} />
      <pre>{text}</pre>
    </>
  );
}
