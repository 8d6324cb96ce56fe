import * as z from 'zod';
import {
  acceptedSchema,
  completionSchema,
  filterCheckSchema,
  hiddenSchema,
  namedFiltersSchema,
  statusSchema,
  viewsSchema,
  vocabularySchema,
} from './answers.ts';
import { detailsSchema, edgeSchema } from './node.ts';
import { liveMessageSchema, snapshotSchema } from './picture.ts';
import {
  checkQuerySchema,
  completeQuerySchema,
  edgeQuerySchema,
  exportQuerySchema,
  liveQuerySchema,
  noQuerySchema,
  reportAnswerSchema,
  reportBodySchema,
  viewQuerySchema,
} from './requests.ts';

/** Who may ask: a viewer looks, an operator also sends reports. */
export type Role = 'viewer' | 'operator';

/** One route of the API: what it takes and what it answers. The server checks by it; the OpenAPI document is made of it. */
export interface Route {
  readonly id: string;
  readonly method: 'GET' | 'POST';
  /** Below `/api/v1`; `{name}` is a part that is one text. */
  readonly path: string;
  readonly summary: string;
  readonly role: Role;
  readonly query: z.ZodType;
  readonly body?: z.ZodType;
  /** `json` but for the ones that stream or give text. */
  readonly answers: 'json' | 'events' | 'socket' | 'text';
  readonly answer: z.ZodType;
}

function get(id: string, path: string, summary: string, query: z.ZodType, answer: z.ZodType): Route {
  return { id, method: 'GET', path, summary, role: 'viewer', query, answers: 'json', answer };
}

/** All routes of our own API. */
export const routes: readonly Route[] = Object.freeze([
  get('status', '/status', 'How the server and its sources are', noQuerySchema, statusSchema),
  get(
    'views',
    '/views',
    'The views with their option groups, and how much each shows',
    noQuerySchema,
    viewsSchema,
  ),
  get('snapshot', '/views/{view}/snapshot', 'The picture of now', viewQuerySchema, snapshotSchema),
  get(
    'hidden',
    '/views/{view}/hidden',
    'What is hidden, and by which clauses',
    viewQuerySchema,
    hiddenSchema,
  ),
  get(
    'edge',
    '/views/{view}/edge',
    'The connections of one edge, and who saw them',
    edgeQuerySchema,
    edgeSchema,
  ),
  get('details', '/views/{view}/nodes/{id}', 'All that is known of one node', viewQuerySchema, detailsSchema),
  {
    ...get('export', '/views/{view}/export', 'A picture for other programs', exportQuerySchema, z.string()),
    answers: 'text',
  },
  {
    ...get('live', '/views/{view}/live', 'A live view by WebSocket', liveQuerySchema, liveMessageSchema),
    answers: 'socket',
  },
  {
    ...get(
      'events',
      '/views/{view}/events',
      'A live view by server-sent events',
      liveQuerySchema,
      liveMessageSchema,
    ),
    answers: 'events',
  },
  get(
    'vocabulary',
    '/filters',
    'The fields and filters that can be asked for',
    noQuerySchema,
    vocabularySchema,
  ),
  get(
    'named',
    '/filters/named',
    'The filters that have names: the config’s own and those of plugins',
    noQuerySchema,
    namedFiltersSchema,
  ),
  get(
    'check',
    '/filters/check',
    'What is wrong with the text of a filter',
    checkQuerySchema,
    filterCheckSchema,
  ),
  get(
    'complete',
    '/filters/complete',
    'What may stand at a place of a filter',
    completeQuerySchema,
    completionSchema,
  ),
  get('report', '/report', 'The joined report', noQuerySchema, reportAnswerSchema),
  {
    id: 'ingest',
    method: 'POST',
    path: '/reports',
    summary: 'Takes a report in, in place of the one that its origin sent before',
    role: 'operator',
    query: noQuerySchema,
    body: reportBodySchema,
    answers: 'json',
    answer: acceptedSchema,
  },
]);
