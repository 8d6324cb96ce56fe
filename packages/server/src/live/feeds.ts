import { setImmediate as afterOthers } from 'node:timers/promises';
import type { ViewRequest } from '@ridgeline/core';
import type { Observable, Subscription } from 'rxjs';
import type { Outlook } from '../outlook.ts';
import { Feed, type FeedBooks } from './feed.ts';

/** What {@link Feeds} needs. */
export interface FeedsOptions {
  readonly outlook: Outlook;
  /** Emits when pictures may have changed. */
  readonly changes$: Observable<unknown>;
  /** Tells this life of the server from others. */
  readonly epoch: string;
  readonly books: FeedBooks;
}

/** Changes that come closer together than this are shown as one. */
const PACE_MILLIS = 50;
/** How long a feed is kept without readers: one that was cut off comes back. */
const LINGER_MILLIS = 60_000;
/** Feeds without readers that are kept at most, whatever their age. */
const MOST_IDLE = 32;

/** All live views that are followed under one policy: one feed for each (view, layer), whatever the words of the request. */
export class Feeds {
  readonly #options: FeedsOptions;
  readonly #feeds = new Map<string, { readonly feed: Feed; idleSince: number }>();
  readonly #subscription: Subscription;
  #timer: NodeJS.Timeout | undefined;
  #isRefreshing = false;
  /** Something changed while feeds were refreshed. */
  #isChanged = false;
  #isClosed = false;
  #refreshed = 0;
  #count = 0;

  constructor(options: FeedsOptions) {
    this.#options = options;
    this.#subscription = options.changes$.subscribe(() => this.#schedule());
  }

  /**
   * The feed of a request, with its newest picture.
   *
   * @throws RidgelineError `UNKNOWN_NAME`, `BAD_REQUEST` for a request that no picture can be made of
   */
  feedOf(request: ViewRequest): Feed {
    const { outlook, epoch, books } = this.#options;
    const { clauses, orphans } = outlook.layer(request);
    // Filters of the request are in the layer; so is what its options mean now, but that may change with the report.
    const key = JSON.stringify([
      request.view,
      clauses.map(({ id, name, from }) => [id, name, from]),
      orphans,
      request.raw === true,
      Object.entries(request.options ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
    const known = this.#feeds.get(key);
    if (known !== undefined) {
      known.idleSince = performance.now();
      known.feed.refresh();
      return known.feed;
    }
    const feed = new Feed(`${epoch}.${++this.#count}`, outlook, request, books);
    feed.refresh();
    this.#feeds.set(key, { feed, idleSince: performance.now() });
    this.#forgetIdle();
    return feed;
  }

  /** How many feeds there are, and how many readers they have together. */
  get figures(): { readonly feeds: number; readonly readers: number } {
    let readers = 0;
    for (const { feed } of this.#feeds.values()) readers += feed.readers;
    return { feeds: this.#feeds.size, readers };
  }

  close(): void {
    this.#subscription.unsubscribe();
    clearTimeout(this.#timer);
    this.#isClosed = true;
    this.#feeds.clear();
  }

  #schedule(): void {
    this.#isChanged = this.#isRefreshing;
    if (this.#timer !== undefined || this.#isRefreshing || this.#isClosed) return;
    const wait = Math.max(0, this.#refreshed + PACE_MILLIS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#refreshAll();
    }, wait);
  }

  /** One feed after the other, and between two of them whoever else waits: requests, and what is to be sent. */
  async #refreshAll(): Promise<void> {
    this.#forgetIdle();
    this.#isRefreshing = true;
    let differs = !this.#options.outlook.isRestricted;
    for (const { feed } of Array.from(this.#feeds.values())) {
      if (this.#isClosed) return;
      if (feed.readers === 0) continue;
      differs = feed.refresh() || differs;
      await afterOthers();
    }
    this.#isRefreshing = false;
    // What changed in hidden things only must not hold up what comes next.
    if (differs) this.#refreshed = performance.now();
    if (this.#isChanged) this.#schedule();
  }

  #forgetIdle(): void {
    const now = performance.now();
    const idle: string[] = [];
    for (const [key, entry] of this.#feeds) {
      if (entry.feed.readers > 0) entry.idleSince = now;
      else if (now - entry.idleSince > LINGER_MILLIS) this.#feeds.delete(key);
      else idle.push(key);
    }
    for (const key of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) this.#feeds.delete(key);
  }
}
