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
 * Keeps a few connections of each process to each remote address and port (of incoming ones: of each remote address to each local
 * port), and puts the counts of the others onto the first of them.
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
  const groups = new Map<string, Connection[]>();
  for (const connection of connections) {
    const key = groupOf(connection);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [connection]);
    else group.push(connection);
  }
  const thinned: ThinnedConnection[] = [];
  for (const group of groups.values()) {
    if (group.length <= keep) {
      for (const connection of group) thinned.push(standAlone(connection));
      continue;
    }
    group.sort(compareForThinning);
    const [first, ...others] = group.slice(0, keep);
    if (first === undefined) continue;
    thinned.push(sumUp(first, group.slice(keep)));
    for (const connection of others) thinned.push(standAlone(connection));
  }
  return thinned;
}

function groupOf(c: Connection): string {
  const parties =
    c.direction === 'out' ? `${c.remoteAddress} ${c.remotePort}` : `${c.remoteAddress} < ${c.localPort}`;
  return `${c.protocol} ${c.networkNamespace} ${c.pid} ${c.localAddress} ${c.direction} ${parties}`;
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

function sumUp(connection: Connection, others: readonly Connection[]): ThinnedConnection {
  return others.reduce<ThinnedConnection>(
    (sum, other) => ({
      connection,
      count: sum.count + 1,
      sentBytes: sum.sentBytes + other.sentBytes,
      receivedBytes: sum.receivedBytes + other.receivedBytes,
      firstSeenMillis: Math.min(sum.firstSeenMillis, other.firstSeenMillis),
      lastSeenMillis: Math.max(sum.lastSeenMillis, other.lastSeenMillis),
    }),
    standAlone(connection),
  );
}
