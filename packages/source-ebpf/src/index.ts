export type { Chain, ChainChoice, ChainName, Refusal, Rung } from './attach-chain.ts';
export { CHAINS } from './attach-chain.ts';
export type { Connection, FailedConnection } from './connection.ts';
export {
  type ConnectionFeed,
  type FeedOptions,
  type FeedStatus,
  startConnectionFeed,
} from './connection-feed.ts';
export type { KernelCounters } from './counters.ts';
export type { ConnectionRecord } from './decode-record.ts';
export { diagnose } from './diagnose.ts';
export type { Losses } from './losses.ts';
export { type EbpfOptions, ebpfOptions } from './options.ts';
export type { RECORD_KINDS, RecordKind } from './record-layout.ts';
export type { RestartTimes } from './restart-policy.ts';
export { ebpf } from './source.ts';
export { describeFeed } from './status.ts';
export type { SupervisorEvents } from './supervise-child.ts';
export {
  type ChildState,
  type Supervisor,
  type SupervisorOptions,
  superviseChild,
} from './supervise-child.ts';
export { type ThinnedConnection, thinConnections } from './thin-connections.ts';
export type { Suspect } from './tracker.ts';
export { ConnectionTracker, type Snapshot, type SnapshotDifferences, type TrackerReport } from './tracker.ts';
