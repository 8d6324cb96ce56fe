export { AttributeCursor } from './attribute-cursor.ts';
export {
  BPF_ATTACH,
  BPF_MAP,
  BPF_PROGRAM,
  createMap,
  deleteFromMap,
  enableProgramStatistics,
  freezeMap,
  linkIterator,
  loadProgram,
  lookUpMap,
  type MapSpec,
  nextMapKey,
  openIterator,
  openRawTracepoint,
  type ProgramSpec,
  type ProgramStatistics,
  readProgramStatistics,
  updateMap,
} from './bpf.ts';
export {
  type Capability,
  isUidMapNested,
  type Privileges,
  parseEffectiveCapabilities,
  readPrivileges,
} from './capabilities.ts';
export { errnoName, errnoWords } from './errno.ts';
export { type CallName, explainRefusal, type RefusalContext } from './explain-refusal.ts';
export {
  KERNEL_PATHS,
  type KernelFacts,
  type KernelPaths,
  parseLockdown,
  probeKernel,
  type TracefsProbe,
} from './kernel-facts.ts';
export { type ForeignPointer, type Linux, type NativeCalls, openLinux } from './linux.ts';
export { LinuxError, type LinuxErrorCode, type LinuxErrorFacts } from './linux-error.ts';
export { liftLockedMemoryLimit } from './locked-memory.ts';
export { type MappedMemory, mapShared } from './memory.ts';
export {
  encodeAttribute,
  encodeMessage,
  errnoOfMessage,
  type NetlinkAttribute,
  type NetlinkMessage,
  NLM_F,
  NLMSG,
  splitAttributes,
  splitMessages,
} from './netlink-message.ts';
export {
  NETLINK_PROTOCOL,
  type NetlinkOptions,
  type NetlinkRead,
  type NetlinkSocket,
  netlinkRefused,
  openNetlink,
} from './netlink-socket.ts';
export { inNetworkNamespace, networkNamespaceInode } from './network-namespace.ts';
export { attachReturnProbe, attachTracepoint } from './perf-event.ts';
export { type SyscallNumbers, syscallNumbersOf } from './syscall-numbers.ts';
export { type DetachedTracefs, mountTracefs } from './tracefs.ts';
