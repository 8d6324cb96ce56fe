import { type CallName, explainRefusal, type RefusalContext } from './explain-refusal.ts';
import type { Linux } from './linux.ts';

/** Kinds of map used here. Source: include/uapi/linux/bpf.h, enum bpf_map_type. */
export const BPF_MAP = { hash: 1, array: 2, perCpuArray: 6, ringBuffer: 27 } as const;
/** Kinds of program used here. Source: enum bpf_prog_type. */
export const BPF_PROGRAM = { kprobe: 2, tracepoint: 5, rawTracepoint: 17, tracing: 26 } as const;
/** Ways a tracing program attaches. Source: enum bpf_attach_type. */
export const BPF_ATTACH = { none: 0, rawTracepoint: 23, functionExit: 25, iterator: 28 } as const;

/** What a map is made of; sizes in bytes. */
export interface MapSpec {
  readonly name: string;
  readonly type: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
  readonly maxEntries: number;
  readonly flags: number;
}

/** What a program is made of. */
export interface ProgramSpec {
  readonly name: string;
  readonly type: number;
  /** Instructions, 8 bytes each, relocated. */
  readonly instructions: Uint8Array;
  readonly license: string;
  readonly attachType: number;
  /** Type id in the kernel's BTF of what it attaches to; 0 where it attaches by name. */
  readonly attachBtfId: number;
}

/** Counters that the kernel keeps about a loaded program. */
export interface ProgramStatistics {
  readonly id: number;
  /** Runs the kernel dropped because the same program was running on that processor. */
  readonly recursionMisses: number;
  /** Runs; counted only while statistics are enabled. */
  readonly runs: number;
  /** Nanoseconds spent in those runs. */
  readonly runTimeNanos: number;
}

const BPF_MAP_CREATE = 0;
const BPF_MAP_LOOKUP_ELEM = 1;
const BPF_MAP_UPDATE_ELEM = 2;
const BPF_MAP_DELETE_ELEM = 3;
const BPF_MAP_GET_NEXT_KEY = 4;
const BPF_PROG_LOAD = 5;
const BPF_OBJ_GET_INFO_BY_FD = 15;
const BPF_RAW_TRACEPOINT_OPEN = 17;
const BPF_MAP_FREEZE = 22;
const BPF_LINK_CREATE = 28;
const BPF_ENABLE_STATS = 32;
const BPF_ITER_CREATE = 33;

const ENOENT = 2;
const EPERM = 1;
const NAME_BYTES = 15;
const VERIFIER_LOG_BYTES = 1 << 18;

/**
 * Creates a map.
 *
 * @returns its file descriptor, to be closed by the caller
 * @throws LinuxError `CALL_REFUSED`
 */
export function createMap(linux: Linux, spec: MapSpec, context: RefusalContext = {}): number {
  const attribute = Buffer.alloc(72);
  attribute.writeUInt32LE(spec.type, 0);
  attribute.writeUInt32LE(spec.keyBytes, 4);
  attribute.writeUInt32LE(spec.valueBytes, 8);
  attribute.writeUInt32LE(spec.maxEntries, 12);
  attribute.writeUInt32LE(spec.flags, 16);
  attribute.write(spec.name.slice(0, NAME_BYTES), 28, 'latin1');
  return must(linux, 'bpf(BPF_MAP_CREATE)', BPF_MAP_CREATE, attribute, [], {
    ...context,
    subject: `map "${spec.name}"`,
  });
}

/** Reads one entry into `value`; false when the key is not there. */
export function lookUpMap(linux: Linux, fd: number, key: Uint8Array, value: Uint8Array): boolean {
  const attribute = elementAttribute(linux, fd, key, value);
  return mayMiss(linux, 'bpf(BPF_MAP_LOOKUP_ELEM)', BPF_MAP_LOOKUP_ELEM, attribute, [key, value]);
}

