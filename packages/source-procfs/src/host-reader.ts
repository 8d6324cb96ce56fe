import { ByteCursor } from './byte-cursor.ts';
import { parseOsName, parseUsers } from './etc-files.ts';
import {
  type MachineMemory,
  type ProcessorTicks,
  parseBootMillis,
  parseLoad,
  parseMemory,
  parseProcessorTicks,
  parseUptimeSeconds,
} from './host-files.ts';
import { MetricHistory } from './metric-history.ts';
import { ProcRoot } from './proc-root.ts';

/** What a scan says of the machine. What cannot be read is `undefined`. */
export interface HostFacts {
  readonly hostName: string | undefined;
  readonly osName: string | undefined;
  /** Release and version, as `uname -rv` prints them. */
  readonly kernelVersion: string | undefined;
  readonly uptimeSeconds: number | undefined;
  /** When the machine started; wall clock. */
  readonly bootMillis: number | undefined;
  readonly processors: number;
  readonly memory: MachineMemory | undefined;
  /** Busy share of all processors, 0..100. */
  readonly cpuPercent: MetricHistory;
  readonly memoryUsedBytes: MetricHistory;
  readonly load1: MetricHistory;
}

/** Reads the machine's facts, and the users' names. */
export class HostReader {
  private readonly root: ProcRoot;
  private readonly etc: ProcRoot;
  private readonly cursor = new ByteCursor();
  private readonly cpuPercent = new MetricHistory();
  private readonly memoryUsedBytes = new MetricHistory();
  private readonly load1 = new MetricHistory();
  private ticks: ProcessorTicks | undefined;
  private users: { readonly modifiedMillis: number; readonly names: ReadonlyMap<number, string> } | undefined;

  /** @param etc - the folder of `passwd` and `os-release` */
  constructor(root: ProcRoot, etc: string) {
    this.root = root;
    this.etc = new ProcRoot(etc);
  }

  /** @param atMillis - wall clock of the scan, for the samples */
  read(atMillis: number): HostFacts {
    const { root } = this;
    const length = root.readWhole('stat');
    const ticks = length < 0 ? undefined : parseProcessorTicks(this.cursor, root.buffer, length);
    const bootMillis = length < 0 ? undefined : parseBootMillis(root.buffer.toString('latin1', 0, length));
    const uptimeSeconds = parseUptimeSeconds(root.readText('uptime') ?? '');
    const percent = busyPercent(this.ticks, ticks);
    if (percent !== undefined) this.cpuPercent.push(atMillis, percent);
    this.ticks = ticks;
    const memory = parseMemory(root.readText('meminfo') ?? '');
    if (memory !== undefined) this.memoryUsedBytes.push(atMillis, memory.usedBytes);
    const load = parseLoad(root.readText('loadavg') ?? '');
    if (load !== undefined) this.load1.push(atMillis, load);
    return {
      hostName: this.line('sys/kernel/hostname'),
      osName: this.osName(),
      kernelVersion: this.kernelVersion(),
      uptimeSeconds,
      bootMillis: bootMillis ?? (uptimeSeconds === undefined ? undefined : atMillis - uptimeSeconds * 1000),
      processors: ticks?.processors ?? 1,
      memory,
      cpuPercent: this.cpuPercent,
      memoryUsedBytes: this.memoryUsedBytes,
      load1: this.load1,
    };
  }

  /** User names by user id; read again when the file has changed. */
  userNames(): ReadonlyMap<number, string> {
    const modifiedMillis = this.etc.modifiedMillis('passwd');
    if (modifiedMillis === undefined) return new Map();
    if (this.users?.modifiedMillis !== modifiedMillis) {
      this.users = { modifiedMillis, names: parseUsers(this.etc.readText('passwd') ?? '') };
    }
    return this.users.names;
  }

  private kernelVersion(): string | undefined {
    const release = this.line('sys/kernel/osrelease');
    const version = this.line('sys/kernel/version');
    return release === undefined || version === undefined ? release : `${release} ${version}`;
  }

  private osName(): string | undefined {
    return parseOsName(this.etc.readText('os-release') ?? '');
  }

  private line(name: string): string | undefined {
    const text = this.root.readText(name)?.trim();
    return text === '' ? undefined : text;
  }
}

function busyPercent(
  before: ProcessorTicks | undefined,
  after: ProcessorTicks | undefined,
): number | undefined {
  if (before === undefined || after === undefined) return undefined;
  const total = after.total - before.total;
  // iowait may run backwards (proc_stat(5)); the share then has no meaning.
  return total <= 0 ? undefined : Math.min(100, Math.max(0, ((after.busy - before.busy) / total) * 100));
}
