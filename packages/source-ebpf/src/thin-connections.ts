import type { Connection } from './connection.ts';

/** A connection that stands for others between the same two parties as well. */
export interface ThinnedConnection {
  readonly connection: Connection;
  /** Connections it stands for, itself included. */
  readonly count: number;
  /** Payload bytes of all of them. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Earliest and latest of all of them. */
  readonly firstSeenMillis: number;
  readonly lastSeenMillis: number;
}

/**
 * Keeps a few connections of each process to each remote address and port (of incoming ones: of each remote address, or process of
 * this host, to each local port), and puts the counts of the others onto the first of them.
 *
 * @param keep - connections to keep of each group, at least 1; `'all'` leaves everything as it is
 * @remarks Which are kept depends on the client's port alone, so that the two hosts of the connections, each thinning for itself,
 *   keep the same ones. Laws: the counts and bytes sum to those of the input; the result does not depend on the input's order.
 */
export function thinConnections(
  connections: readonly Connection[],
  keep: number | 'all',
): ThinnedConnection[] {
  if (keep === 'all') return connections.map(standAlone);
  const peerOf = indexPeers(connections);
  const groups = new Map<string, Group>();
  for (const connection of connections) {
    const key = groupOf(connection, peerOf(connection));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { kept: [connection], others: undefined });
    else take(group, connection, keep);
  }
  const thinned: ThinnedConnection[] = [];
  for (const { kept, others } of groups.values()) {
    for (const [index, connection] of kept.entries()) {
      thinned.push(index === 0 && others !== undefined ? sumUp(connection, others) : standAlone(connection));
    }
  }
  return thinned;
}

/** Connections between the same two parties. */
interface Group {
  /** The first ones, in order. */
  readonly kept: Connection[];
  others: Sum | undefined;
}

/** What connections come to that are not kept. */
type Sum = { -readonly [Field in keyof Omit<ThinnedConnection, 'connection'>]: number };

/** Takes a connection in; that which is then one too many goes to the others. One pass, for a server may have ten thousand clients. */
function take(group: Group, connection: Connection, keep: number): void {
  const { kept } = group;
  const at = placeAmong(kept, connection);
  if (at < keep) kept.splice(at, 0, connection);
  const other = kept.length > keep ? (kept.pop() as Connection) : at < keep ? undefined : connection;
  if (other === undefined) return;
  if (group.others === undefined) group.others = sumOf(other);
  else add(group.others, other);
}

function placeAmong(kept: readonly Connection[], connection: Connection): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareForThinning(connection, kept[middle] as Connection) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Where both ends are of this host, its two processes make the group, so that both ends are thinned alike: an edge that stood for more
 * connections at one end than at the other would count those of other processes twice.
 */
function groupOf(c: Connection, peer: Connection | undefined): string {
  const parties =
    c.direction === 'out' ? `${c.remoteAddress} ${c.remotePort}` : `${c.remoteAddress} < ${c.localPort}`;
  const other = peer === undefined ? '' : ` ${peer.networkNamespace} ${peer.pid}`;
  return `${c.protocol} ${c.networkNamespace} ${c.pid} ${c.localAddress} ${c.direction} ${parties}${other}`;
}

/** Finds the other end of a connection, where that is one of these, too. */
function indexPeers(connections: readonly Connection[]): (connection: Connection) => Connection | undefined {
  const byPorts = new Map<number, Connection[]>();
  for (const connection of connections) {
    const key = connection.localPort * 65_536 + connection.remotePort;
    const some = byPorts.get(key);
    if (some === undefined) byPorts.set(key, [connection]);
    else some.push(connection);
  }
  return (c) => {
    let found: Connection | undefined;
    for (const peer of byPorts.get(c.remotePort * 65_536 + c.localPort) ?? []) {
      if (peer.localAddress !== c.remoteAddress || peer.remoteAddress !== c.localAddress) continue;
      if (peer.protocol !== c.protocol || peer === c) continue;
      // The same ends in several namespaces, or one after the other: any will do, if it is always the same.
      if (found === undefined || compareParties(peer, found) < 0) found = peer;
    }
    return found;
  };
}

function compareParties(a: Connection, b: Connection): number {
  return a.networkNamespace - b.networkNamespace || a.pid - b.pid;
}

/** The port that the client's kernel chose: the same number at both ends. */
function clientPort(connection: Connection): number {
  return connection.direction === 'out' ? connection.localPort : connection.remotePort;
}

/** Spreads ports: a kernel hands out even ones first. An odd factor is a bijection of 0..65535. */
function spread(port: number): number {
  return Math.imul(port, 40503) & 0xffff;
}

function compareForThinning(a: Connection, b: Connection): number {
  return (
    spread(clientPort(a)) - spread(clientPort(b)) ||
    a.firstSeenMillis - b.firstSeenMillis ||
    a.lastSeenMillis - b.lastSeenMillis ||
    a.sentBytes - b.sentBytes ||
    a.receivedBytes - b.receivedBytes
  );
}

function standAlone(connection: Connection): ThinnedConnection {
  const { sentBytes, receivedBytes, firstSeenMillis, lastSeenMillis } = connection;
  return { connection, count: 1, sentBytes, receivedBytes, firstSeenMillis, lastSeenMillis };
}

function sumOf(connection: Connection): Sum {
  const { connection: _, ...sum } = standAlone(connection);
  return sum;
}

function add(sum: Sum, connection: Connection): void {
  sum.count++;
  sum.sentBytes += connection.sentBytes;
  sum.receivedBytes += connection.receivedBytes;
  sum.firstSeenMillis = Math.min(sum.firstSeenMillis, connection.firstSeenMillis);
  sum.lastSeenMillis = Math.max(sum.lastSeenMillis, connection.lastSeenMillis);
}

function sumUp(connection: Connection, others: Sum): ThinnedConnection {
  const sum = { ...others };
  add(sum, connection);
  return { connection, ...sum };
}