/** Writes one entry, replacing an older one. */
export function updateMap(linux: Linux, fd: number, key: Uint8Array, value: Uint8Array): void {
  const attribute = elementAttribute(linux, fd, key, value);
  must(linux, 'bpf(BPF_MAP_UPDATE_ELEM)', BPF_MAP_UPDATE_ELEM, attribute, [key, value], {});
}

/** Deletes one entry; false when it was not there. */
export function deleteFromMap(linux: Linux, fd: number, key: Uint8Array): boolean {
  const attribute = elementAttribute(linux, fd, key, undefined);
  return mayMiss(linux, 'bpf(BPF_MAP_DELETE_ELEM)', BPF_MAP_DELETE_ELEM, attribute, [key]);
}

/** Writes the key after `key` (the first one when `undefined`) into `next`; false at the end. */
export function nextMapKey(linux: Linux, fd: number, key: Uint8Array | undefined, next: Uint8Array): boolean {
  const attribute = elementAttribute(linux, fd, key, next);
  return mayMiss(linux, 'bpf(BPF_MAP_GET_NEXT_KEY)', BPF_MAP_GET_NEXT_KEY, attribute, [next, key]);
}

/** Makes a map read-only for user space, which lets the verifier treat its content as constants. */
export function freezeMap(linux: Linux, fd: number): void {
  const attribute = Buffer.alloc(4);
  attribute.writeUInt32LE(fd, 0);
  must(linux, 'bpf(BPF_MAP_FREEZE)', BPF_MAP_FREEZE, attribute, [], {});
}

/**
 * Loads a program: the verifier checks it, nothing runs yet.
 *
 * @returns its file descriptor, to be closed by the caller
 * @throws LinuxError `CALL_REFUSED`; `facts.kernelLog` holds the end of the verifier's log when it gave one
 * @remarks Loaded once without a log, which is the fast way, and again with one only to explain a rejection. EPERM never comes with a log.
 */
export function loadProgram(linux: Linux, spec: ProgramSpec, context: RefusalContext = {}): number {
  const license = Buffer.from(`${spec.license}\0`, 'latin1');
  const log = Buffer.alloc(VERIFIER_LOG_BYTES);
  const attempt = (withLog: boolean): number => {
    const attribute = Buffer.alloc(128);
    attribute.writeUInt32LE(spec.type, 0);
    attribute.writeUInt32LE(spec.instructions.length / 8, 4);
    attribute.writeBigUInt64LE(linux.addressOf(spec.instructions), 8);
    attribute.writeBigUInt64LE(linux.addressOf(license), 16);
    if (withLog) {
      attribute.writeUInt32LE(1, 24);
      attribute.writeUInt32LE(log.length, 28);
      attribute.writeBigUInt64LE(linux.addressOf(log), 32);
    }
    attribute.write(spec.name.slice(0, NAME_BYTES), 48, 'latin1');
    attribute.writeUInt32LE(spec.attachType, 68);
    attribute.writeUInt32LE(spec.attachBtfId, 108);
    return call(linux, BPF_PROG_LOAD, attribute, [spec.instructions, license, log]);
  };
  let fd = attempt(false);
  let errno = fd < 0 ? linux.errno() : 0;
  if (fd < 0 && errno !== EPERM) {
    fd = attempt(true);
    errno = fd < 0 ? linux.errno() : 0;
  }
  if (fd >= 0) return fd;
  throw explainRefusal('bpf(BPF_PROG_LOAD)', errno, {
    ...context,
    subject: `program "${spec.name}"`,
    kernelLog: endOfLog(log),
  });
}

/**
 * Attaches a loaded program to a raw tracepoint by name, or, when `name` is left out, to the BTF type it was loaded for.
 *
 * @returns the link's file descriptor; closing it detaches
 */
export function openRawTracepoint(
  linux: Linux,
  programFd: number,
  name: string | undefined,
  context: RefusalContext = {},
): number {
  const attribute = Buffer.alloc(16);
  const cString = Buffer.from(`${name ?? ''}\0`, 'latin1');
  if (name !== undefined) attribute.writeBigUInt64LE(linux.addressOf(cString), 0);
  attribute.writeUInt32LE(programFd, 8);
  return must(linux, 'bpf(BPF_RAW_TRACEPOINT_OPEN)', BPF_RAW_TRACEPOINT_OPEN, attribute, [cString], context);
}

