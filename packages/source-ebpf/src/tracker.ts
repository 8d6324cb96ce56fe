import {
  type Connection,
  connectionOf,
  type FailedConnection,
  isSameLife,
  type LiveConnection,
  learn,
} from './connection.ts';
import type { ConnectionRecord } from './decode-record.ts';
import { createListeners } from './listeners.ts';

/** A whole reading of the sockets that processes hold. */
export interface Snapshot {
  readonly startedMillis: number;
  readonly endedMillis: number;
  readonly rows: readonly ConnectionRecord[];
}

/** A connection that a snapshot did not show: its end was missed, or no process holds its socket (any more, or yet). */
export interface Suspect {
  readonly socket: number;
  readonly networkNamespace: number;
}

/** What snapshots found that events had not told. */
export interface SnapshotDifferences {
  /** Connections that were there and not known. The first snapshot's are not counted. */
  readonly appeared: number;
  /** Connections that were known and are gone. */
  readonly vanished: number;
}

/** What a tracker knows at one moment. */
export interface TrackerReport {
  readonly open: readonly Connection[];
  /** Ended since the report before: each is in exactly one report as closed. */
  readonly closed: readonly Connection[];
  /** Failed since the report before. */
  readonly failed: readonly FailedConnection[];
  readonly differences: SnapshotDifferences;
}

const TCP_SYN_SENT = 2;
const TCP_CLOSE = 7;
const TCP_LISTEN = 10;
/** As long as the connection tracker of the kernel keeps an unanswered flow (nf_conntrack_udp_timeout). */
const DATAGRAM_LIFE_MILLIS = 30_000;

/**
 * Makes the set of connections out of events and snapshots. Pure: the same calls give the same reports.
 *
 * @remarks Laws: a connection is reported as closed exactly once, whatever the times of the reports; a snapshot row older than
 *   the end of its connection does not bring it back; events and a snapshot give the same open set in either order.
 */
export class ConnectionTracker {
  readonly #open = new Map<number, LiveConnection>();
  #closed: LiveConnection[] = [];
  #failed: FailedConnection[] = [];
  readonly #listeners = createListeners();
  /** Ends seen while a snapshot is awaited, by socket; a row from before must not bring the connection back. */
  #ends: Map<number, number> | undefined;
  #hasSnapshot = false;
  #appeared = 0;
  #vanished = 0;

  /** Connections open now. */
  get size(): number {
    return this.#open.size;
  }

  /** Says that a snapshot was asked for: from now until it is applied ends are remembered. */
  expectSnapshot(): void {
    this.#ends ??= new Map();
  }

  /** Takes an event in. */
  apply(record: ConnectionRecord): void {
    switch (record.kind) {
      case 'connect':
        this.#begin(record, 'out');
        break;
      case 'incoming':
        this.#begin(record, 'in');
        break;
      case 'accept':
        this.#accept(record);
        break;
      case 'close':
        this.#end(record);
        break;
      case 'connect-failed':
        this.#fail(record);
        break;
      case 'listen':
        this.#listeners.add(record);
        break;
      case 'listen-close':
        this.#listeners.remove(record);
        break;
      case 'datagram':
        this.#datagram(record);
        break;
      case 'snapshot':
        throw new TypeError('rows of a snapshot are applied together, by applySnapshot');
    }
  }

  /**
   * Takes a snapshot in.
   *
   * @returns connections that it should have shown and did not; find out which are gone, and call `applyGone`. UDP sockets without
   *   a row are gone: nothing but a process keeps them.
   */
  applySnapshot(snapshot: Snapshot): Suspect[] {
    const shown = new Set<number>();
    // Listeners first: they tell the direction of the rows that follow.
    for (const row of snapshot.rows) {
      if (row.protocol === 'tcp' && row.state === TCP_LISTEN) {
        shown.add(row.socket);
        this.#listeners.add(row);
      }
    }
    this.#listeners.keepOnly(shown, snapshot.startedMillis);
    for (const row of snapshot.rows) {
      if (row.protocol === 'tcp' && (row.state === TCP_LISTEN || row.state === TCP_SYN_SENT)) continue;
      shown.add(row.socket);
      this.#applyRow(row);
    }
    const suspects: Suspect[] = [];
    for (const [socket, { connection }] of this.#open) {
      if (shown.has(socket) || connection.lastSeenMillis >= snapshot.startedMillis) continue;
      if (connection.protocol === 'udp') this.#vanish(socket, snapshot.startedMillis);
      else suspects.push({ socket, networkNamespace: connection.networkNamespace });
    }
    this.#hasSnapshot = true;
    this.#ends = undefined;
    return suspects;
  }

  /** Ends suspects that were found to be gone, unless something was heard of them since. */
  applyGone(sockets: Iterable<number>, snapshotStartedMillis: number): void {
    for (const socket of sockets) {
      const live = this.#open.get(socket);
      if (live === undefined || live.connection.lastSeenMillis >= snapshotStartedMillis) continue;
      this.#vanish(socket, snapshotStartedMillis);
    }
  }

  /** Ends UDP connections that nothing was heard of for a while: no event tells their end. */
  expireDatagrams(nowMillis: number): void {
    for (const [socket, { connection, isHeld }] of this.#open) {
      if (connection.protocol !== 'udp' || isHeld) continue;
      if (nowMillis - connection.lastSeenMillis > DATAGRAM_LIFE_MILLIS) this.#vanish(socket, nowMillis);
    }
  }

