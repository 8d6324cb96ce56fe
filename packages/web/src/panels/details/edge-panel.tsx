import type { EdgeAnswer } from '@ridgeline/client/schema';
import type { NodeSummary } from '@ridgeline/core/wire';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { NodeMark } from '../parts/node-mark.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { countWords, numbered } from '../words/count.ts';
import { agoWords, clockWords } from '../words/moment.ts';
import { bytesQuantity, quantityWords } from '../words/quantity.ts';
import { FlowPanel } from './flow-panel.tsx';
import './details-panel.css';
import './edge-panel.css';

/** The connections of the selected edge, and who saw them; of what is drawn as one between groups, the edges it stands for. */
export function EdgePanel({ state }: { readonly state: PageState }): VNode | null {
  const { selection } = state;
  if (selection.value?.kind === 'flow') return <FlowPanel state={state} flow={selection.value} />;
  if (selection.value?.kind !== 'edge') return null;
  const { from, to } = selection.value;
  return <EdgeDetails key={`${from} ${to}`} state={state} from={from} to={to} />;
}

interface EdgeProps {
  readonly state: PageState;
  readonly from: string;
  readonly to: string;
}

function EdgeDetails({ state, from, to }: EdgeProps): VNode {
  const followed = state.picture.value;
  const view = state.view.value;
  const request = state.request.value;
  const version = state.paused.value ? undefined : followed?.seq;
  const { value, problem } = useAnswer(JSON.stringify([view, from, to, request]), version, () =>
    state.client.edge(view, from, to, request),
  );
  const client = value?.from ?? followed?.nodes.get(from as never);
  const server = value?.to ?? followed?.nodes.get(to as never);
  return (
    <Sheet
      label="Connection"
      class="edge-panel"
      onClose={() => {
        state.selection.value = undefined;
      }}
      head={
        <div class="ends-of">
          <End state={state} node={client} id={from} />
          <i aria-hidden="true">↓</i>
          <End state={state} node={server} id={to} />
        </div>
      }
    >
      {problem !== undefined && (
        <p class="lone note">{value === undefined ? problem : `As it was: ${problem}`}</p>
      )}
      {value !== undefined && <EdgeBody edge={value} now={followed?.picture.at ?? 0} />}
    </Sheet>
  );
}

interface EndProps {
  readonly state: PageState;
  readonly node: NodeSummary | undefined;
  readonly id: string;
}

function End({ state, node, id }: EndProps): VNode {
  return (
    <button
      type="button"
      class="peer"
      title={id}
      onClick={() => {
        state.selection.value = { kind: 'node', id };
      }}
    >
      {node !== undefined && <NodeMark node={node} size={18} />}
      <span>
        {node?.label ?? id}
        <small>{node?.labelMinor}</small>
      </span>
    </button>
  );
}

function EdgeBody({ edge, now }: { readonly edge: EdgeAnswer; readonly now: number }): VNode {
  const { connections, evidence } = edge;
  const sum = connections.reduce((total, { count }) => total + count, 0);
  return (
    <>
      <section aria-label="Connections">
        <h3>
          Connections<b>{countWords(sum)}</b>
        </h3>
        {connections.length === 0 ? (
          <p class="note">None is open now.</p>
        ) : (
          <table class="mini">
            <thead>
              <tr>
                <th scope="col">Port</th>
                <th scope="col">With</th>
                <th scope="col" class="end">
                  Count
                </th>
              </tr>
            </thead>
            <tbody>
              {connections.map(({ id, port, label, remote, count }) => (
                <tr key={id}>
                  <td>
                    <code>{port}</code>
                  </td>
                  <td>{remote ?? label}</td>
                  <td class="end">{countWords(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section aria-label="Who saw it">
        <h3>
          Who saw it<b>{countWords(evidence.length)}</b>
        </h3>
        {evidence.length === 0 && <p class="note">No source says when it saw them.</p>}
        {evidence.map((seen) => (
          <Evidence key={seen.source} seen={seen} now={now} />
        ))}
      </section>
    </>
  );
}

interface EvidenceProps {
  readonly seen: EdgeAnswer['evidence'][number];
  readonly now: number;
}

function Evidence({ seen, now }: EvidenceProps): VNode {
  const { source, firstSeen, lastSeen, connections, bytesOut, bytesIn, guessed } = seen;
  return (
    <div class="evidence">
      <h4>{source}</h4>
      <dl>
        <Row label="First seen" value={agoWords(firstSeen, now)} title={clockWords(firstSeen, now)} />
        <Row label="Last seen" value={agoWords(lastSeen, now)} title={clockWords(lastSeen, now)} />
        <Row label="In all" value={numbered(connections, 'connection')} />
        {bytesOut + bytesIn > 0 && (
          <Row
            label="Bytes"
            value={`${quantityWords(bytesQuantity(bytesOut))} sent, ${quantityWords(bytesQuantity(bytesIn))} received`}
          />
        )}
      </dl>
      {guessed && (
        <p class="note">Which end is the client is a guess: nobody saw the connection being made.</p>
      )}
    </div>
  );
}

function Row({
  label,
  value,
  title,
}: {
  readonly label: string;
  readonly value: string;
  readonly title?: string;
}): VNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd title={title}>{value}</dd>
    </div>
  );
}