/** Links an iterator program; the link is then opened as often as its rows are wanted. */
export function linkIterator(linux: Linux, programFd: number, context: RefusalContext = {}): number {
  const attribute = Buffer.alloc(48);
  attribute.writeUInt32LE(programFd, 0);
  attribute.writeUInt32LE(BPF_ATTACH.iterator, 8);
  return must(linux, 'bpf(BPF_LINK_CREATE)', BPF_LINK_CREATE, attribute, [], context);
}

/** Opens one pass over an iterator: a file descriptor to read rows from until it is at its end. */
export function openIterator(linux: Linux, linkFd: number): number {
  const attribute = Buffer.alloc(8);
  attribute.writeUInt32LE(linkFd, 0);
  return must(linux, 'bpf(BPF_ITER_CREATE)', BPF_ITER_CREATE, attribute, [], {});
}

/** Asks what the kernel counted about a program. Source: struct bpf_prog_info (recursion_misses since 5.12, else 0). */
export function readProgramStatistics(linux: Linux, programFd: number): ProgramStatistics {
  const info = Buffer.alloc(232);
  const attribute = Buffer.alloc(16);
  attribute.writeUInt32LE(programFd, 0);
  attribute.writeUInt32LE(info.length, 4);
  attribute.writeBigUInt64LE(linux.addressOf(info), 8);
  must(linux, 'bpf(BPF_OBJ_GET_INFO_BY_FD)', BPF_OBJ_GET_INFO_BY_FD, attribute, [info], {});
  return {
    id: info.readUInt32LE(4),
    runTimeNanos: Number(info.readBigUInt64LE(192)),
    runs: Number(info.readBigUInt64LE(200)),
    recursionMisses: Number(info.readBigUInt64LE(208)),
  };
}

/** Has the kernel count runs and run times until the returned file descriptor is closed; for benches. */
export function enableProgramStatistics(linux: Linux): number {
  return must(linux, 'bpf(BPF_ENABLE_STATS)', BPF_ENABLE_STATS, Buffer.alloc(4), [], {});
}

function elementAttribute(
  linux: Linux,
  fd: number,
  key: Uint8Array | undefined,
  value: Uint8Array | undefined,
): Buffer {
  const attribute = Buffer.alloc(32);
  attribute.writeUInt32LE(fd, 0);
  if (key !== undefined) attribute.writeBigUInt64LE(linux.addressOf(key), 8);
  if (value !== undefined) attribute.writeBigUInt64LE(linux.addressOf(value), 16);
  return attribute;
}

/** `keep` are the buffers whose addresses stand in `attribute`: named here so that they outlive the call. */
function call(
  linux: Linux,
  command: number,
  attribute: Buffer,
  keep: readonly (Uint8Array | undefined)[],
): number {
  const result = linux.native.bpf(linux.syscalls.bpf, command, attribute, attribute.length);
  return keep.length < 0 ? -1 : Number(result);
}

function must(
  linux: Linux,
  name: CallName,
  command: number,
  attribute: Buffer,
  keep: readonly Uint8Array[],
  context: RefusalContext,
): number {
  const result = call(linux, command, attribute, keep);
  if (result < 0) throw explainRefusal(name, linux.errno(), context);
  return result;
}

function mayMiss(
  linux: Linux,
  name: CallName,
  command: number,
  attribute: Buffer,
  keep: readonly (Uint8Array | undefined)[],
): boolean {
  if (call(linux, command, attribute, keep) >= 0) return true;
  const errno = linux.errno();
  if (errno === ENOENT) return false;
  throw explainRefusal(name, errno);
}

function endOfLog(log: Buffer): string {
  const end = log.indexOf(0);
  return log
    .toString('latin1', 0, end < 0 ? log.length : end)
    .trim()
    .split('\n')
    .slice(-6)
    .join('\n');
}
