import type { ConnectionRecord } from './decode-record.ts';

/** Ports that are listened on, by network namespace; tells the direction of a connection whose beginning was not seen. */
export interface Listeners {
  readonly add: (record: ConnectionRecord) => void;
  readonly remove: (record: ConnectionRecord) => void;
  /** Forgets those that are not among the sockets. */
  readonly keepOnly: (sockets: ReadonlySet<number>, beforeMillis: number) => void;
  readonly listensOn: (networkNamespace: number, port: number) => boolean;
}

export function createListeners(): Listeners {
  const bySocket = new Map<number, { readonly key: string; readonly sinceMillis: number }>();
  /** Number of sockets by namespace and port: several may share a port. */
  const counts = new Map<string, number>();
  const keyOf = (networkNamespace: number, port: number): string => `${networkNamespace} ${port}`;
  const drop = (socket: number): void => {
    const known = bySocket.get(socket);
    if (known === undefined) return;
    bySocket.delete(socket);
    const left = (counts.get(known.key) ?? 1) - 1;
    if (left === 0) counts.delete(known.key);
    else counts.set(known.key, left);
  };
  return {
    add: (record) => {
      drop(record.socket);
      const key = keyOf(record.networkNamespace, record.localPort);
      bySocket.set(record.socket, { key, sinceMillis: record.timeMillis });
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    remove: (record) => drop(record.socket),
    keepOnly: (sockets, beforeMillis) => {
      for (const [socket, { sinceMillis }] of bySocket) {
        if (sinceMillis < beforeMillis && !sockets.has(socket)) drop(socket);
      }
    },
    listensOn: (networkNamespace, port) => counts.has(keyOf(networkNamespace, port)),
  };
}
