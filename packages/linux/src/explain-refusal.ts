import type { Privileges } from './capabilities.ts';
import { errnoName, errnoWords } from './errno.ts';
import type { KernelFacts } from './kernel-facts.ts';
import { LinuxError } from './linux-error.ts';

/** A call of this package, named as its manual page names it. */
export type CallName =
  | 'bpf(BPF_MAP_CREATE)'
  | 'bpf(BPF_MAP_LOOKUP_ELEM)'
  | 'bpf(BPF_MAP_UPDATE_ELEM)'
  | 'bpf(BPF_MAP_DELETE_ELEM)'
  | 'bpf(BPF_MAP_GET_NEXT_KEY)'
  | 'bpf(BPF_MAP_FREEZE)'
  | 'bpf(BPF_MAP_LOOKUP_BATCH)'
  | 'bpf(BPF_PROG_LOAD)'
  | 'bpf(BPF_RAW_TRACEPOINT_OPEN)'
  | 'bpf(BPF_LINK_CREATE)'
  | 'bpf(BPF_ITER_CREATE)'
  | 'bpf(BPF_OBJ_GET_INFO_BY_FD)'
  | 'bpf(BPF_ENABLE_STATS)'
  | 'perf_event_open'
  | 'ioctl(PERF_EVENT_IOC_SET_BPF)'
  | 'ioctl(PERF_EVENT_IOC_ENABLE)'
  | 'fsopen'
  | 'fsconfig'
  | 'fsmount'
  | 'mmap'
  | 'setns'
  | 'setrlimit'
  | 'socket(AF_NETLINK)'
  | 'bind(AF_NETLINK)'
  | 'send(AF_NETLINK)'
  | 'recv(AF_NETLINK)'
  | 'setsockopt(SO_RCVBUF)';

/** What is known around a refusal; what is not known is left out, and the sentence says less. */
export interface RefusalContext {
  readonly privileges?: Privileges;
  readonly kernel?: KernelFacts;
  /** What the call was about, e.g. a program's name. */
  readonly subject?: string;
  readonly kernelLog?: string;
}

interface Reason {
  readonly why: string;
  readonly fix?: string;
}

const EPERM = 1;
const ENOENT = 2;
const ENOMEM = 12;
const EACCES = 13;
const ENODEV = 19;
const EINVAL = 22;
const ENOSYS = 38;

/**
 * Turns an errno into an error whose sentence a user understands: which call, why, and what to do.
 *
 * @param call - what was called
 * @param errno - positive, as the kernel gave it
 * @param context - privileges and kernel facts sharpen the reason (issue 5, kernel.md "what the user is told")
 */
export function explainRefusal(call: CallName, errno: number, context: RefusalContext = {}): LinuxError {
  const reason = reasonOf(call, errno, context);
  const about = context.subject === undefined ? '' : ` for ${context.subject}`;
  return new LinuxError(
    'CALL_REFUSED',
    `${call}${about} was refused (${errnoName(errno)}): ${reason.why}`,
    {
      call,
      errno,
      ...(context.subject === undefined ? {} : { subject: context.subject }),
      ...(context.kernelLog === undefined || context.kernelLog === ''
        ? {}
        : { kernelLog: context.kernelLog }),
    },
    reason.fix,
  );
}

function reasonOf(call: CallName, errno: number, context: RefusalContext): Reason {
  if (errno === ENOSYS && call.startsWith('bpf(')) return { why: 'the kernel was built without BPF' };
  if (call === 'bpf(BPF_MAP_CREATE)') return reasonOfMap(errno, context);
  if (call === 'bpf(BPF_PROG_LOAD)') return reasonOfProgram(errno, context);
  if (call === 'perf_event_open') return reasonOfPerfEvent(errno, context);
  if (call.startsWith('fs') && errno === EPERM) {
    return missing(context, 'CAP_SYS_ADMIN', 'mounting a file system needs CAP_SYS_ADMIN');
  }
  if (call === 'fsopen' && errno === ENODEV) return { why: 'the kernel was built without it' };
  if (call === 'setns' && errno === EPERM) {
    return missing(context, 'CAP_SYS_ADMIN', 'entering another network namespace needs CAP_SYS_ADMIN');
  }
  if (call.endsWith('(AF_NETLINK)') && (errno === EPERM || errno === EACCES)) {
    return missing(context, 'CAP_NET_ADMIN', 'listening to the connection tracker needs CAP_NET_ADMIN');
  }
  if (call.startsWith('bpf(') && (errno === EPERM || errno === EACCES)) {
    return deniedByPolicy(context, ['CAP_BPF', 'CAP_PERFMON']);
  }
  return { why: errnoWords(errno) };
}

