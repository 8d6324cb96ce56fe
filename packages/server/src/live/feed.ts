import type { LiveMessage } from '@ridgeline/client/schema';
import {
  type Delta,
  diffNodes,
  diffPictures,
  type Held,
  isEqual,
  type Picture,
  RidgelineError,
  type Snapshot,
  type SourceStatus,
  type SourceStatuses,
  type ViewRequest,
} from '@ridgeline/core';
import { pictureOf } from '@ridgeline/core/live';
import { deltaJson, shortPatch } from '@ridgeline/core/wire';
import type { Outlook } from '../outlook.ts';
import { Message } from './message.ts';

/** A picture at its place in the feed's sequence. */
export type Place = Held<SourceStatus>;

/** What a feed tells of itself, for the books of the server. */
export interface FeedBooks {
  rendered(view: string, millis: number, snapshot: Snapshot): void;
  encoded(kind: 'reset' | 'patch', bytes: number): void;
}

/** How many pictures a reader that was cut off may have missed and still be given a patch. */
const KEPT_PLACES = 32;
/** Nodes and edges of all of them together: of large pictures fewer are kept, but always the one before the newest. */
const KEPT_PARTS = 120_000;

/**
 * One live view, shared by all its readers: one render for each change, one text for each (from, to).
 *
 * The sequence counts pictures. A reader that missed some gets `diff(last sent, newest)`; the epoch is the feed's own, so
 * that a number of another feed, or of an earlier life of this one, never fits.
 */
export class Feed {
  readonly epoch: string;
  readonly #outlook: Outlook;
  readonly #request: ViewRequest;
  readonly #books: FeedBooks;
  readonly #listeners = new Set<() => void>();
  readonly #messages = new Map<number, Message>();
  #places: readonly Place[] = [];
  #reset: Message | undefined;
  #snapshot: Snapshot | undefined;
  #sources: SourceStatuses | undefined;
  #trouble: LiveMessage | undefined;

  constructor(epoch: string, outlook: Outlook, request: ViewRequest, books: FeedBooks) {
    this.epoch = epoch;
    this.#outlook = outlook;
    this.#request = request;
    this.#books = books;
  }

  /** How many listen. */
  get readers(): number {
    return this.#listeners.size;
  }

  /** The newest picture; `undefined` as long as it cannot be rendered. */
  get newest(): Place | undefined {
    return this.#places.at(-1);
  }

  /** Why there is nothing new, if anything. */
  get trouble(): LiveMessage | undefined {
    return this.#trouble;
  }

  /** The picture that a reader says it holds, if it is still kept. */
  placeOf(epoch: string | undefined, seq: number | undefined): Place | undefined {
    if (epoch !== this.epoch) return undefined;
    return this.#places.find((place) => place.seq === seq);
  }

  /** @returns what ends the listening */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Renders anew, and tells readers when anything differs; answers whether it does. */
  refresh(): boolean {
    try {
      const started = performance.now();
      const snapshot = this.#outlook.render(this.#request);
      const { sources } = this.#outlook;
      if (snapshot === this.#snapshot && sources === this.#sources) return false;
      const picture = pictureOf(snapshot, sources);
      if (
        this.#outlook.isRestricted &&
        this.#trouble === undefined &&
        isSamePicture(this.newest?.picture, picture)
      ) {
        // Something changed that its readers must not see: that it did is nothing they may see, either.
        this.#snapshot = snapshot;
        this.#sources = sources;
        return false;
      }
      this.#append(picture);
      if (snapshot !== this.#snapshot)
        this.#books.rendered(this.#request.view, performance.now() - started, snapshot);
      this.#snapshot = snapshot;
      this.#sources = sources;
      this.#trouble = undefined;
    } catch (error) {
      // The seam to plugins: a view that cannot be rendered is told to its readers and ends nobody else's.
      if (!(error instanceof RidgelineError)) throw error;
      const trouble: LiveMessage = { kind: 'trouble', code: error.code, message: error.message };
      if (isEqual(trouble, this.#trouble)) return false;
      this.#trouble = trouble;
    }
    for (const listener of this.#listeners) listener();
    return true;
  }

  #append(picture: Picture<SourceStatus>): void {
    const seq = (this.newest?.seq ?? 0) + 1;
    this.#places = lastOf([...this.#places, { epoch: this.epoch, seq, picture }]);
    this.#messages.clear();
    this.#reset = undefined;
  }

  /**
   * The message that brings a reader from what it holds to the newest picture.
   *
   * @param held - what it was sent last; `undefined` asks for a reset
   */
  messageFor(held: Place | undefined): Message | undefined {
    const { newest } = this;
    if (newest === undefined) return undefined;
    if (held === undefined) {
      this.#reset ??= this.#encode({
        kind: 'reset',
        epoch: this.epoch,
        seq: newest.seq,
        snapshot: newest.picture,
      });
      return this.#reset;
    }
    let message = this.#messages.get(held.seq);
    if (message === undefined) {
      message = this.#encode(shortPatch(held.picture, diffPictures(held, newest.picture, newest.seq)));
      this.#messages.set(held.seq, message);
    }
    return message;
  }

  #encode(delta: Delta<SourceStatus>): Message {
    const text = JSON.stringify(deltaJson(delta));
    this.#books.encoded(delta.kind, text.length);
    return new Message(text);
  }
}

/** The newest places that are worth their memory. */
function lastOf(places: readonly Place[]): readonly Place[] {
  let parts = 0;
  let kept = 0;
  for (let at = places.length - 1; at >= 0 && kept < KEPT_PLACES; at--) {
    const { ledger } = (places[at] as Place).picture;
    parts += ledger.shown + ledger.edges.shown;
    if (kept >= 2 && parts > KEPT_PARTS) break;
    kept++;
  }
  return places.slice(places.length - kept);
}

function isSamePicture(a: Picture<SourceStatus> | undefined, b: Picture<SourceStatus>): boolean {
  if (a === undefined) return false;
  const { add, update, remove } = diffNodes(a.nodes, b.nodes);
  if (add.length + update.length + remove.length > 0) return false;
  const { nodes: _, ...before } = a;
  const { nodes: __, ...after } = b;
  return isEqual(before, after);
}
