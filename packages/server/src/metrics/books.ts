import type { Ledger, Snapshot } from '@ridgeline/core';
import type { FeedBooks } from '../live/feed.ts';

/** What is counted of the live views of one viewpoint. */
export class Books implements FeedBooks {
  readonly renders: Map<string, { count: number; millis: number }> = new Map();
  readonly ledgers: Map<string, Ledger> = new Map();
  readonly messages: { reset: number; patch: number } = { reset: 0, patch: 0 };
  readonly messageBytes: { reset: number; patch: number } = { reset: 0, patch: 0 };

  rendered(view: string, millis: number, snapshot: Snapshot): void {
    const before = this.renders.get(view) ?? { count: 0, millis: 0 };
    this.renders.set(view, { count: before.count + 1, millis: before.millis + millis });
    this.ledgers.set(view, snapshot.ledger);
  }

  encoded(kind: 'reset' | 'patch', bytes: number): void {
    this.messages[kind]++;
    this.messageBytes[kind] += bytes;
  }
}
