import type { AddressIndex, AddressPool } from './address-pool.ts';
import { PairIndex } from './pair-index.ts';
import { type SocketTable, socketState, type Transport, tcp } from './socket-table.ts';

/** True for a socket that waits for others: TCP in LISTEN, UDP bound to a port and connected to none. */
export function isListener(sockets: SocketTable, row: number): boolean {
  if (sockets.transport[row] === tcp) return sockets.state[row] === socketState.listen;
  return sockets.remotePort[row] === 0;
}

/** Who listens where, in every network namespace. */
export class Listeners {
  private readonly index = new PairIndex(256);
  private readonly owners: number[] = [];
  private readonly pool: AddressPool;
  private readonly anyIpv4: AddressIndex;
  private readonly anyIpv6: AddressIndex;

  constructor(sockets: SocketTable, pool: AddressPool) {
    this.pool = pool;
    this.anyIpv4 = pool.internIpv4(0);
    this.anyIpv6 = pool.intern(0, 0, 0, 0);
    for (let row = 0; row < sockets.size; row++) {
      if (isListener(sockets, row)) this.add(sockets, row);
    }
  }

  private add(sockets: SocketTable, row: number): void {
    const number = this.index.intern(
      placeKey(
        sockets.namespace[row] as number,
        sockets.transport[row] as Transport,
        sockets.localPort[row] as number,
      ),
      sockets.local[row] as number,
    );
    const owner = sockets.owner[row] as number;
    // Several sockets on one port (SO_REUSEPORT): the first that has a process speaks for all.
    if (number === this.owners.length) this.owners.push(owner);
    else if (this.owners[number] === -1) this.owners[number] = owner;
  }

  /** The number of the listener that answers at an address and port, by that address or by any; -1 if there is none. */
  find(namespace: number, transport: Transport, address: AddressIndex, port: number): number {
    const place = placeKey(namespace, transport, port);
    const exact = this.index.find(place, address);
    if (exact >= 0) return exact;
    if (this.pool.isIpv4(address)) {
      const ipv4 = this.index.find(place, this.anyIpv4);
      if (ipv4 >= 0) return ipv4;
    }
    // A listener on `::` answers IPv4 too, unless it was told not to; then IPv4 has a listener of its own.
    return this.index.find(place, this.anyIpv6);
  }

  /** Row of a listener's process, or -1. */
  ownerOf(listener: number): number {
    return this.owners[listener] ?? -1;
  }
}

function placeKey(namespace: number, transport: Transport, port: number): number {
  return (namespace << 17) | (transport << 16) | port;
}