/** The first call of a loader: refused for want of CAP_BPF, or inside a user namespace, where that privilege does not count. */
function reasonOfMap(errno: number, { privileges }: RefusalContext): Reason {
  if (errno === EPERM) {
    if (privileges?.inUserNamespace === true) {
      return {
        why: 'this process runs inside a user namespace, where the privileges for BPF do not count',
        fix: 'run it outside of the user namespace (not in a rootless container)',
      };
    }
    if (privileges?.effective.has('CAP_BPF') === true) {
      return {
        why: 'CAP_BPF is there, so it is the limit on locked memory (kernels before 5.11) or a policy of this kernel',
        fix: 'raise the limit of locked memory (ulimit -l), or ask who set the policy',
      };
    }
    return { why: 'CAP_BPF is missing', fix: 'give it CAP_BPF and CAP_PERFMON, or run it as root' };
  }
  if (errno === ENOMEM)
    return { why: 'there is not enough memory for the map', fix: 'choose a smaller ring' };
  if (errno === EINVAL) return { why: 'this kernel does not know this kind of map (5.8 or newer is needed)' };
  return { why: errnoWords(errno) };
}

function reasonOfProgram(errno: number, context: RefusalContext): Reason {
  if (errno === EPERM) {
    const { privileges } = context;
    if (privileges?.inUserNamespace === true) return reasonOfMap(errno, context);
    if (privileges !== undefined && !privileges.effective.has('CAP_PERFMON')) {
      return { why: 'CAP_PERFMON is missing', fix: 'give it CAP_BPF and CAP_PERFMON, or run it as root' };
    }
    return deniedByPolicy(context, ['CAP_BPF', 'CAP_PERFMON']);
  }
  if (errno === EACCES) return { why: "the kernel's verifier rejected the program" };
  if (errno === EINVAL)
    return { why: 'this kernel does not know this kind of program, or lacks what it asks for' };
  return { why: errnoWords(errno) };
}

function reasonOfPerfEvent(errno: number, context: RefusalContext): Reason {
  if (errno === ENOENT) {
    return { why: 'the kernel has no such probe (built without it, or the function is not traceable)' };
  }
  if (errno === EPERM || errno === EACCES) {
    return missing(context, 'CAP_PERFMON', 'attaching to a tracepoint needs CAP_PERFMON');
  }
  return { why: errnoWords(errno) };
}

function missing(
  context: RefusalContext,
  capability: 'CAP_SYS_ADMIN' | 'CAP_NET_ADMIN' | 'CAP_PERFMON',
  need: string,
): Reason {
  if (context.privileges?.effective.has(capability) === true) return deniedByPolicy(context, [capability]);
  return { why: need, fix: `give it ${capability}, or run it as root` };
}

/** All privileges are there and it is still refused: a policy, which is respected and reported, never worked around. */
function deniedByPolicy(
  { privileges, kernel }: RefusalContext,
  needed: readonly ('CAP_BPF' | 'CAP_PERFMON' | 'CAP_SYS_ADMIN' | 'CAP_NET_ADMIN')[],
): Reason {
  const absent = needed.filter((capability) => privileges?.effective.has(capability) === false);
  if (absent.length > 0)
    return { why: `${absent.join(' and ')} missing`, fix: `give it ${absent.join(' and ')}` };
  const lockdown =
    kernel === undefined || kernel.lockdown === 'unknown'
      ? 'lockdown mode unknown'
      : `lockdown mode "${kernel.lockdown}"`;
  return { why: `the privileges are there, so the kernel's policy denies it (${lockdown})` };
}
