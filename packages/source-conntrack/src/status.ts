import type { Loss, Millis, SourceNotice } from '@ridgeline/core';
import { SOURCE_NAME } from './build-endpoints.ts';
import type { RungChoice } from './reader-chain.ts';

/** What the source has to say of itself, beside its reports. */
export interface TrackingFacts {
  readonly choice: RungChoice;
  readonly namespaces: number;
  /** Why some namespaces cannot be read: the reason by path. */
  readonly refused: ReadonlyMap<string, string>;
  /** Flows kept, those lately ended included. */
  readonly flows: number;
  /** How often the kernel said that events were lost; each time the table was read anew. */
  readonly overruns: number;
  /** Flows whose end no event told. */
  readonly healed: number;
  readonly malformed: number;
  readonly sweeps: number;
  /** How long the last sweep of all namespaces held the event loop. */
  readonly sweepMillis: Millis;
  readonly hasEvents: boolean;
  readonly hasBytes: boolean;
}

/** What is said while it runs: the way of reading, each refusal with its reason, and what that costs the map. */
export function describeTracking(facts: TrackingFacts): SourceNotice {
  const { choice, refused } = facts;
  const problems = choice.cost === undefined ? [] : [choice.cost];
  if (choice.chosen === 'netlink' && !facts.hasEvents) {
    problems.push(
      'the tracker sends no events (net.netfilter.nf_conntrack_events is 0): flows that come and go between two readings are missed',
    );
  }
  const [first] = refused;
  if (first !== undefined) {
    const [path, reason] = first;
    problems.push(
      `${refused.size} network namespaces cannot be read, and translations made there are not known: ${path}: ${reason}`,
    );
  }
  return {
    state: problems.length === 0 ? 'running' : 'degraded',
    ...(problems.length === 0 ? {} : { message: problems.join('; ') }),
    facts: {
      ...describeChoice(choice),
      namespaces: facts.namespaces,
      flows: facts.flows,
      overruns: facts.overruns,
      endsWithoutEvent: facts.healed,
      malformed: facts.malformed,
      sweeps: facts.sweeps,
      sweepMillis: Math.round(facts.sweepMillis * 10) / 10,
      accounting: facts.hasBytes,
    },
  };
}

/** What is said when no way of reading works. */
export function describeUnable(choice: RungChoice): SourceNotice {
  const reasons = choice.refusals.map(({ rung, reason, fix }) =>
    fix === undefined ? `${rung}: ${reason}` : `${rung}: ${reason} (${fix})`,
  );
  return {
    state: 'stopped',
    message: [choice.cost, ...reasons].join('; '),
    facts: describeChoice(choice),
  };
}

/** Losses as a report carries them: only those there are. */
export function describeLosses(host: string, overruns: number, malformed: number): readonly Loss[] {
  const each: readonly (readonly [what: string, count: number])[] = [
    ['times that events were lost (the receive buffer was full)', overruns],
    ['messages not understood', malformed],
  ];
  return each
    .filter(([, count]) => count > 0)
    .map(([what, count]) => ({ source: SOURCE_NAME, host, what, count }));
}

/** For doctor: the way in use, and for each better one, why not. */
function describeChoice({ chosen, refusals, cost }: RungChoice): Record<string, string> {
  const facts: Record<string, string> = { reader: chosen };
  if (cost !== undefined) facts['reader.cost'] = cost;
  for (const { rung, reason, fix } of refusals) {
    facts[`reader.not.${rung}`] = fix === undefined ? reason : `${reason} (${fix})`;
  }
  return facts;
}
