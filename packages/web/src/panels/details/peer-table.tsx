import { useSignal } from '@preact/signals';
import type { ConnectionJson } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { NodeMark } from '../parts/node-mark.tsx';
import { ShowRest } from '../parts/show-rest.tsx';
import { countWords } from '../words/count.ts';
import { groupPeers, type Peer } from './group-peers.ts';

/** What {@link PeerTable} takes. */
export interface PeerTableProps {
  readonly state: PageState;
  readonly title: string;
  readonly rows: readonly ConnectionJson[];
  /** The edge between the node and a peer: a click on the count opens it. */
  readonly edgeTo: (peer: string) => { readonly from: string; readonly to: string };
}

/** How many peers are listed before one asks for more. */
const FEW = 8;

/** The connections of a node in one direction, by the node at their other end. */
export function PeerTable({ state, title, rows, edgeTo }: PeerTableProps): VNode | null {
  const isWhole = useSignal(false);
  const peers = groupPeers(rows);
  if (peers.length === 0) return null;
  const shown = isWhole.value ? peers : peers.slice(0, FEW);
  return (
    <section aria-label={title}>
      <h3>
        {title}
        <b>{countWords(peers.length)}</b>
      </h3>
      <table class="mini">
        <thead>
          <tr>
            <th scope="col">Peer</th>
            <th scope="col">Port</th>
            <th scope="col" class="end">
              Count
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((peer) => (
            <PeerRow key={peer.key} state={state} peer={peer} edge={edgeTo(peer.node)} />
          ))}
        </tbody>
      </table>
      <ShowRest left={peers.length - shown.length} isWhole={isWhole} />
    </section>
  );
}

interface PeerRowProps {
  readonly state: PageState;
  readonly peer: Peer;
  readonly edge: { readonly from: string; readonly to: string };
}

function PeerRow({ state, peer, edge }: PeerRowProps): VNode {
  const node = state.picture.value?.nodes.get(peer.node as never);
  return (
    <tr>
      <td>
        <button
          type="button"
          class="peer"
          title={peer.node}
          onClick={() => {
            state.selection.value = { kind: 'node', id: peer.node };
          }}
        >
          {node !== undefined && <NodeMark node={node} size={13} />}
          <span>
            {peer.label}
            <small>{peer.remote ?? peer.labelMinor}</small>
          </span>
        </button>
      </td>
      <td
        class="ports"
        title={peer.ports.map(({ port, count }) => `${port}: ${countWords(count)}`).join('\n')}
      >
        {peer.ports
          .slice(0, 3)
          .map(({ port }) => port)
          .join(', ')}
        {peer.ports.length > 3 && ` +${peer.ports.length - 3}`}
      </td>
      <td class="end">
        <button
          type="button"
          class="plain"
          aria-label={`${numberOf(peer)} with ${peer.label}: show them`}
          onClick={() => {
            state.selection.value = { kind: 'edge', ...edge };
          }}
        >
          {countWords(peer.count)}
        </button>
      </td>
    </tr>
  );
}

function numberOf({ count }: Peer): string {
  return `${countWords(count)} connection${count === 1 ? '' : 's'}`;
}
