import { createRequire } from 'node:module';
import { LinuxError } from './linux-error.ts';
import { type SyscallNumbers, syscallNumbersOf } from './syscall-numbers.ts';

/** A foreign pointer; opaque outside of this package. */
export type ForeignPointer = bigint;

/** The C functions this package binds, and nothing else does. Lengths and offsets are bytes; a negative result means "see `errno()`". */
export interface NativeCalls {
  readonly bpf: (number: number, command: number, attribute: Uint8Array, size: number) => number;
  readonly perfEventOpen: (
    number: number,
    attribute: Uint8Array,
    pid: number,
    cpu: number,
    groupFd: number,
    flags: number,
  ) => number;
  readonly fsopen: (number: number, fileSystem: string, flags: number) => number;
  readonly fsconfig: (
    number: number,
    fd: number,
    command: number,
    key: null,
    value: null,
    extra: number,
  ) => number;
  readonly fsmount: (number: number, fd: number, flags: number, attributes: number) => number;
  readonly ioctl: (fd: number, request: number, argument: number) => number;
  readonly mmap: (
    address: null,
    bytes: number,
    protection: number,
    flags: number,
    fd: number,
    offset: number,
  ) => ForeignPointer;
  readonly munmap: (address: ForeignPointer, bytes: number) => number;
  readonly sysconf: (name: number) => number;
  readonly setns: (fd: number, kind: number) => number;
  readonly socket: (family: number, type: number, protocol: number) => number;
  readonly bind: (fd: number, address: Uint8Array, bytes: number) => number;
  readonly send: (fd: number, data: Uint8Array, bytes: number, flags: number) => number;
  readonly recv: (fd: number, into: Uint8Array, bytes: number, flags: number) => number;
  readonly setsockopt: (fd: number, level: number, name: number, value: Uint8Array, bytes: number) => number;
  readonly setrlimit: (resource: number, limits: Uint8Array) => number;
}

/**
 * An open door to the kernel: bound C functions and the facts about this machine that the callers of this package need.
 *
 * Hold one for a process's life; it owns no handle of the kernel.
 */
export interface Linux {
  readonly native: NativeCalls;
  readonly syscalls: SyscallNumbers;
  /** Bytes in a page; 4096 on most machines, up to 65536 on arm64. */
  readonly pageSizeBytes: number;
  /** errno of the call made last. Read it before anything else is called. */
  readonly errno: () => number;
  /** Machine address of a buffer's first byte; valid as long as the buffer is referenced. */
  readonly addressOf: (bytes: Uint8Array) => bigint;
  /** A view of foreign memory. Must not be touched after that memory is unmapped. */
  readonly viewOf: (pointer: ForeignPointer, bytes: number) => ArrayBuffer;
}

/** The part of koffi that is used here. */
interface Koffi {
  load(path: null): {
    func(definition: string): (...values: never[]) => never;
    func(name: string, result: string, parameters: string[]): (...values: never[]) => never;
  };
  errno(): number;
  address(value: unknown): bigint;
  view(pointer: unknown, bytes: number): ArrayBuffer;
}

const SC_PAGESIZE = 30;

/**
 * Opens the foreign function library and binds the calls.
 *
 * @param platform - `process.platform` and `process.arch` of this process, unless a test says otherwise
 * @throws LinuxError `PLATFORM_UNSUPPORTED` off Linux or on an architecture without numbers;
 *   `FFI_UNAVAILABLE` when koffi has no binary for this machine
 * @remarks koffi is loaded here and not at import, so that a package that imports this one can be imported anywhere.
 */
export function openLinux(platform: { readonly platform: string; readonly arch: string } = process): Linux {
  const syscalls = syscallNumbersOf(platform.arch);
  if (platform.platform !== 'linux' || syscalls === undefined) {
    throw new LinuxError(
      'PLATFORM_UNSUPPORTED',
      `kernel sources need Linux on x64 or arm64; this is ${platform.platform} on ${platform.arch}`,
    );
  }
  const koffi = loadKoffi();
  const c = koffi.load(null);
  const bind = <T>(definition: string): T => c.func(definition) as unknown as T;
  const native: NativeCalls = {
    bpf: bindSyscall(c, ['long', 'long', '_Inout_ uint8_t *', 'long']),
    perfEventOpen: bindSyscall(c, ['long', 'uint8_t *', 'long', 'long', 'long', 'long']),
    fsopen: bindSyscall(c, ['long', 'str', 'long']),
    fsconfig: bindSyscall(c, ['long', 'long', 'long', 'void *', 'void *', 'long']),
    fsmount: bindSyscall(c, ['long', 'long', 'long', 'long']),
    ioctl: bind('int ioctl(int fd, unsigned long request, long argument)'),
    mmap: bind('void *mmap(void *address, size_t bytes, int prot, int flags, int fd, int64_t offset)'),
    munmap: bind('int munmap(void *address, size_t bytes)'),
    sysconf: bind('long sysconf(int name)'),
    setns: bind('int setns(int fd, int kind)'),
    socket: bind('int socket(int family, int type, int protocol)'),
    bind: bind('int bind(int fd, const uint8_t *address, uint32_t bytes)'),
    send: bind('long send(int fd, const uint8_t *data, size_t bytes, int flags)'),
    recv: bind('long recv(int fd, _Out_ uint8_t *into, size_t bytes, int flags)'),
    setsockopt: bind('int setsockopt(int fd, int level, int name, const uint8_t *value, uint32_t bytes)'),
    setrlimit: bind('int setrlimit(int resource, const uint8_t *limits)'),
  };
  return {
    native,
    syscalls,
    pageSizeBytes: native.sysconf(SC_PAGESIZE),
    errno: () => koffi.errno(),
    addressOf: (bytes) => koffi.address(bytes),
    viewOf: (pointer, bytes) => koffi.view(pointer, bytes),
  };
}

function bindSyscall<T>(c: ReturnType<Koffi['load']>, parameters: string[]): T {
  return c.func('syscall', 'long', parameters) as unknown as T;
}

function loadKoffi(): Koffi {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (cause) {
    throw new LinuxError(
      'FFI_UNAVAILABLE',
      'the foreign function library (koffi) has no binary for this machine, so kernel sources are off',
      {},
      'nothing needs doing: processes and connections are read from /proc instead',
      cause,
    );
  }
}
