/**
 * The client without its schemas, for the page: server and page are of one build and one origin, a browser would spend more
 * time on checking a picture of 10,000 nodes than on drawing it, and the schemas weigh more than the rest of the page.
 *
 * @packageDocumentation
 */
import type { AnswerKind, AnswerReader, Answers } from './answer-reader.ts';
import { type Client, type ClientOptions, connectClient } from './client.ts';
import { type FollowListener, type FollowOptions, followWith } from './follow.ts';

export { type Client, ClientError, type ClientOptions } from './client.ts';
export type { Followed, FollowListener, FollowOptions, SocketLike } from './follow.ts';

/** A member that an answer of each kind has: enough to tell it from the page of a proxy or of a sign-in. */
const TELLTALES: Readonly<Record<AnswerKind, string>> = {
  accepted: 'accepted',
  check: 'ok',
  completion: 'items',
  details: 'node',
  edge: 'connections',
  error: 'error',
  hidden: 'hidden',
  live: 'kind',
  namedFilters: 'filters',
  snapshot: 'nodes',
  status: 'epoch',
  views: 'views',
  vocabulary: 'fields',
};

const readTrusting: AnswerReader = <K extends AnswerKind>(kind: K, json: unknown): Answers[K] => {
  if (typeof json === 'object' && json !== null && TELLTALES[kind] in json) return json as Answers[K];
  throw new TypeError(`the server's answer is no ${kind}`);
};

/** As that of the package itself, but that answers are trusted. */
export function createClient(options: ClientOptions): Client {
  return connectClient(options, readTrusting);
}

/** As that of the package itself, but that messages are trusted. */
export function follow(options: FollowOptions, listener: FollowListener): () => void {
  return followWith(readTrusting, options, listener);
}
