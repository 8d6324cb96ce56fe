import type { SnapshotJson } from '@ridgeline/core/wire';
import type * as z from 'zod';
import {
  type AcceptedAnswer,
  acceptedSchema,
  type CompletionAnswer,
  completionSchema,
  errorSchema,
  type FilterCheckAnswer,
  filterCheckSchema,
  type HiddenAnswer,
  hiddenSchema,
  type NamedFiltersAnswer,
  namedFiltersSchema,
  type StatusAnswer,
  statusSchema,
  type ViewsAnswer,
  type VocabularyAnswer,
  viewsSchema,
  vocabularySchema,
} from './schema/answers.ts';
import { type DetailsAnswer, detailsSchema, type EdgeAnswer, edgeSchema } from './schema/node.ts';
import { snapshotSchema } from './schema/picture.ts';
import type { ExportQuery, ReportBody, ViewQuery } from './schema/requests.ts';
import { API_PREFIX } from './schema/routes.ts';

/** Where a server is, and who asks. */
export interface ClientOptions {
  /** `http://127.0.0.1:4040`; in a page of the server itself `location.origin`. */
  readonly url: string;
  readonly token?: string;
  /** In place of the platform's own. */
  readonly fetch?: typeof fetch;
}

/** The server said no, or something that nobody understands. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  /** The status of the answer. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The API of a server, typed and checked. Every call may reject with {@link ClientError}, or as `fetch` does. */
export interface Client {
  readonly options: ClientOptions;
  status(): Promise<StatusAnswer>;
  views(): Promise<ViewsAnswer>;
  snapshot(view: string, query?: ViewQuery): Promise<SnapshotJson>;
  /** What is hidden, and by which clauses. */
  hidden(view: string, query?: ViewQuery): Promise<HiddenAnswer>;
  details(view: string, id: string, query?: ViewQuery): Promise<DetailsAnswer>;
  edge(view: string, from: string, to: string, query?: ViewQuery): Promise<EdgeAnswer>;
  export(view: string, format: NonNullable<ExportQuery['format']>, query?: ViewQuery): Promise<string>;
  vocabulary(): Promise<VocabularyAnswer>;
  /** The filters that have names: the config's own and those of plugins. */
  namedFilters(): Promise<NamedFiltersAnswer>;
  check(text: string): Promise<FilterCheckAnswer>;
  complete(view: string, text: string, at?: number): Promise<CompletionAnswer>;
  /** Sends a report in, in place of the one that its origin sent before. */
  send(report: ReportBody): Promise<AcceptedAnswer>;
}

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/**
 * A client of a server's API. Works in browsers and in Node.
 *
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:4040' });
 * const { ledger, nodes } = await client.snapshot('processes', { filter: ['name ~ "nginx"'] });
 */
export function createClient(options: ClientOptions): Client {
  const get = async <T>(path: string, schema: z.ZodType<T>, query: Query = {}): Promise<T> =>
    schema.parse(await (await ask(options, path, query)).json());
  const below = (view: string, rest: string): string => `/views/${encodeURIComponent(view)}/${rest}`;
  return {
    options,
    status: () => get('/status', statusSchema),
    views: () => get('/views', viewsSchema),
    snapshot: (view, query) => get(below(view, 'snapshot'), snapshotSchema, { ...query }),
    hidden: (view, query) => get(below(view, 'hidden'), hiddenSchema, { ...query }),
    details: (view, id, query) =>
      get(below(view, `nodes/${encodeURIComponent(id)}`), detailsSchema, { ...query }),
    edge: (view, from, to, query) => get(below(view, 'edge'), edgeSchema, { ...query, from, to }),
    export: async (view, format, query) =>
      await (await ask(options, below(view, 'export'), { ...query, format })).text(),
    vocabulary: () => get('/filters', vocabularySchema),
    namedFilters: () => get('/filters/named', namedFiltersSchema),
    check: (text) => get('/filters/check', filterCheckSchema, { text }),
    complete: (view, text, at) => get('/filters/complete', completionSchema, { view, text, at }),
    send: async (report) => {
      const answer = await ask(options, '/reports', {}, JSON.stringify(report));
      return acceptedSchema.parse(await answer.json());
    },
  };
}

/** The address of a route with its query; lists come as repeated parameters. */
export function addressOf(url: string, path: string, query: Query): URL {
  const address = new URL(API_PREFIX + path, url);
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of typeof value === 'object' ? value : [value])
      address.searchParams.append(key, String(item));
  }
  return address;
}

async function ask(options: ClientOptions, path: string, query: Query, body?: string): Promise<Response> {
  const answer = await (options.fetch ?? fetch)(addressOf(options.url, path, query), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  if (answer.ok) return answer;
  const told = errorSchema.safeParse(await answer.json().catch(() => undefined));
  if (!told.success) throw new ClientError(answer.status, 'UNKNOWN', `the server answers ${answer.status}`);
  throw new ClientError(answer.status, told.data.error.code, told.data.error.message);
}
