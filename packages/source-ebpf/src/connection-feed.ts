import process from 'node:process';
import type { ChildReport } from './child-messages.ts';
import type { KernelCounters } from './counters.ts';
import { type ConnectionRecord, createRecordDecoder } from './decode-record.ts';
import { addLosses, type Losses, NO_LOSSES, sumLosses } from './losses.ts';
import { type ChildState, type SupervisorOptions, superviseChild } from './supervise-child.ts';
import { ConnectionTracker, type TrackerReport } from './tracker.ts';

/** How a feed is run. */
export interface FeedOptions extends SupervisorOptions {
  /** How often the whole state is read again, in milliseconds. */
  readonly snapshotEveryMillis: number;
  /** Told whenever the child's state changes. */
  readonly onState: (state: ChildState) => void;
  /** Told when the first snapshot of a child is in: what is known is whole from then on. */
  readonly onWhole: () => void;
  /** Told every event, in order; for those who want more than reports. */
  readonly onRecord?: (record: ConnectionRecord) => void;
}

/** The figures of a feed. */
export interface FeedStatus {
  readonly state: ChildState;
  /** Of the present child; left out before its first. */
  readonly counters?: KernelCounters;
  /** Of all children together. */
  readonly losses: Losses;
  readonly snapshots: number;
  /** Whether the present child's first snapshot is in. */
  readonly isWhole: boolean;
}

/** Connections as the kernel tells them, kept up to date. */
export interface ConnectionFeed {
  readonly report: () => TrackerReport;
  readonly status: () => FeedStatus;
  /**
   * Waits until all that happened before is known: records lie in the ring until there are many, or somebody asks. Does not wait
   * for a reader that is not there, or hangs.
   */
  readonly catchUp: () => Promise<void>;
  /** Asks for a snapshot out of turn. */
  readonly refresh: () => void;
  readonly stop: () => Promise<void>;
}

/** Not more often than this after losses: a snapshot of a busy host costs tens of milliseconds. */
const LOSS_SNAPSHOT_EVERY_MILLIS = 2000;
/** A reader on a busy machine answers later; a report does not wait for it. */
const LONGEST_CATCH_UP_MILLIS = 200;

/**
 * Starts the child and keeps a tracker fed by it: events, a snapshot at the start, now and then, and after each loss.
 *
 * When the child falls back what is known is forgotten: without events it would only grow wrong.
 */
export function startConnectionFeed(options: FeedOptions): ConnectionFeed {
  const decoder = createRecordDecoder();
  let tracker = new ConnectionTracker();
  let state: ChildState = { kind: 'starting' };
  let counters: KernelCounters | undefined;
  let pastLosses = NO_LOSSES;
  let snapshots = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isAwaited = false;
  let isWhole = false;
  let suspectsOf = 0;
  let lossTimer: NodeJS.Timeout | undefined;
  let catching: { readonly done: Promise<void>; readonly end: () => void } | undefined;

  const catchUp = (): Promise<void> => {
    if (state.kind !== 'running') return Promise.resolve();
    if (catching !== undefined) return catching.done;
    let end = (): void => {};
    const done = new Promise<void>((resolve) => {
      const timer = setTimeout(() => end(), LONGEST_CATCH_UP_MILLIS);
      end = () => {
        clearTimeout(timer);
        catching = undefined;
        resolve();
      };
    });
    catching = { done, end };
    supervisor.send({ type: 'catch-up' });
    return done;
  };

  const ask = (): void => {
    clearTimeout(lossTimer);
    lossTimer = undefined;
    if (state.kind !== 'running' || isAwaited) return;
    isAwaited = true;
    askedAt = monotonicMillis();
    tracker.expectSnapshot();
    supervisor.send({ type: 'snapshot' });
  };

  const askAfterLoss = (): void => {
    const wait = askedAt + LOSS_SNAPSHOT_EVERY_MILLIS - monotonicMillis();
    lossTimer ??= setTimeout(ask, Math.max(0, wait));
  };

  const onState = (next: ChildState): void => {
    state = next;
    if (next.kind !== 'running') catching?.end();
    if (next.kind === 'starting') {
      isAwaited = false;
      isWhole = false;
      pastLosses = addLosses(pastLosses, counters);
      counters = undefined;
    }
    if (next.kind === 'running') ask();
    if (next.kind === 'fallen-back' || next.kind === 'unable') tracker = new ConnectionTracker();
    options.onState(next);
  };

  const onReport = (report: Exclude<ChildReport, { type: 'ready' | 'unable' }>): void => {
    switch (report.type) {
      case 'records':
        applyRecords(report.bytes);
        break;
      case 'caught-up':
        applyRecords(report.bytes);
        if (report.counters !== undefined) count(report.counters);
        catching?.end();
        break;
      case 'snapshot':
        applySnapshot(report);
        break;
      case 'gone':
        tracker.applyGone(report.sockets, suspectsOf);
        break;
      case 'counters':
        count(report.counters);
        break;
    }
  };

  const applyRecords = (bytes: Uint8Array): void => {
    decoder.decode(bytes, 'ring', (record) => {
      tracker.apply(record);
      options.onRecord?.(record);
    });
  };

  const count = (now: KernelCounters): void => {
    const before = sumLosses(counters);
    counters = now;
    if (sumLosses(counters) > before) askAfterLoss();
  };

  const applySnapshot = (report: Extract<ChildReport, { type: 'snapshot' }>): void => {
    const rows: ConnectionRecord[] = [];
    decoder.decode(report.rows, 'packed', (row) => rows.push(row));
    const { startedMillis, endedMillis } = report;
    const suspects = tracker.applySnapshot({ startedMillis, endedMillis, rows });
    isAwaited = false;
    snapshots++;
    suspectsOf = startedMillis;
    if (suspects.length > 0) {
      supervisor.send({
        type: 'confirm',
        sockets: Float64Array.from(suspects, ({ socket }) => socket),
        networkNamespaces: Uint32Array.from(suspects, ({ networkNamespace }) => networkNamespace),
      });
    }
    if (isWhole) return;
    isWhole = true;
    options.onWhole();
  };

  const supervisor = superviseChild(options, { onState, onReport });
  const everyTimer = setInterval(ask, options.snapshotEveryMillis);
  return {
    report: () => {
      tracker.expireDatagrams(monotonicMillis());
      return tracker.report();
    },
    status: () => ({
      state,
      ...(counters === undefined ? {} : { counters }),
      losses: addLosses(pastLosses, counters),
      snapshots,
      isWhole,
    }),
    catchUp,
    refresh: ask,
    stop: () => {
      clearInterval(everyTimer);
      clearTimeout(lossTimer);
      return supervisor.stop();
    },
  };
}

function monotonicMillis(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
