import { closeSync, readFileSync } from 'node:fs';
import { explainRefusal, type RefusalContext } from './explain-refusal.ts';
import type { TracefsProbe } from './kernel-facts.ts';
import type { Linux } from './linux.ts';
import { LinuxError } from './linux-error.ts';

const PERF_TYPE_TRACEPOINT = 2;
const PERF_ATTRIBUTE_BYTES = 128;
const PERF_FLAG_FD_CLOEXEC = 8;
// Source: include/uapi/linux/perf_event.h; the same numbers on x64 and arm64.
const PERF_EVENT_IOC_SET_BPF = 0x40042408;
const PERF_EVENT_IOC_ENABLE = 0x2400;
const KPROBE_TYPE_FILE = '/sys/bus/event_source/devices/kprobe/type';

/**
 * Attaches a program to a classic tracepoint.
 *
 * @param tracepoint - `category/name`
 * @param tracefs - where tracefs is mounted, as `probeKernel` found it
 * @returns a file descriptor; closing it detaches
 * @throws LinuxError `UNREADABLE` without a usable tracefs or tracepoint; `CALL_REFUSED`
 */
export function attachTracepoint(
  linux: Linux,
  programFd: number,
  tracepoint: string,
  tracefs: TracefsProbe,
  context: RefusalContext = {},
): number {
  if (tracefs.path === undefined) throw tracefsUnusable(tracefs);
  const file = `${tracefs.path}/events/${tracepoint}/id`;
  const attribute = Buffer.alloc(PERF_ATTRIBUTE_BYTES);
  attribute.writeUInt32LE(PERF_TYPE_TRACEPOINT, 0);
  attribute.writeBigUInt64LE(BigInt(readNumber(file)), 8);
  return attach(linux, attribute, programFd, { ...context, subject: `tracepoint ${tracepoint}` });
}

/**
 * Attaches a program to the return of a kernel function.
 *
 * @returns a file descriptor; closing it detaches
 * @throws LinuxError `UNREADABLE` on a kernel without kprobes; `CALL_REFUSED`
 */
export function attachReturnProbe(
  linux: Linux,
  programFd: number,
  kernelFunction: string,
  context: RefusalContext = {},
): number {
  const type = readKprobeType();
  const name = Buffer.from(`${kernelFunction}\0`, 'latin1');
  const attribute = Buffer.alloc(PERF_ATTRIBUTE_BYTES);
  attribute.writeUInt32LE(type, 0);
  attribute.writeBigUInt64LE(1n, 8); // config bit 0: the return, not the entry (retprobe)
  attribute.writeBigUInt64LE(linux.addressOf(name), 56);
  const fd = attach(linux, attribute, programFd, { ...context, subject: `return of ${kernelFunction}` });
  return name.length > 0 ? fd : -1; // names the buffer after the call, so that it outlives it
}

function attach(linux: Linux, attribute: Buffer, programFd: number, context: RefusalContext): number {
  attribute.writeUInt32LE(PERF_ATTRIBUTE_BYTES, 4);
  attribute.writeBigUInt64LE(1n, 16); // sample_period
  attribute.writeUInt32LE(1, 48); // wakeup_events
  const { native, syscalls } = linux;
  const fd = Number(native.perfEventOpen(syscalls.perfEventOpen, attribute, -1, 0, -1, PERF_FLAG_FD_CLOEXEC));
  if (fd < 0) throw explainRefusal('perf_event_open', linux.errno(), context);
  const refuse = (call: 'ioctl(PERF_EVENT_IOC_SET_BPF)' | 'ioctl(PERF_EVENT_IOC_ENABLE)'): LinuxError => {
    const error = explainRefusal(call, linux.errno(), context);
    closeSync(fd);
    return error;
  };
  if (native.ioctl(fd, PERF_EVENT_IOC_SET_BPF, programFd) < 0) throw refuse('ioctl(PERF_EVENT_IOC_SET_BPF)');
  if (native.ioctl(fd, PERF_EVENT_IOC_ENABLE, 0) < 0) throw refuse('ioctl(PERF_EVENT_IOC_ENABLE)');
  return fd;
}

function readKprobeType(): number {
  try {
    return readNumber(KPROBE_TYPE_FILE);
  } catch (cause) {
    throw new LinuxError(
      'UNREADABLE',
      'this kernel was built without kprobes, so a program cannot attach to the return of a kernel function',
      { subject: KPROBE_TYPE_FILE },
      undefined,
      cause,
    );
  }
}

function readNumber(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new LinuxError('UNREADABLE', `${file} cannot be read`, { subject: file }, undefined, cause);
  }
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value)) {
    throw new LinuxError('UNREADABLE', `${file} does not hold a number`, { subject: file });
  }
  return value;
}

function tracefsUnusable({ reason, notMountable }: Extract<TracefsProbe, { path: undefined }>): LinuxError {
  if (reason === 'not-permitted') {
    return new LinuxError(
      'UNREADABLE',
      'tracefs is mounted, but this process may not read it: CAP_DAC_READ_SEARCH is missing',
      {},
      'give it CAP_DAC_READ_SEARCH, or run it as root',
    );
  }
  return new LinuxError(
    'UNREADABLE',
    `tracefs is not mounted${notMountable === undefined ? '' : `, and mounting it for this process alone was refused: ${notMountable}`}`,
    {},
    'mount it: mount -t tracefs tracefs /sys/kernel/tracing',
  );
}
