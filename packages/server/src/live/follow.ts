import type { Feed, Place } from './feed.ts';
import { Message } from './message.ts';

/** The way to one reader: a WebSocket or a stream of events. */
export interface Outlet {
  /**
   * Sends one message of the feed.
   *
   * @param place - where it brings the reader, for streams whose messages have ids; absent for news that move nobody
   * @param sent - called once it has left, so that the next may follow
   */
  send(message: Message, place: Place | undefined, sent: () => void): void;
}

/** Without any message for so long a heartbeat is sent. */
const HEARTBEAT_MILLIS = 15_000;

/**
 * Keeps a reader at the newest picture. At most one message is on its way: a reader that takes its time gets
 * `diff(last sent, newest)` when it is ready, and costs nobody anything meanwhile.
 *
 * @param held - what the reader says it holds; `undefined`: it begins with a reset
 * @returns what ends it
 */
export function followFeed(feed: Feed, held: Place | undefined, outlet: Outlet): () => void {
  let at = held;
  let isSending = false;
  let isDone = false;
  let told: unknown;
  const send = (message: Message, place: Place | undefined): void => {
    isSending = true;
    heartbeat.refresh();
    outlet.send(message, place, () => {
      isSending = false;
      if (!isDone) step();
    });
  };
  const step = (): void => {
    if (isSending || isDone) return;
    const { newest, trouble } = feed;
    if (trouble !== undefined && trouble !== told) {
      told = trouble;
      send(new Message(JSON.stringify(trouble)), undefined);
      return;
    }
    if (newest === undefined || newest.seq === at?.seq) return;
    const message = feed.messageFor(at) as Message;
    at = newest;
    send(message, newest);
  };
  const heartbeat = setInterval(() => {
    if (!isSending && at !== undefined)
      send(new Message(JSON.stringify({ kind: 'heartbeat', epoch: feed.epoch, seq: at.seq })), undefined);
  }, HEARTBEAT_MILLIS);
  const unlisten = feed.listen(step);
  step();
  return () => {
    isDone = true;
    clearInterval(heartbeat);
    unlisten();
  };
}
