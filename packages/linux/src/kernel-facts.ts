import { accessSync, closeSync, constants, openSync, readFileSync, readlinkSync } from 'node:fs';
import { release } from 'node:os';

/** What the kernel of this machine offers to tracing programs; read once, at start. */
export interface KernelFacts {
  /** As `uname -r` gives it. */
  readonly release: string;
  /** True when `/sys/kernel/btf/vmlinux` can be opened. */
  readonly hasBtf: boolean;
  /** Folder of the mounted tracefs that this process may read, or why there is none. */
  readonly tracefs: TracefsProbe;
  /** Lockdown mode, or `unknown` when securityfs is not mounted or not readable. */
  readonly lockdown: 'none' | 'integrity' | 'confidentiality' | 'unknown';
  /** True in the first pid namespace, the one in which the kernel's programs count pids. */
  readonly inFirstPidNamespace: boolean;
}

/** Where tracefs is, or why it cannot be used. */
export type TracefsProbe =
  | { readonly path: string }
  | {
      readonly path: undefined;
      readonly reason: 'not-mounted' | 'not-permitted';
      /** Why it cannot be mounted for this process alone either, where that was tried. */
      readonly notMountable?: string;
    };

/** Places of the pseudo files, replaceable in tests. */
export interface KernelPaths {
  readonly btf: string;
  readonly tracefs: readonly string[];
  readonly lockdown: string;
  readonly pidNamespace: string;
}

/** Where Linux distributions mount the pseudo files systems. */
export const KERNEL_PATHS: KernelPaths = {
  btf: '/sys/kernel/btf/vmlinux',
  tracefs: ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'],
  lockdown: '/sys/kernel/security/lockdown',
  pidNamespace: '/proc/self/ns/pid',
};

/** Inode of the first pid namespace. Source: include/linux/proc_ns.h, PROC_PID_INIT_INO. */
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';

/** Reads what the kernel offers. Never throws: what cannot be read is reported as missing. */
export function probeKernel(paths: KernelPaths = KERNEL_PATHS): KernelFacts {
  return {
    release: release(),
    hasBtf: canOpen(paths.btf) === 'yes',
    tracefs: probeTracefs(paths.tracefs),
    lockdown: parseLockdown(readOrEmpty(paths.lockdown)),
    inFirstPidNamespace: readLinkOrEmpty(paths.pidNamespace) === FIRST_PID_NAMESPACE,
  };
}

/** The mode in brackets of a lockdown file: `none [integrity] confidentiality`. */
export function parseLockdown(text: string): KernelFacts['lockdown'] {
  const mode = /\[(none|integrity|confidentiality)\]/.exec(text)?.[1];
  return mode === 'none' || mode === 'integrity' || mode === 'confidentiality' ? mode : 'unknown';
}

/** Asks by opening a file, not by `access()`: only opening tells what capabilities allow. */
function probeTracefs(candidates: readonly string[]): TracefsProbe {
  let reason: 'not-mounted' | 'not-permitted' = 'not-mounted';
  for (const path of candidates) {
    const answer = canOpen(`${path}/events/header_page`);
    if (answer === 'yes') return { path };
    // An unreadable mount hides its files behind EACCES or EPERM; a missing mount is an empty folder: ENOENT.
    if (answer === 'not-permitted' && isThere(path)) reason = 'not-permitted';
  }
  return { path: undefined, reason };
}

function canOpen(path: string): 'yes' | 'missing' | 'not-permitted' {
  try {
    closeSync(openSync(path, 'r'));
    return 'yes';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'EACCES' || code === 'EPERM' ? 'not-permitted' : 'missing';
  }
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function readLinkOrEmpty(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
