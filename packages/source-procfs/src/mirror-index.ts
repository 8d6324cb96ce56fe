import { ambiguous } from './endpoint-scope.ts';
import { PairIndex } from './pair-index.ts';
import type { SocketTable } from './socket-table.ts';

/** Finds the other end of a connection among this machine's sockets, where its address alone does not tell its namespace. */
export class MirrorIndex {
  /** (transport and port, address) of either end of a socket → its number. */
  private readonly ends = new PairIndex(256);
  /** (local end, remote end) → its number. */
  private readonly pairs = new PairIndex(256);
  /** By pair: the only namespace with such a socket, or {@link ambiguous}. */
  private readonly namespaces: number[] = [];

  constructor(sockets: SocketTable) {
    for (let row = 0; row < sockets.size; row++) {
      const pair = this.pairs.intern(this.localEnd(sockets, row), this.remoteEnd(sockets, row));
      const namespace = sockets.namespace[row] as number;
      if (pair === this.namespaces.length) this.namespaces.push(namespace);
      else if (this.namespaces[pair] !== namespace) this.namespaces[pair] = ambiguous;
    }
  }

  /** The namespace of the socket whose local end is this one's remote end, and the reverse; else {@link ambiguous}. */
  namespaceOfPeer(sockets: SocketTable, row: number): number {
    const pair = this.pairs.find(this.remoteEnd(sockets, row), this.localEnd(sockets, row));
    return pair < 0 ? ambiguous : (this.namespaces[pair] as number);
  }

  private localEnd(sockets: SocketTable, row: number): number {
    return this.end(sockets, row, sockets.localPort[row] as number, sockets.local[row] as number);
  }

  private remoteEnd(sockets: SocketTable, row: number): number {
    return this.end(sockets, row, sockets.remotePort[row] as number, sockets.remote[row] as number);
  }

  private end(sockets: SocketTable, row: number, port: number, address: number): number {
    return this.ends.intern(((sockets.transport[row] as number) << 16) | port, address);
  }
}
