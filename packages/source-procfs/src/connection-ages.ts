import type { Connections } from './connections.ts';

/** Remembers since when each connection has been seen: a scan itself tells only that it is there. */
export class ConnectionAges {
  private firstSeen: Map<number, number> = new Map();

  /**
   * @param atMillis - wall clock of the scan
   * @returns by edge, when one of its sockets was first seen with this peer
   */
  update({ edges, endpoints }: Connections, atMillis: number): Float64Array {
    const next = new Map<number, number>();
    const since = new Float64Array(edges.size);
    for (let edge = 0; edge < edges.size; edge++) {
      const client = socketKey(
        edges.clientInode[edge] as number,
        endpoints.port[edges.server[edge] as number] as number,
      );
      const server = socketKey(
        edges.serverInode[edge] as number,
        endpoints.port[edges.client[edge] as number] as number,
      );
      // Either end may be seen before the other, and outlive it.
      const first = Math.min(this.firstSeen.get(client) ?? atMillis, this.firstSeen.get(server) ?? atMillis);
      since[edge] = first;
      if (client >= 0) next.set(client, first);
      if (server >= 0) next.set(server, first);
    }
    this.firstSeen = next;
    return since;
  }
}

/**
 * A socket and its peer's port, since a UDP socket may be connected anew; -1 without inode: a connection that waits to be
 * accepted has no name to be known by.
 */
function socketKey(inode: number, peerPort: number): number {
  return inode === 0 ? -1 : inode * 65_536 + peerPort;
}
