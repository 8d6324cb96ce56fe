import type { ByteCursor } from './byte-cursor.ts';

/** Time all processors together spent since the machine's start, in clock ticks. */
export interface ProcessorTicks {
  readonly busy: number;
  readonly total: number;
  /** How many processors are on line; at least 1. */
  readonly processors: number;
}

/**
 * Reads /proc/stat (proc_stat(5)): `cpu user nice system idle iowait irq softirq steal guest guest_nice`. Guest time is in user
 * time already and is not counted again; idle and iowait are not busy.
 *
 * @returns `undefined` without a `cpu` line
 */
export function parseProcessorTicks(
  cursor: ByteCursor,
  bytes: Uint8Array,
  length: number,
): ProcessorTicks | undefined {
  cursor.reset(bytes, 0, length);
  let sums: { busy: number; total: number } | undefined;
  let processors = 0;
  while (cursor.at < cursor.end && isCpuLine(bytes, cursor.at)) {
    if (bytes[cursor.at + 3] !== 0x20) processors++;
    else sums ??= readSums(cursor);
    cursor.skipLine();
  }
  return sums === undefined ? undefined : { ...sums, processors: Math.max(1, processors) };
}

function isCpuLine(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x63 && bytes[at + 1] === 0x70 && bytes[at + 2] === 0x75;
}

function readSums(cursor: ByteCursor): { busy: number; total: number } | undefined {
  cursor.skipWord();
  let total = 0;
  let idle = 0;
  for (let field = 0; field < 8; field++) {
    cursor.skipBlanks();
    const ticks = cursor.decimal();
    total += ticks;
    if (field === 3 || field === 4) idle += ticks;
  }
  return cursor.failed ? undefined : { busy: total - idle, total };
}

/** Memory of the machine, in bytes. */
export interface MachineMemory {
  readonly totalBytes: number;
  /** Total less what could be had without swapping (`MemAvailable`). */
  readonly usedBytes: number;
}

/** Reads /proc/meminfo (proc_meminfo(5)); a kernel without `MemAvailable` (before 3.14) gives free + buffers + cached instead. */
export function parseMemory(text: string): MachineMemory | undefined {
  const kib = (name: string): number | undefined => {
    const match = new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text);
    return match === null ? undefined : Number(match[1]);
  };
  const total = kib('MemTotal');
  if (total === undefined) return undefined;
  const available =
    kib('MemAvailable') ?? (kib('MemFree') ?? 0) + (kib('Buffers') ?? 0) + (kib('Cached') ?? 0);
  return { totalBytes: total * 1024, usedBytes: Math.max(0, total - available) * 1024 };
}

/** The load of the last minute: the first number of /proc/loadavg, or `undefined`. */
export function parseLoad(text: string): number | undefined {
  return leadingNumber(text);
}

/** Seconds since the machine's start: the first number of /proc/uptime, or `undefined`. */
export function parseUptimeSeconds(text: string): number | undefined {
  return leadingNumber(text);
}

/** When the machine started, as a wall clock in milliseconds: the line `btime` of /proc/stat; `undefined` without one. */
export function parseBootMillis(text: string): number | undefined {
  const match = /^btime (\d{1,12})$/m.exec(text);
  return match === null ? undefined : Number(match[1]) * 1000;
}

function leadingNumber(text: string): number | undefined {
  const match = /^\d+(?:\.\d+)?/.exec(text);
  return match === null ? undefined : Number(match[0]);
}
