import { asNodeId, badId, escapePart, type IdKind, unescapePart } from '@ridgeline/core';

const DOCKER_PEER = '#docker_peer_';

/** Which network an overlay peer is of. */
export type OverlayNetwork = 'weave' | 'docker';

/** Ids of overlay peers: `#peer` for Weave Net, `#docker_peer_host` for Docker's own overlay. */
export const overlayId: IdKind<readonly [network: OverlayNetwork, peer: string]> = Object.freeze({
  topology: 'overlay',
  encode: (network: OverlayNetwork, peer: string) => {
    const id = asNodeId((network === 'docker' ? DOCKER_PEER : '#') + escapePart(peer));
    if (network === 'weave' && id.startsWith(DOCKER_PEER)) {
      throw badId('overlay', `"${peer}" would read as a peer of Docker`);
    }
    return id;
  },
  decode: (id: string) => {
    if (!id.startsWith('#') || id.includes(';')) return undefined;
    return id.startsWith(DOCKER_PEER)
      ? (['docker', unescapePart(id.slice(DOCKER_PEER.length))] as const)
      : (['weave', unescapePart(id.slice(1))] as const);
  },
});
