import {
  asItself,
  defineRenderer,
  gatheringId,
  group,
  PSEUDO,
  type RendererDef,
  select,
} from '@ridgeline/core';
import { hostNodeId, peerNickName } from '@ridgeline/vocabulary';

/** Peers of Weave Net; those that no probe watches are unmanaged, by their nicknames. */
export const weave: RendererDef = defineRenderer({
  name: 'weave',
  plan: group(select('overlay'), {
    into: PSEUDO,
    by: (peer) => {
      if (!peer.id.startsWith('#') || peer.id.startsWith('#docker_peer_')) return undefined;
      if (peer.get(hostNodeId) !== undefined) return asItself;
      return gatheringId('unmanaged', peer.get(peerNickName) ?? '');
    },
    counted: false,
    selfLoops: 'keep',
  }),
  declares: { selfLoops: 'keep', readsIds: true },
});