  /** What is known now. What had ended is forgotten with it. */
  report(): TrackerReport {
    const report = {
      open: Array.from(this.#open.values(), ({ connection }) => ({ ...connection })),
      closed: this.#closed.map(({ connection }) => connection),
      failed: this.#failed,
      differences: { appeared: this.#appeared, vanished: this.#vanished },
    };
    this.#closed = [];
    this.#failed = [];
    return report;
  }

  #begin(record: ConnectionRecord, direction: 'out' | 'in'): void {
    const live = this.#open.get(record.socket);
    if (live !== undefined && isSameLife(live, record)) {
      // A snapshot was faster; the event knows the direction and the birth.
      learn(live, record);
      live.connection.direction = direction;
      live.connection.isGuessed = false;
      return;
    }
    if (live !== undefined) {
      // The event is of an earlier life than a snapshot's row: its end is on its way, and tells all of it.
      if (live.connection.firstSeenMillis > record.timeMillis) return;
      this.#vanish(record.socket, record.timeMillis);
    }
    this.#add(record, { direction, isGuessed: false });
  }

  #datagram(record: ConnectionRecord): void {
    const live = this.#open.get(record.socket);
    if (live !== undefined && isSameLife(live, record)) {
      learn(live, record);
      return;
    }
    if (live !== undefined) this.#vanish(record.socket, record.timeMillis);
    this.#add(record, { direction: 'out', isGuessed: false });
  }

  #accept(record: ConnectionRecord): void {
    const isMeant = (candidate: LiveConnection): boolean =>
      candidate.socket === record.socket && isSameLife(candidate, record);
    const open = this.#open.get(record.socket);
    const live = open !== undefined && isMeant(open) ? open : this.#closed.findLast(isMeant);
    if (live !== undefined) learn(live, record);
    else if (record.state !== TCP_CLOSE) this.#begin(record, 'in');
    // Else it had ended before it was accepted, and a report has told that already.
  }

  #end(record: ConnectionRecord): void {
    this.#ends?.set(record.socket, record.timeMillis);
    const live = this.#open.get(record.socket);
    if (live !== undefined && isSameLife(live, record) && live.bornMillis <= record.timeMillis) {
      this.#open.delete(record.socket);
      learn(live, record);
      this.#close(live, record.timeMillis);
      return;
    }
    if (live !== undefined && live.connection.firstSeenMillis <= record.timeMillis) {
      this.#vanish(record.socket, record.timeMillis);
    }
    // Its beginning was missed, or came before the start: the end tells all that a report needs.
    this.#addClosed(record);
  }

  #fail(record: ConnectionRecord): void {
    const live = this.#open.get(record.socket);
    if (live !== undefined && live.connection.firstSeenMillis <= record.bornMillis) {
      this.#vanish(record.socket, record.timeMillis);
    }
    this.#failed.push({
      pid: record.pid,
      command: record.command,
      networkNamespace: record.networkNamespace,
      localAddress: record.localAddress,
      remoteAddress: record.remoteAddress,
      remotePort: record.remotePort,
      errno: record.errno,
      triedMillis: record.bornMillis,
      failedMillis: record.timeMillis,
    });
  }

  #applyRow(row: ConnectionRecord): void {
    const ended = this.#ends?.get(row.socket);
    if (ended !== undefined && ended >= row.timeMillis) return;
    const live = this.#open.get(row.socket);
    if (live !== undefined) {
      if (isSameLife(live, row)) {
        live.isHeld = true;
        learn(live, row);
        return;
      }
      if (live.connection.firstSeenMillis > row.timeMillis) return;
      this.#vanish(row.socket, row.timeMillis);
    }
    if (this.#hasSnapshot && row.protocol === 'tcp') this.#appeared++;
    this.#add(row, this.#directionOf(row)).isHeld = true;
  }

  #add(record: ConnectionRecord, direction: { direction: 'out' | 'in'; isGuessed: boolean }): LiveConnection {
    const { socket, bornMillis } = record;
    const live = { socket, bornMillis, isHeld: false, connection: connectionOf(record, direction) };
    this.#open.set(socket, live);
    return live;
  }

  #addClosed(record: ConnectionRecord): void {
    const { socket, bornMillis } = record;
    const connection = connectionOf(record, this.#directionOf(record));
    this.#close({ socket, bornMillis, isHeld: false, connection }, record.timeMillis);
  }

  #close(live: LiveConnection, atMillis: number): void {
    live.connection.closedMillis = atMillis;
    this.#closed.push(live);
  }

  #vanish(socket: number, atMillis: number): void {
    const live = this.#open.get(socket);
    if (live === undefined) return;
    this.#open.delete(socket);
    if (live.connection.protocol === 'tcp') this.#vanished++; // UDP has no events: a change of peer is no miss
    this.#close(live, atMillis);
  }

  #directionOf(record: ConnectionRecord): { direction: 'out' | 'in'; isGuessed: boolean } {
    if (record.direction === 'out' || record.direction === 'in') {
      return { direction: record.direction, isGuessed: false };
    }
    const listens =
      record.protocol === 'tcp' && this.#listeners.listensOn(record.networkNamespace, record.localPort);
    return { direction: listens ? 'in' : 'out', isGuessed: true };
  }
}
