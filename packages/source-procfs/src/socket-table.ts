import type { AddressIndex } from './address-pool.ts';

/** The transport of a socket, as columns keep it. */
export const tcp = 0;
export const udp = 1;
export type Transport = typeof tcp | typeof udp;

/** The states of include/net/tcp_states.h that a scan tells apart; UDP uses `established` (connected) and `closed`. */
export const socketState = {
  established: 1,
  synSent: 2,
  synReceived: 3,
  finWait1: 4,
  finWait2: 5,
  timeWait: 6,
  closed: 7,
  closeWait: 8,
  lastAck: 9,
  listen: 10,
  closing: 11,
  newSynReceived: 12,
} as const;

/** One socket as it is appended to a {@link SocketTable}; addresses are numbers of the scan's address pool. */
export interface Socket {
  readonly transport: Transport;
  readonly state: number;
  readonly local: AddressIndex;
  readonly localPort: number;
  readonly remote: AddressIndex;
  readonly remotePort: number;
  readonly uid: number;
  /** 0 when no process holds the socket: waiting in an accept queue, or closed and still being wound up. */
  readonly inode: number;
}

/**
 * The sockets of all network namespaces of one scan, a column a field, a row a socket. An object a socket would cost ten
 * times the memory, and its collection would hold the event loop.
 */
export class SocketTable {
  /** Number of the socket's network namespace in the scan. */
  namespace: Uint32Array;
  transport: Uint8Array;
  state: Uint8Array;
  local: Uint32Array;
  localPort: Uint16Array;
  remote: Uint32Array;
  remotePort: Uint16Array;
  uid: Uint32Array;
  inode: Uint32Array;
  /** Row of the process that holds the socket among the scan's processes, or -1. */
  owner: Int32Array;
  size = 0;

  constructor(capacity = 1024) {
    this.namespace = new Uint32Array(capacity);
    this.transport = new Uint8Array(capacity);
    this.state = new Uint8Array(capacity);
    this.local = new Uint32Array(capacity);
    this.localPort = new Uint16Array(capacity);
    this.remote = new Uint32Array(capacity);
    this.remotePort = new Uint16Array(capacity);
    this.uid = new Uint32Array(capacity);
    this.inode = new Uint32Array(capacity);
    this.owner = new Int32Array(capacity).fill(-1);
  }

  /** Adds a row; takes the fields one by one, so that a parser need not make an object a line. */
  append(
    namespace: number,
    transport: Transport,
    state: number,
    local: AddressIndex,
    localPort: number,
    remote: AddressIndex,
    remotePort: number,
    uid: number,
    inode: number,
  ): void {
    if (this.size === this.state.length) this.grow();
    const row = this.size++;
    this.namespace[row] = namespace;
    this.transport[row] = transport;
    this.state[row] = state;
    this.local[row] = local;
    this.localPort[row] = localPort;
    this.remote[row] = remote;
    this.remotePort[row] = remotePort;
    this.uid[row] = uid;
    this.inode[row] = inode;
    this.owner[row] = -1;
  }

  /** One row as an object, for tests and messages. */
  at(row: number): Socket {
    return {
      transport: this.transport[row] as Transport,
      state: this.state[row] as number,
      local: this.local[row] as number,
      localPort: this.localPort[row] as number,
      remote: this.remote[row] as number,
      remotePort: this.remotePort[row] as number,
      uid: this.uid[row] as number,
      inode: this.inode[row] as number,
    };
  }

  private grow(): void {
    const capacity = this.state.length * 2;
    this.namespace = widen(this.namespace, new Uint32Array(capacity));
    this.transport = widen(this.transport, new Uint8Array(capacity));
    this.state = widen(this.state, new Uint8Array(capacity));
    this.local = widen(this.local, new Uint32Array(capacity));
    this.localPort = widen(this.localPort, new Uint16Array(capacity));
    this.remote = widen(this.remote, new Uint32Array(capacity));
    this.remotePort = widen(this.remotePort, new Uint16Array(capacity));
    this.uid = widen(this.uid, new Uint32Array(capacity));
    this.inode = widen(this.inode, new Uint32Array(capacity));
    this.owner = widen(this.owner, new Int32Array(capacity));
  }
}

function widen<Column extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(
  from: Column,
  into: Column,
): Column {
  into.set(from);
  return into;
}
