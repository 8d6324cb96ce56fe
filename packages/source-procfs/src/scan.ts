import { AddressPool } from './address-pool.ts';
import { type HostFacts, HostReader } from './host-reader.ts';
import { NamespaceReader, type NetworkNamespace } from './namespaces.ts';
import { ProcRoot } from './proc-root.ts';
import { type ProcessRecord, ProcessTable } from './process-table.ts';
import { SocketOwners } from './socket-owners.ts';
import { readSockets, type TcpDemand } from './socket-reader.ts';
import { SocketTable } from './socket-table.ts';

/**
 * What one scan saw. It belongs to the scan's moment: process records are the scanner's own and go on changing with the
 * next scan, so a report is made before that.
 */
export interface Scan {
  /** 1 for a scanner's first scan. */
  readonly number: number;
  /** Wall clock. */
  readonly atMillis: number;
  /** By rising pid; a process's row is its place here. */
  readonly processes: readonly ProcessRecord[];
  /** The own one first; a socket's namespace is a place here. */
  readonly namespaces: readonly NetworkNamespace[];
  readonly sockets: SocketTable;
  /** Which TCP sockets are among them. */
  readonly tcpDemand: TcpDemand;
  /** What the address columns point into. */
  readonly pool: AddressPool;
  readonly host: HostFacts;
  readonly userNames: ReadonlyMap<number, string>;
  readonly gaps: ScanGaps;
}

/** What a scan could not see: it belongs into status, beside the picture and never mixed into it. */
export interface ScanGaps {
  /** Processes whose descriptors were refused: their sockets are there, but without a process. */
  readonly deniedProcesses: number;
  /** Sockets without a process, for that reason or because theirs ended during the scan. */
  readonly unattributedSockets: number;
  /** Processes whose network namespace was refused, so that it may not have been read at all. */
  readonly deniedNamespaces: number;
  /** Namespaces whose last process ended before they were read. */
  readonly vanishedNamespaces: number;
  /** Lines of socket tables that could not be understood. */
  readonly malformedLines: number;
}

/** Where a scanner reads. */
export interface ScannerOptions {
  /** A folder that looks like /proc. */
  readonly root: string;
  /** A folder that looks like /etc: `passwd`, `os-release`. */
  readonly etc: string;
}

/** Addresses come and go with their connections: the pool is thrown away when it holds far more than is in use. */
const poolSlack = 50_000;

/** Scans /proc again and again, and keeps from one scan to the next what need not be read twice. Holds nothing open. */
export class Scanner {
  private readonly root: ProcRoot;
  private readonly processTable: ProcessTable;
  private readonly namespaceReader: NamespaceReader;
  private readonly owners: SocketOwners;
  private readonly hostReader: HostReader;
  private pool = new AddressPool();
  private count = 0;
  private lastMillis = Number.NEGATIVE_INFINITY;
  private lastMonotonicMillis: number | undefined;
  private expectedSockets = 1024;

  constructor({ root, etc }: ScannerOptions) {
    this.root = new ProcRoot(root);
    this.processTable = new ProcessTable(this.root);
    this.namespaceReader = new NamespaceReader(this.root);
    this.owners = new SocketOwners(this.root);
    this.hostReader = new HostReader(this.root, etc);
  }

  /**
   * One scan, as steps of well under a millisecond each, to be driven by `runSliced` or `runAtOnce`. One at a time.
   *
   * @param wallMillis - wall clock; one that was set back is held until it has caught up
   * @param monotonicMillis - for the interval since the last scan, by which CPU time is divided
   * @param tcpDemand - which TCP sockets are wanted
   * @returns `undefined` when the root cannot be listed
   */
  *scan(
    wallMillis: number,
    monotonicMillis: number,
    tcpDemand: TcpDemand = 'all',
  ): Generator<void, Scan | undefined, void> {
    const number = ++this.count;
    // A wall clock that is set back must not set reports back: the later of two writes wins a merge.
    const atMillis = Math.max(wallMillis, this.lastMillis);
    this.lastMillis = atMillis;
    const elapsedMillis =
      this.lastMonotonicMillis === undefined ? 0 : monotonicMillis - this.lastMonotonicMillis;
    this.lastMonotonicMillis = monotonicMillis;
    const host = this.hostReader.read(atMillis);
    yield;
    const processes = yield* this.processTable.read(number, atMillis, elapsedMillis, host);
    if (processes === undefined) return undefined;
    this.renewPool();
    const { pool } = this;
    const namespaces = yield* this.namespaceReader.read(number, processes, pool);
    const sockets = new SocketTable(this.expectedSockets);
    let malformedLines = 0;
    let vanishedNamespaces = 0;
    for (const [index, namespace] of namespaces.entries()) {
      const read = yield* readSockets(this.root, namespace.pids, index, pool, sockets, tcpDemand);
      malformedLines += read.malformed;
      if (!read.ok) vanishedNamespaces++;
    }
    this.expectedSockets = Math.max(1024, sockets.size + (sockets.size >> 3));
    const unattributedSockets = yield* this.owners.attribute(number, processes, sockets);
    return {
      number,
      atMillis,
      processes,
      namespaces,
      sockets,
      tcpDemand,
      pool,
      host,
      userNames: this.hostReader.userNames(),
      gaps: {
        deniedProcesses: processes.filter((process) => process.descriptorsDenied).length,
        unattributedSockets,
        deniedNamespaces: processes.filter((process) => process.namespaceDenied).length,
        vanishedNamespaces,
        malformedLines,
      },
    };
  }

  private renewPool(): void {
    if (this.pool.size <= poolSlack + 4 * this.expectedSockets) return;
    this.pool = new AddressPool();
    this.namespaceReader.forget();
  }
}
