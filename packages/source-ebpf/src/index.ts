export type { ChainChoice, ChainName, Refusal } from './attach-chain.ts';
export type { Connection, FailedConnection } from './connection.ts';
export type { KernelCounters } from './counters.ts';
export {
  type ChildState,
  type Supervisor,
  type SupervisorOptions,
  superviseChild,
} from './supervise-child.ts';
export { type ThinnedConnection, thinConnections } from './thin-connections.ts';
export { ConnectionTracker, type Snapshot, type SnapshotDifferences, type TrackerReport } from './tracker.ts';
