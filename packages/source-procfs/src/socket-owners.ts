import { socketInodeOf } from './link-inode.ts';
import type { ProcRoot } from './proc-root.ts';
import type { ProcessRecord } from './process-table.ts';
import type { SocketTable } from './socket-table.ts';

/** All descriptors of a process are read again after so many scans, in case a socket has changed hands unseen. */
const descriptorsEvery = 16;
/** Descriptors read between two yields: some 0.3 ms. */
const descriptorsAStep = 64;

/**
 * Finds the process of each socket, by the links of /proc/<pid>/fd. That is the dearest part of a scan, so it is done only for
 * sockets that no one is known to hold:
 *
 * 1. What a living process held at the last scan it still holds.
 * 2. For the rest, descriptors that are new, or whose socket is gone, are read, process by process, until all are found.
 * 3. If some are left, all descriptors of all processes are read; what then has no process is not asked for again, but by
 *    turns: every process is read in full every 16th scan.
 *
 * Where several processes hold one socket (a server and its forked workers) the one known before stays; else it is the least
 * pid, with 1 last, since it holds the sockets that it hands to its services.
 */
export class SocketOwners {
  private readonly root: ProcRoot;
  private owners: Map<number, ProcessRecord> = new Map();
  /** Sockets for which a full search found no one. */
  private ownerless: Set<number> = new Set();

  constructor(root: ProcRoot) {
    this.root = root;
  }

  /**
   * Fills `sockets.owner`.
   *
   * @param processes - of this scan, with their rows, by rising pid
   * @returns sockets that have an inode, but no process
   */
  *attribute(
    scan: number,
    processes: readonly ProcessRecord[],
    sockets: SocketTable,
  ): Generator<void, number, void> {
    const search = new OwnerSearch(this.root, scan, sockets);
    const owners = new Map<number, ProcessRecord>();
    const ownerless = new Set<number>();
    for (let row = 0; row < sockets.size; row++) {
      const inode = sockets.inode[row] as number;
      if (inode === 0) continue;
      search.rows.set(inode, row);
      const owner = this.owners.get(inode);
      if (owner !== undefined && owner.seenAt === scan) {
        owners.set(inode, owner);
        sockets.owner[row] = owner.row;
      } else if (this.ownerless.has(inode)) ownerless.add(inode);
      else search.wanted.add(inode);
      if (row % 2048 === 2047) yield;
    }
    search.owners = owners;
    this.owners = owners;
    this.ownerless = ownerless;

    const order = searchOrder(processes);
    const due = order.filter((process) => scan - process.descriptorsReadAt >= descriptorsEvery);
    for (const process of due) yield* search.readAll(process);
    search.settle(due);
    for (const process of order) {
      if (search.wanted.size === 0) break;
      if (process.descriptorsReadAt !== scan) yield* search.readChanged(process);
    }
    const read = [...due];
    const unread = order.filter((process) => process.descriptorsReadAt !== scan);
    let next = 0;
    for (; next < unread.length && search.wanted.size > 0; next++) {
      const process = unread[next] as ProcessRecord;
      yield* search.readAll(process);
      read.push(process);
    }
    if (next > 0) search.settle(read);
    if (search.wanted.size > 0) {
      // What was just taken from one process may be with any of those that were not read.
      for (; next < unread.length; next++) {
        const process = unread[next] as ProcessRecord;
        yield* search.readAll(process);
        read.push(process);
      }
      search.settle(read);
    }
    for (const inode of search.wanted) ownerless.add(inode);
    for (const inode of owners.keys()) ownerless.delete(inode);
    return ownerless.size;
  }
}

function searchOrder(processes: readonly ProcessRecord[]): readonly ProcessRecord[] {
  const order = processes.filter((process) => !process.kernelThread && process.pid !== 1);
  const first = processes[0];
  return first?.pid === 1 ? [...order, first] : order;
}

/** The search of one scan. */
class OwnerSearch {
  /** Inode of a socket → its row. */
  readonly rows: Map<number, number> = new Map();
  /** Sockets that have no process yet, and may have one. */
  readonly wanted: Set<number> = new Set();
  owners: Map<number, ProcessRecord> = new Map();
  private readonly root: ProcRoot;
  private readonly scan: number;
  private readonly sockets: SocketTable;

  constructor(root: ProcRoot, scan: number, sockets: SocketTable) {
    this.root = root;
    this.scan = scan;
    this.sockets = sockets;
  }

  /** Reads all descriptors of a process. */
  *readAll(process: ProcessRecord): Generator<void, void, void> {
    process.descriptors.clear();
    process.descriptorsReadAt = this.scan;
    yield* this.read(process, true);
  }

  /**
   * Takes from processes whose descriptors have all been read the sockets that are not among them, and gives each to another
   * of these processes that has it.
   */
  settle(processes: readonly ProcessRecord[]): void {
    if (processes.length === 0) return;
    const held = new Map<ProcessRecord, ReadonlySet<number>>();
    for (const process of processes) held.set(process, new Set(process.descriptors.values()));
    for (const [inode, owner] of this.owners) {
      if (held.get(owner)?.has(inode) === false) this.release(inode);
    }
    if (this.wanted.size === 0) return;
    for (const [process, inodes] of held) for (const inode of inodes) this.hold(process, inode);
  }

  /** Reads the descriptors of a process but for those that were a socket which is there and has a holder. */
  *readChanged(process: ProcessRecord): Generator<void, void, void> {
    yield* this.read(process, false);
  }

  private *read(process: ProcessRecord, all: boolean): Generator<void, void, void> {
    const { root, rows, wanted } = this;
    const folder = `${process.pid}/fd`;
    const names = root.list(folder);
    process.descriptorsDenied = names === undefined && root.failure === 'denied';
    const known = process.descriptors;
    if (names === undefined) {
      known.clear();
      return;
    }
    if (known.size > names.length) forgetClosed(known, names);
    let read = 0;
    for (const name of names) {
      const before = known.get(name);
      // A socket that is there and has its holder is most likely where it was.
      if (!all && before !== undefined && rows.has(before) && !wanted.has(before)) continue;
      const link = root.link(`${folder}/${name}`);
      if (link === undefined && root.failure === 'denied') {
        // The list may be read where the links may not: ptrace_may_access refused, in spite of root.
        process.descriptorsDenied = true;
        return;
      }
      const inode = link === undefined ? -1 : socketInodeOf(link);
      known.set(name, inode);
      if (inode >= 0) this.hold(process, inode);
      if (!all && wanted.size === 0) return;
      if (++read % descriptorsAStep === 0) yield;
    }
    yield;
  }

  private hold(process: ProcessRecord, inode: number): void {
    const row = this.rows.get(inode);
    if (row === undefined || this.owners.has(inode)) return;
    this.owners.set(inode, process);
    this.sockets.owner[row] = process.row;
    this.wanted.delete(inode);
  }

  private release(inode: number): void {
    const row = this.rows.get(inode);
    if (row === undefined) return;
    this.owners.delete(inode);
    this.sockets.owner[row] = -1;
    this.wanted.add(inode);
  }
}

function forgetClosed(known: Map<string, number>, names: readonly string[]): void {
  const open = new Set(names);
  for (const name of known.keys()) if (!open.has(name)) known.delete(name);
}
