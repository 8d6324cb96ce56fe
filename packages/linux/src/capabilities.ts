import { readFileSync } from 'node:fs';

/** Privileges that the kernel sources ask for, by bit. Source: include/uapi/linux/capability.h. */
const CAPABILITY_BITS = {
  CAP_DAC_READ_SEARCH: 2,
  CAP_NET_ADMIN: 12,
  CAP_SYS_PTRACE: 19,
  CAP_SYS_ADMIN: 21,
  CAP_PERFMON: 38,
  CAP_BPF: 39,
} as const;

/** A capability that the sources may need. */
export type Capability =
  | 'CAP_DAC_READ_SEARCH'
  | 'CAP_NET_ADMIN'
  | 'CAP_SYS_PTRACE'
  | 'CAP_SYS_ADMIN'
  | 'CAP_PERFMON'
  | 'CAP_BPF';

/** What this process may do. */
export interface Privileges {
  /** Effective privileges, of those this package knows. */
  readonly effective: ReadonlySet<Capability>;
  /** True inside a user namespace, where privileges do not reach the machine's kernel. */
  readonly inUserNamespace: boolean;
}

/**
 * Parses the effective capability mask of a `/proc/<pid>/status`.
 *
 * @returns `undefined` when the text has no `CapEff` line of hexadecimal digits
 */
export function parseEffectiveCapabilities(status: string): ReadonlySet<Capability> | undefined {
  const digits = /^CapEff:\s*([0-9a-fA-F]{1,16})$/m.exec(status)?.[1];
  if (digits === undefined) return undefined;
  const mask = BigInt(`0x${digits}`);
  const held = new Set<Capability>();
  for (const [name, bit] of Object.entries(CAPABILITY_BITS)) {
    if ((mask >> BigInt(bit)) & 1n) held.add(name as Capability);
  }
  return held;
}

/**
 * True when a `/proc/<pid>/uid_map` is not the identity of the first user namespace.
 * Source: user_namespaces(7): the first namespace maps `0 0 4294967295`.
 */
export function isUidMapNested(uidMap: string): boolean {
  return !/^\s*0\s+0\s+4294967295\s*$/.test(uidMap);
}

/**
 * Reads what this process may do.
 *
 * @param procSelf - folder of this process in /proc
 * @remarks CAP_SYS_ADMIN stands for CAP_BPF and CAP_PERFMON, as it does in the kernel (include/linux/capability.h, `bpf_capable`).
 *   An unreadable file means: no privilege known, no user namespace seen.
 */
export function readPrivileges(procSelf = '/proc/self'): Privileges {
  const status = readOr(`${procSelf}/status`, '');
  const held = new Set(parseEffectiveCapabilities(status) ?? []);
  if (held.has('CAP_SYS_ADMIN')) held.add('CAP_BPF').add('CAP_PERFMON');
  const uidMap = readOr(`${procSelf}/uid_map`, undefined);
  return { effective: held, inUserNamespace: uidMap !== undefined && isUidMapNested(uidMap) };
}

function readOr<T>(path: string, otherwise: T): string | T {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
