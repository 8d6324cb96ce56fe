import type * as z from 'zod';
import type { AnswerKind, AnswerReader, Answers } from './answer-reader.ts';
import { type Client, type ClientOptions, connectClient } from './client.ts';
import { type FollowListener, type FollowOptions, followWith } from './follow.ts';
import {
  acceptedSchema,
  completionSchema,
  errorSchema,
  filterCheckSchema,
  hiddenSchema,
  namedFiltersSchema,
  statusSchema,
  viewsSchema,
  vocabularySchema,
} from './schema/answers.ts';
import { detailsSchema, edgeSchema } from './schema/node.ts';
import { liveMessageSchema, snapshotSchema } from './schema/picture.ts';

const schemas: { readonly [K in AnswerKind]: z.ZodType<Answers[K]> } = {
  accepted: acceptedSchema,
  check: filterCheckSchema,
  completion: completionSchema,
  details: detailsSchema,
  edge: edgeSchema,
  error: errorSchema,
  hidden: hiddenSchema,
  live: liveMessageSchema,
  namedFilters: namedFiltersSchema,
  snapshot: snapshotSchema,
  status: statusSchema,
  views: viewsSchema,
  vocabulary: vocabularySchema,
};

const readChecked: AnswerReader = (kind, json) => schemas[kind].parse(json);

/**
 * A client of a server's API. Works in browsers and in Node; answers are checked against their schemas.
 *
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:4040' });
 * const { ledger, nodes } = await client.snapshot('processes', { filter: ['name ~ "nginx"'] });
 */
export function createClient(options: ClientOptions): Client {
  return connectClient(options, readChecked);
}

/**
 * Follows a live view, over any number of cuts: it comes back with the place it holds, and is given what it missed, or a
 * whole picture. A patch that does not fit is never applied; a new connection asks for a whole picture then.
 *
 * @returns what ends it
 */
export function follow(options: FollowOptions, listener: FollowListener): () => void {
  return followWith(readChecked, options, listener);
}
