import type { Ledger, Snapshot } from '@ridgeline/core';
import type { FeedBooks } from '../live/feed.ts';

/** What the server counts of itself since it began. */
export class Books implements FeedBooks {
  readonly renders: Map<string, { count: number; millis: number }> = new Map();
  readonly ledgers: Map<string, Ledger> = new Map();
  readonly messages: { reset: number; patch: number } = { reset: 0, patch: 0 };
  readonly messageBytes: { reset: number; patch: number } = { reset: 0, patch: 0 };
  readonly answers: Map<number, number> = new Map();
  reportsIn = 0;
  reportBytesIn = 0;
  refusedIn = 0;

  rendered(view: string, millis: number, snapshot: Snapshot): void {
    const before = this.renders.get(view) ?? { count: 0, millis: 0 };
    this.renders.set(view, { count: before.count + 1, millis: before.millis + millis });
    this.ledgers.set(view, snapshot.ledger);
  }

  encoded(kind: 'reset' | 'patch', bytes: number): void {
    this.messages[kind]++;
    this.messageBytes[kind] += bytes;
  }

  answered(status: number): void {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
  }

  /** A report that was sent in, and whether it was taken. */
  received(bytes: number, isTaken: boolean): void {
    if (isTaken) this.reportsIn++;
    else this.refusedIn++;
    this.reportBytesIn += bytes;
  }
}
