export type { ChainChoice, ChainName, Refusal } from './attach-chain.ts';
export { CHAINS } from './attach-chain.ts';
export type { Connection, FailedConnection } from './connection.ts';
export {
  type ConnectionFeed,
  type FeedOptions,
  type FeedStatus,
  startConnectionFeed,
} from './connection-feed.ts';
export type { KernelCounters } from './counters.ts';
export { diagnose } from './diagnose.ts';
export type { Losses } from './losses.ts';
export { type EbpfOptions, ebpfOptions } from './options.ts';
export { ebpf } from './source.ts';
export { describeFeed } from './status.ts';
export {
  type ChildState,
  type Supervisor,
  type SupervisorOptions,
  superviseChild,
} from './supervise-child.ts';
export { type ThinnedConnection, thinConnections } from './thin-connections.ts';
export { ConnectionTracker, type Snapshot, type SnapshotDifferences, type TrackerReport } from './tracker.ts';
