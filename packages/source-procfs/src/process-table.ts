import { ByteCursor } from './byte-cursor.ts';
import { type Cgroup, parseCgroup } from './cgroup.ts';
import { type CommandLine, commandLineLimitBytes, parseCommandLine } from './command-line.ts';
import type { HostFacts } from './host-reader.ts';
import { namespaceInodeOf } from './link-inode.ts';
import { MetricHistory } from './metric-history.ts';
import { emptyPidStat, type PidStat, parsePidStat, ticksPerSecond } from './pid-stat.ts';
import { parseEffectiveUid } from './pid-status.ts';
import type { ProcRoot } from './proc-root.ts';

/** A process, kept from scan to scan for as long as (pid, start time) is the same. */
export interface ProcessRecord {
  readonly pid: number;
  /** Clock ticks since the machine's start; tells a reused pid. */
  readonly startTicks: number;
  /** When it started; wall clock. Kept from the first scan, since the machine's idea of its own start wavers. */
  readonly startedMillis: number | undefined;
  /** Place among the scan's processes, in the order of pids. */
  row: number;
  ppid: number;
  /** What runs: see `programName`; the kernel's short name when there is no command line. */
  name: string;
  /** The kernel's short name; it changes when another program is executed. */
  comm: string;
  commandLine: string;
  /** Effective user; `undefined` when unknown. */
  uid: number | undefined;
  threads: number;
  kernelThread: boolean;
  cgroup: Cgroup;
  /** Inode of its network namespace; -1 when that cannot be read: a zombie has none. */
  namespaceInode: number;
  /** Its network namespace was refused. */
  namespaceDenied: boolean;
  /** Share of all the machine's processors, 0..100, of the interval that ends with the sample. */
  readonly cpuPercent: MetricHistory;
  readonly residentBytes: MetricHistory;
  /** Its descriptors were refused at the last try: its sockets cannot be attributed. */
  descriptorsDenied: boolean;
  /** What its descriptors were at the last reading: descriptor → socket inode, or -1 for anything else. */
  readonly descriptors: Map<string, number>;
  /** The scan at which all its descriptors were last read. */
  descriptorsReadAt: number;
  /** The scan at which it was last there. */
  seenAt: number;
  /** The scan at which what seldom changes is to be read again. */
  detailsDueAt: number;
  cpuTicks: number;
}

/** What seldom changes of a process is read again after so many scans, each process at its own turn. */
const detailsEvery = 16;
const noCgroup: Cgroup = { path: '', containerId: undefined };

/** The processes below a root. Laws: a pid whose start time differs is another process; a vanished process is no error. */
export class ProcessTable {
  private readonly root: ProcRoot;
  private readonly cursor = new ByteCursor();
  private readonly stat: PidStat = emptyPidStat();
  private readonly byPid = new Map<number, ProcessRecord>();
  private readonly cgroups = new Map<string, Cgroup>();
  private readonly pageBytes: number;

  constructor(root: ProcRoot) {
    this.root = root;
    this.pageBytes = readPageBytes(root);
  }

  /**
   * Reads every process once; yields after each.
   *
   * @param scan - the scan's number, rising by one
   * @param atMillis - wall clock of the scan
   * @param elapsedMillis - since the scan before, by a monotonic clock; 0 for the first, which has no CPU samples
   * @param host - how many processors share the time, and when the machine started
   * @returns the processes by rising pid, or `undefined` when the root itself cannot be listed
   */
  *read(
    scan: number,
    atMillis: number,
    elapsedMillis: number,
    host: Pick<HostFacts, 'processors' | 'bootMillis'>,
  ): Generator<void, readonly ProcessRecord[] | undefined, void> {
    const names = this.root.list('');
    if (names === undefined) return undefined;
    const pids: number[] = [];
    for (const name of names) if (/^[1-9]\d{0,9}$/.test(name)) pids.push(Number(name));
    pids.sort((a, b) => a - b);
    const processes: ProcessRecord[] = [];
    for (const pid of pids) {
      const process = this.readProcess(pid, scan, atMillis, elapsedMillis, host);
      if (process !== undefined) {
        process.row = processes.length;
        processes.push(process);
      }
      yield;
    }
    for (const [pid, process] of this.byPid) if (process.seenAt !== scan) this.byPid.delete(pid);
    return processes;
  }

