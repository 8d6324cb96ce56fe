import type { AddressIndex } from './address-pool.ts';
import type { ScopeCode } from './endpoint-scope.ts';
import { PairIndex } from './pair-index.ts';
import type { Transport } from './socket-table.ts';

/** The endpoints of a scan: each (scope, address, port, transport) once, a column a field. */
export class EndpointTable {
  scope: Uint32Array;
  address: Uint32Array;
  port: Uint16Array;
  transport: Uint8Array;
  /** The network namespace it lives in, or below 0 if that is not on this machine or unknown. */
  namespace: Int32Array;
  /** Row of its process, or -1. */
  owner: Int32Array;
  /** 1 if several processes hold sockets of it. */
  contested: Uint8Array;
  /** 1 if a socket listens here. */
  listening: Uint8Array;
  private readonly index: PairIndex;

  constructor(expected = 256) {
    this.index = new PairIndex(expected);
    this.scope = new Uint32Array(expected);
    this.address = new Uint32Array(expected);
    this.port = new Uint16Array(expected);
    this.transport = new Uint8Array(expected);
    this.namespace = new Int32Array(expected);
    this.owner = new Int32Array(expected);
    this.contested = new Uint8Array(expected);
    this.listening = new Uint8Array(expected);
  }

  get size(): number {
    return this.index.size;
  }

  /** The endpoint's number; a new one has no process yet. */
  intern(
    scope: ScopeCode,
    address: AddressIndex,
    port: number,
    transport: Transport,
    namespace: number,
  ): number {
    const count = this.index.size;
    // 16 bits of port, one of transport, 15 of scope: the kernel allows fewer namespaces than that per user.
    const number = this.index.intern((scope << 17) | (transport << 16) | port, address);
    if (number < count) return number;
    if (number === this.scope.length) this.grow();
    this.scope[number] = scope;
    this.address[number] = address;
    this.port[number] = port;
    this.transport[number] = transport;
    this.namespace[number] = namespace;
    this.owner[number] = -1;
    return number;
  }

  private grow(): void {
    const capacity = Math.max(64, this.scope.length * 2);
    this.scope = widen(this.scope, new Uint32Array(capacity));
    this.address = widen(this.address, new Uint32Array(capacity));
    this.port = widen(this.port, new Uint16Array(capacity));
    this.transport = widen(this.transport, new Uint8Array(capacity));
    this.namespace = widen(this.namespace, new Int32Array(capacity));
    this.owner = widen(this.owner, new Int32Array(capacity));
    this.contested = widen(this.contested, new Uint8Array(capacity));
    this.listening = widen(this.listening, new Uint8Array(capacity));
  }
}

function widen<Column extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(
  from: Column,
  into: Column,
): Column {
  into.set(from);
  return into;
}
