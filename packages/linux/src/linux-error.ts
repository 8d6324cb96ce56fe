/** Stable identifiers of what this package can refuse; `LinuxError.code` is one of them. */
export type LinuxErrorCode =
  | 'PLATFORM_UNSUPPORTED'
  | 'FFI_UNAVAILABLE'
  | 'CALL_REFUSED'
  | 'NETLINK_REFUSED'
  | 'NETLINK_MALFORMED'
  | 'NETLINK_OVERRUN'
  | 'UNREADABLE';

/** What is known about a refused call; every field that does not apply is left out. */
export interface LinuxErrorFacts {
  /** The call as a reader of manual pages knows it, e.g. `bpf(BPF_PROG_LOAD)`. */
  readonly call?: string;
  /** Positive errno, as the kernel gave it. */
  readonly errno?: number;
  /** What the call was about: a program, a path, a namespace. */
  readonly subject?: string;
  /** The kernel's own words, e.g. the end of the verifier's log. */
  readonly kernelLog?: string;
}

/**
 * A call that the kernel, the platform or the foreign function library refused.
 *
 * The message is one sentence that says what was refused and why, as far as known; `fix` says what to do.
 */
export class LinuxError extends Error {
  override readonly name = 'LinuxError';
  readonly code: LinuxErrorCode;
  readonly facts: LinuxErrorFacts;
  /** What the reader may do about it, when there is something. */
  readonly fix: string | undefined;

  constructor(
    code: LinuxErrorCode,
    message: string,
    facts: LinuxErrorFacts = {},
    fix?: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.facts = facts;
    this.fix = fix;
  }
}
