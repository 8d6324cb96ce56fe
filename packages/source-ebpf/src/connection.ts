import type { ConnectionRecord } from './decode-record.ts';

/** A connection as one of its two ends sees it. Times are milliseconds of the monotonic clock, bytes are payload. */
export interface Connection {
  readonly protocol: 'tcp' | 'udp';
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly networkNamespace: number;
  /** 0 while unknown. */
  readonly pid: number;
  readonly command: string;
  readonly cgroup: number;
  readonly direction: 'out' | 'in';
  /** True when the direction was told from ports and not seen. */
  readonly isGuessed: boolean;
  /** When it began, or, when that was not seen, when it was first seen. */
  readonly firstSeenMillis: number;
  readonly lastSeenMillis: number;
  /** When it ended; left out while it is open. */
  readonly closedMillis?: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** errno of the socket at its end: 104 (ECONNRESET), say; 0 for an orderly end. */
  readonly errno: number;
}

/** A connection that did not come about, told in one report. */
export interface FailedConnection {
  readonly pid: number;
  readonly command: string;
  readonly networkNamespace: number;
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** 111 (ECONNREFUSED), 110 (ETIMEDOUT), …; 0 when the process gave up itself. */
  readonly errno: number;
  readonly triedMillis: number;
  readonly failedMillis: number;
}

/** A connection in the making: what the tracker changes as it learns. */
export interface LiveConnection {
  readonly socket: number;
  /** 0 when the beginning was not seen. */
  readonly bornMillis: number;
  /** True once a snapshot has shown that a process holds the socket. */
  isHeld: boolean;
  /** Changed in place: a storm changes a hundred thousand a second. What leaves the tracker is a copy, or changes no more. */
  readonly connection: { -readonly [Field in keyof Connection]: Connection[Field] };
}

/**
 * True when a record speaks of the same connection: a socket's address is used again, sometimes within a millisecond, so the
 * time of its birth decides; without it the two ends do.
 */
export function isSameLife(live: LiveConnection, record: ConnectionRecord): boolean {
  if (live.bornMillis !== 0 && record.bornMillis !== 0) return live.bornMillis === record.bornMillis;
  const { connection } = live;
  return (
    connection.localPort === record.localPort &&
    connection.remotePort === record.remotePort &&
    connection.localAddress === record.localAddress &&
    connection.remoteAddress === record.remoteAddress
  );
}

/** A connection as a record tells it. */
export function connectionOf(
  record: ConnectionRecord,
  { direction, isGuessed }: { readonly direction: 'out' | 'in'; readonly isGuessed: boolean },
): LiveConnection['connection'] {
  return {
    protocol: record.protocol,
    localAddress: record.localAddress,
    localPort: record.localPort,
    remoteAddress: record.remoteAddress,
    remotePort: record.remotePort,
    networkNamespace: record.networkNamespace,
    pid: record.pid,
    command: record.command,
    cgroup: record.cgroup,
    direction,
    isGuessed,
    firstSeenMillis: record.bornMillis === 0 ? record.timeMillis : record.bornMillis,
    lastSeenMillis: record.timeMillis,
    sentBytes: record.sentBytes,
    receivedBytes: record.receivedBytes,
    errno: record.errno,
  };
}

/** Adds what a later record knows: the owner when there was none, the greater counts. */
export function learn({ connection }: LiveConnection, record: ConnectionRecord): void {
  if (connection.pid === 0 && record.pid !== 0) {
    connection.pid = record.pid;
    connection.command = record.command;
    connection.cgroup = record.cgroup;
  }
  connection.lastSeenMillis = Math.max(connection.lastSeenMillis, record.timeMillis);
  connection.sentBytes = Math.max(connection.sentBytes, record.sentBytes);
  connection.receivedBytes = Math.max(connection.receivedBytes, record.receivedBytes);
  if (record.errno !== 0) connection.errno = record.errno;
}
