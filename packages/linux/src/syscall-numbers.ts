/** Numbers of the system calls that the C library does not wrap. Source: arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h. */
export interface SyscallNumbers {
  readonly bpf: number;
  readonly perfEventOpen: number;
  readonly fsopen: number;
  readonly fsconfig: number;
  readonly fsmount: number;
}

/** Calls of the last years have one number everywhere. */
const COMMON = { fsopen: 430, fsconfig: 431, fsmount: 432 };

const NUMBERS: Readonly<Record<string, SyscallNumbers>> = {
  x64: { bpf: 321, perfEventOpen: 298, ...COMMON },
  arm64: { bpf: 280, perfEventOpen: 241, ...COMMON },
};

/**
 * Syscall numbers of an architecture, named as `process.arch` does.
 *
 * @returns `undefined` for an architecture this package does not know
 */
export function syscallNumbersOf(arch: string): SyscallNumbers | undefined {
  return NUMBERS[arch];
}
