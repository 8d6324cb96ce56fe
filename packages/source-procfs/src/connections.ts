import type { AddressIndex, AddressPool } from './address-pool.ts';
import { AddressMap, ambiguous } from './endpoint-scope.ts';
import { EndpointTable } from './endpoint-table.ts';
import { isListener, Listeners } from './listeners.ts';
import { MirrorIndex } from './mirror-index.ts';
import { PairIndex } from './pair-index.ts';
import type { Scan } from './scan.ts';
import { socketState, type Transport } from './socket-table.ts';

/** The endpoints of a scan and the connections between them. */
export interface Connections {
  readonly endpoints: EndpointTable;
  /** One edge for each connection, from client to server, however many of its ends are on this machine. */
  readonly edges: EdgeTable;
}

/** Edges, a column a field. */
export interface EdgeTable {
  readonly size: number;
  /** Endpoint of the client. */
  readonly client: Uint32Array;
  /** Endpoint of the server. */
  readonly server: Uint32Array;
  /** 1 where no listening socket told which end is the server. */
  readonly guessed: Uint8Array;
  /** Inode of the client's socket, or 0: with {@link serverInode} it names the connection from scan to scan. */
  readonly clientInode: Uint32Array;
  /** Inode of the server's socket, or 0. */
  readonly serverInode: Uint32Array;
}

/**
 * Makes endpoints and directed edges of a scan's sockets; yields now and then.
 *
 * Direction: the end that listens is the server (same namespace and transport, by its address or by any); a socket in
 * SYN_SENT is a client. If that tells nothing, or both ends listen, the lower port is the server, and of equal ports the
 * lower address; such an edge is marked as guessed. The rule asks the same of both ends, so the two sockets of a connection
 * within this machine, whatever their namespaces, make one edge.
 *
 * An endpoint belongs to the process that holds its sockets. The process of the listener has it where that does not tell:
 * connections wait to be accepted, a UDP server answers all from one socket, or several workers share the address and port.
 */
export function* connectSockets(scan: Scan): Generator<void, Connections, void> {
  const { sockets, namespaces, pool } = scan;
  const listeners = new Listeners(sockets, pool);
  const map = new AddressMap(namespaces, sockets, pool);
  yield;
  const endpoints = new EndpointTable(sockets.size + 64);
  const edges = new PairIndex(sockets.size + 64);
  const guessed = new Uint8Array(sockets.size);
  const clientInode = new Uint32Array(sockets.size);
  const serverInode = new Uint32Array(sockets.size);
  let mirrors: MirrorIndex | undefined;

  for (let row = 0; row < sockets.size; row++) {
    if (row % 512 === 511) yield;
    const namespace = sockets.namespace[row] as number;
    const transport = sockets.transport[row] as Transport;
    const local = sockets.local[row] as number;
    const localPort = sockets.localPort[row] as number;
    const here = endpoints.intern(
      map.scopeOf(namespace, local, namespace),
      local,
      localPort,
      transport,
      namespace,
    );
    if (isListener(sockets, row)) {
      endpoints.listening[here] = 1;
      continue;
    }
    claim(endpoints, here, sockets.owner[row] as number);
    const remote = sockets.remote[row] as number;
    const remotePort = sockets.remotePort[row] as number;
    let peer = map.locate(namespace, remote);
    if (peer === ambiguous) {
      mirrors ??= new MirrorIndex(sockets);
      peer = mirrors.namespaceOfPeer(sockets, row);
    }
    const there = endpoints.intern(map.scopeOf(peer, remote, namespace), remote, remotePort, transport, peer);
    const localListens = listeners.find(namespace, transport, local, localPort) >= 0;
    const remoteListens = peer >= 0 && listeners.find(peer, transport, remote, remotePort) >= 0;
    const isConnecting = transport === 0 && sockets.state[row] === socketState.synSent;
    const known = isConnecting || localListens !== remoteListens;
    const isClient = known
      ? isConnecting || remoteListens
      : !isLower(pool, local, localPort, remote, remotePort);
    const count = edges.size;
    const edge = isClient ? edges.intern(here, there) : edges.intern(there, here);
    if (edge === count) guessed[edge] = 1;
    if (known) guessed[edge] = 0;
    (isClient ? clientInode : serverInode)[edge] = sockets.inode[row] as number;
  }
  claimForListeners(endpoints, listeners);
  const ends = edgeEnds(edges);
  const { size } = edges;
  return {
    endpoints,
    edges: {
      size,
      ...ends,
      guessed: guessed.subarray(0, size),
      clientInode: clientInode.subarray(0, size),
      serverInode: serverInode.subarray(0, size),
    },
  };
}

function claim(endpoints: EndpointTable, endpoint: number, owner: number): void {
  if (owner < 0) return;
  const before = endpoints.owner[endpoint] as number;
  if (before < 0) endpoints.owner[endpoint] = owner;
  else if (before !== owner) {
    endpoints.contested[endpoint] = 1;
    // The least pid, so that the answer does not depend on the order of the kernel's tables.
    endpoints.owner[endpoint] = Math.min(before, owner);
  }
}

function claimForListeners(endpoints: EndpointTable, listeners: Listeners): void {
  for (let endpoint = 0; endpoint < endpoints.size; endpoint++) {
    const namespace = endpoints.namespace[endpoint] as number;
    const isClaimed = (endpoints.owner[endpoint] as number) >= 0 && endpoints.contested[endpoint] === 0;
    if (namespace < 0 || isClaimed) continue;
    const listener = listeners.find(
      namespace,
      endpoints.transport[endpoint] as Transport,
      endpoints.address[endpoint] as number,
      endpoints.port[endpoint] as number,
    );
    const owner = listener < 0 ? -1 : listeners.ownerOf(listener);
    if (owner >= 0) endpoints.owner[endpoint] = owner;
  }
}

function isLower(
  pool: AddressPool,
  address: AddressIndex,
  port: number,
  otherAddress: AddressIndex,
  otherPort: number,
): boolean {
  return port === otherPort ? pool.compare(address, otherAddress) < 0 : port < otherPort;
}

function edgeEnds(edges: PairIndex): { client: Uint32Array; server: Uint32Array } {
  const client = new Uint32Array(edges.size);
  const server = new Uint32Array(edges.size);
  for (let edge = 0; edge < edges.size; edge++) {
    client[edge] = edges.highOf(edge);
    server[edge] = edges.lowOf(edge);
  }
  return { client, server };
}
