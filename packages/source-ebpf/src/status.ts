import type { Loss, SourceNotice } from '@ridgeline/core';
import { errnoName, errnoWords } from '@ridgeline/linux';
import type { ChainChoice } from './attach-chain.ts';
import { SOURCE_NAME } from './build-report.ts';
import type { FailedConnection } from './connection.ts';
import type { FeedStatus } from './connection-feed.ts';
import type { Losses } from './losses.ts';

const FOREIGN_PIDS =
  'connections have no process: this runs in a pid namespace of its own, and the kernel counts in the first';

/**
 * What the source says of itself: its state, and all that it misses with what that costs the map.
 *
 * @param more - further figures to show
 */
export function describeFeed(status: FeedStatus, more: SourceNotice['facts'] = {}): SourceNotice {
  const { state, losses } = status;
  const facts = {
    ...describeChains('chains' in state ? state.chains : []),
    lostEvents: losses.events,
    droppedRuns: losses.droppedRuns,
    ownersNotKept: losses.owners,
    snapshots: status.snapshots,
    ...(status.counters === undefined ? {} : { events: status.counters.told }),
    ...(state.kind === 'running' ? { readerPid: state.pid } : {}),
    ...more,
  };
  switch (state.kind) {
    case 'starting':
      if (status.snapshots === 0) return { state: 'starting', facts };
      // It goes on reporting what it knew, but that is not how things are now.
      return { state: 'degraded', message: 'the reader of kernel events is started again', facts };
    case 'stopped':
      return { state: 'stopped', facts };
    case 'restarting':
      return {
        state: 'degraded',
        message: `the reader of kernel events is started again: ${state.reason}`,
        facts,
      };
    case 'fallen-back': {
      const seconds = Math.round(state.forMillis / 1000);
      return {
        state: 'degraded',
        message: `connections are found by scanning /proc, and kernel events are tried again in ${seconds} s: their reader died twice in a minute (${state.reason})`,
        facts,
      };
    }
    case 'unable':
      return { state: 'stopped', message: describeUnable(state), facts };
    case 'running': {
      if (!status.isWhole) {
        // Others go on looking for connections until this source knows all of them.
        const isFirst = status.snapshots === 0;
        return {
          state: isFirst ? 'starting' : 'degraded',
          ...(isFirst ? {} : { message: 'the connections that are open are being read again' }),
          facts,
        };
      }
      // UDP events are asked for or not: without them nothing is amiss.
      const chains = state.chains.filter(({ chain }) => chain !== 'udp');
      const costs = chains.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
      if (!state.inFirstPidNamespace) costs.push(FOREIGN_PIDS);
      // A worse rung of a chain costs little; a chain without any, or pids that mean nothing here, cost the map something.
      const isWhole = state.inFirstPidNamespace && chains.every(({ chosen }) => chosen !== 'none');
      return {
        state: isWhole ? 'running' : 'degraded',
        ...(costs.length === 0 ? {} : { message: costs.join('; ') }),
        facts,
      };
    }
  }
}

/** Why there are no kernel events at all, and what to do. */
function describeUnable(state: { readonly reason: string; readonly fix?: string }): string {
  const fix = state.fix === undefined ? '' : ` (${state.fix})`;
  return `there are no kernel events, and connections are found by scanning /proc: ${state.reason}${fix}`;
}

/**
 * Connections that did not come about, as figures: how many so far, and the last of them in words.
 *
 * @param latest - those since the last notice
 */
export function describeFailures(
  total: number,
  latest: readonly FailedConnection[],
): Record<string, string | number> {
  const last = latest.at(-1);
  if (last === undefined) return { failedConnections: total };
  const address = last.remoteAddress.includes(':') ? `[${last.remoteAddress}]` : last.remoteAddress;
  const why = last.errno === 0 ? 'given up' : `${errnoName(last.errno)}, ${errnoWords(last.errno)}`;
  const who = last.pid === 0 ? 'a process' : `${last.command} (${last.pid})`;
  return { failedConnections: total, lastFailure: `${who} to ${address}:${last.remotePort}: ${why}` };
}

/** Losses as a report carries them: only those there are. */
export function describeLosses(losses: Losses, host: string): Loss[] {
  const each: readonly (readonly [what: string, count: number])[] = [
    ['events (the ring was full)', losses.events],
    ['events (nested runs dropped by the kernel)', losses.droppedRuns],
    ['owners (the map was full)', losses.owners],
  ];
  return each
    .filter(([, count]) => count > 0)
    .map(([what, count]) => ({ source: SOURCE_NAME, host, what, count }));
}

/** For each chain the rung in use and, for each better one, why not. */
function describeChains(chains: readonly ChainChoice[]): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const { chain, chosen, refusals, cost } of chains) {
    facts[chain] = chosen;
    if (cost !== undefined) facts[`${chain}.cost`] = cost;
    for (const { rung, reason, fix } of refusals) {
      facts[`${chain}.not.${rung}`] = fix === undefined ? reason : `${reason} (${fix})`;
    }
  }
  return facts;
}