  private readProcess(
    pid: number,
    scan: number,
    atMillis: number,
    elapsedMillis: number,
    host: Pick<HostFacts, 'processors' | 'bootMillis'>,
  ): ProcessRecord | undefined {
    const { root, stat } = this;
    const length = root.readRecord(`${pid}/stat`);
    if (length <= 0 || !parsePidStat(this.cursor, root.buffer, length, stat)) return undefined;
    const told = root.buffer.toString('utf8', stat.commStart, stat.commEnd);
    const comm = stat.kernelThread ? withoutWork(told) : told;
    const known = this.byPid.get(pid);
    const process =
      known?.startTicks === stat.startTicks ? known : this.meet(pid, comm, scan, host.bootMillis);
    if (process === known) {
      const usedMillis = ((stat.cpuTicks - process.cpuTicks) * 1000) / ticksPerSecond;
      const percent = (usedMillis / (elapsedMillis * host.processors)) * 100;
      if (elapsedMillis > 0) process.cpuPercent.push(atMillis, Math.min(100, Math.max(0, percent)));
    }
    process.cpuTicks = stat.cpuTicks;
    process.residentBytes.push(atMillis, stat.residentPages * this.pageBytes);
    process.seenAt = scan;
    process.ppid = stat.ppid;
    process.threads = stat.threads;
    process.kernelThread = stat.kernelThread;
    this.readDetails(process, comm, scan);
    return process;
  }

  /** A record for a process that was not there before. */
  private meet(pid: number, comm: string, scan: number, bootMillis: number | undefined): ProcessRecord {
    const { startTicks } = this.stat;
    const process: ProcessRecord = {
      pid,
      startTicks,
      startedMillis:
        bootMillis === undefined ? undefined : Math.round(bootMillis + (startTicks * 1000) / ticksPerSecond),
      row: 0,
      ppid: 0,
      name: comm,
      comm,
      commandLine: '',
      uid: undefined,
      threads: 0,
      kernelThread: false,
      cgroup: noCgroup,
      namespaceInode: -1,
      namespaceDenied: false,
      cpuPercent: new MetricHistory(),
      residentBytes: new MetricHistory(),
      descriptorsDenied: false,
      descriptors: new Map(),
      // Spread over the following scans, so that not all are due at once.
      descriptorsReadAt: scan - 1 - (pid % (detailsEvery - 1)),
      seenAt: scan,
      detailsDueAt: scan,
      cpuTicks: 0,
    };
    this.byPid.set(pid, process);
    return process;
  }

  private readDetails(process: ProcessRecord, comm: string, scan: number): void {
    const { root, cursor } = this;
    const { pid } = process;
    const isDue = process.comm !== comm || scan >= process.detailsDueAt;
    // Asked at every scan: unshare(2) and setns(2) (`ip netns exec`) move a process and leave start time and name as they are.
    if (isDue || process.namespaceInode >= 0) {
      const link = root.link(`${pid}/ns/net`);
      process.namespaceInode = link === undefined ? -1 : namespaceInodeOf(link);
      process.namespaceDenied = link === undefined && root.failure === 'denied' && !process.kernelThread;
    }
    if (!isDue) return;
    // A new process soon executes its program, and a runtime moves it to its cgroup: looked at again at once, then by turns.
    const isNew = process.detailsDueAt === scan && process.residentBytes.size === 1;
    process.detailsDueAt = isNew ? scan + 1 : scan + detailsEvery - (pid % 5);
    process.comm = comm;
    const command = this.readCommandLine(pid);
    process.commandLine = command.text;
    process.name = command.name === '' ? (process.kernelThread ? `[${comm}]` : comm) : command.name;
    const statusLength = root.readRecord(`${pid}/status`);
    process.uid = statusLength < 0 ? undefined : parseEffectiveUid(cursor, root.buffer, statusLength);
    process.cgroup = this.readCgroup(pid);
  }

  private readCommandLine(pid: number): CommandLine {
    const length = this.root.readRecord(`${pid}/cmdline`, commandLineLimitBytes);
    return parseCommandLine(this.root.buffer, Math.max(0, length));
  }

  private readCgroup(pid: number): Cgroup {
    const length = this.root.readRecord(`${pid}/cgroup`);
    if (length <= 0) return noCgroup;
    const text = this.root.buffer.toString('utf8', 0, length);
    let cgroup = this.cgroups.get(text);
    if (cgroup === undefined) {
      if (this.cgroups.size > 10_000) this.cgroups.clear();
      cgroup = parseCgroup(text);
      this.cgroups.set(text, cgroup);
    }
    return cgroup;
  }
}

/** AT_PAGESZ of /proc/self/auxv (getauxval(3)), two words an entry; pages of arm64 and ppc64 may have 64 KiB. */
function readPageBytes(root: ProcRoot): number {
  const self = root.link('self');
  const length = self === undefined || !/^\d+$/.test(self) ? -1 : root.readRecord(`${self}/auxv`);
  for (let at = 0; at + 16 <= length; at += 16) {
    if (root.buffer.readBigUInt64LE(at) === 6n) return Number(root.buffer.readBigUInt64LE(at + 8));
  }
  return 4096;
}

/**
 * A kernel worker without what it works on at the moment: `kworker/1:2-events` is `kworker/1:2`.
 * Source: kernel/workqueue.c, wq_worker_comm(): "-" or "+" and the name of the work queue are appended.
 */
function withoutWork(comm: string): string {
  const worker = /^kworker\/[^-+]*/.exec(comm);
  return worker === null ? comm : worker[0];
}
