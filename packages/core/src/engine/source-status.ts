import { produce } from 'immer';
import type { Millis } from '../ids/instant.ts';
import type { ReportOrigin } from '../model/report.ts';
import type { SourceNotice, SourceState } from '../plugin/define-source.ts';

/** How a source is on one host. */
export interface SourceStatus {
  readonly name: string;
  readonly host: string;
  readonly state: SourceState;
  /** What is wrong or missing, in a sentence. */
  readonly message?: string;
  /** It failed for good: what it needs is not here, so it is not tried again. */
  readonly givenUp?: true;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  /** Since when it is in this state. */
  readonly since: Millis;
  /** The end of the newest report's window. */
  readonly lastReport?: Millis;
  readonly reports: number;
  /** Reports that were refused: not valid, or too late. */
  readonly refused: number;
}

/** The state of all sources. Immutable; a change makes a new one. */
export type SourceStatuses = readonly SourceStatus[];

/** Finds or makes the status of an origin and changes it; the list is kept ascending by (name, host). */
export function changeStatus(
  statuses: SourceStatuses,
  { source, host }: ReportOrigin,
  now: Millis,
  change: Partial<Omit<SourceStatus, 'name' | 'host' | 'since'>>,
): SourceStatuses {
  return produce(statuses as SourceStatus[], (draft) => {
    let at = draft.findIndex((status) => status.name === source && status.host === host);
    if (at < 0) {
      draft.push({ name: source, host, state: 'starting', since: now, reports: 0, refused: 0 });
      draft.sort((a, b) => (a.name === b.name ? (a.host < b.host ? -1 : 1) : a.name < b.name ? -1 : 1));
      at = draft.findIndex((status) => status.name === source && status.host === host);
    }
    const before = draft[at] as SourceStatus;
    const since = change.state === undefined || change.state === before.state ? before.since : now;
    const { message: _, givenUp: __, ...rest } = before;
    // What was wrong belongs to the state it was said of.
    draft[at] = { ...(change.state === undefined ? before : rest), ...change, since };
  });
}

/** The change that a notice makes; figures stay until there are new ones. */
export function noticeChange(
  status: SourceStatus | undefined,
  { state, message, givenUp, facts }: SourceNotice,
): Partial<SourceStatus> {
  const kept = facts ?? status?.facts;
  return {
    state,
    ...(message === undefined ? {} : { message }),
    ...(givenUp === undefined ? {} : { givenUp }),
    ...(kept === undefined ? {} : { facts: kept }),
  };
}
