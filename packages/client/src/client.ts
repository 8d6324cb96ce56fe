import type { SnapshotJson } from '@ridgeline/core/wire';
import type { AnswerKind, AnswerReader, Answers } from './answer-reader.ts';
import type {
  AcceptedAnswer,
  CompletionAnswer,
  ErrorAnswer,
  FilterCheckAnswer,
  HiddenAnswer,
  NamedFiltersAnswer,
  StatusAnswer,
  ViewsAnswer,
  VocabularyAnswer,
} from './schema/answers.ts';
import type { DetailsAnswer, EdgeAnswer } from './schema/node.ts';
import { API_PREFIX } from './schema/prefix.ts';
import type { ExportQuery, ReportBody, ViewQuery } from './schema/requests.ts';

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
  export(
    view: string,
    format: NonNullable<ExportQuery['format']>,
    query?: Omit<ExportQuery, 'format'>,
  ): Promise<string>;
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
 * A client whose answers are read by `read`.
 *
 * @param read - checks an answer, or trusts it
 */
export function connectClient(options: ClientOptions, read: AnswerReader): Client {
  const get = async <K extends AnswerKind>(path: string, kind: K, query: Query = {}): Promise<Answers[K]> =>
    read(kind, await (await ask(options, read, path, query)).json());
  const below = (view: string, rest: string): string => `/views/${encodeURIComponent(view)}/${rest}`;
  return {
    options,
    status: () => get('/status', 'status'),
    views: () => get('/views', 'views'),
    snapshot: (view, query) => get(below(view, 'snapshot'), 'snapshot', { ...query }),
    hidden: (view, query) => get(below(view, 'hidden'), 'hidden', { ...query }),
    details: (view, id, query) =>
      get(below(view, `nodes/${encodeURIComponent(id)}`), 'details', { ...query }),
    edge: (view, from, to, query) => get(below(view, 'edge'), 'edge', { ...query, from, to }),
    export: async (view, format, query) =>
      await (await ask(options, read, below(view, 'export'), { ...query, format })).text(),
    vocabulary: () => get('/filters', 'vocabulary'),
    namedFilters: () => get('/filters/named', 'namedFilters'),
    check: (text) => get('/filters/check', 'check', { text }),
    complete: (view, text, at) => get('/filters/complete', 'completion', { view, text, at }),
    send: async (report) => {
      const answer = await ask(options, read, '/reports', {}, JSON.stringify(report));
      return read('accepted', await answer.json());
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

async function ask(
  options: ClientOptions,
  read: AnswerReader,
  path: string,
  query: Query,
  body?: string,
): Promise<Response> {
  const answer = await (options.fetch ?? fetch)(addressOf(options.url, path, query), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  if (answer.ok) return answer;
  const { error } = await toldError(answer, read);
  throw new ClientError(answer.status, error.code, error.message);
}

/** What a server says when it says no; something else between us and it may say it in words of its own. */
async function toldError(answer: Response, read: AnswerReader): Promise<ErrorAnswer> {
  try {
    return read('error', await answer.json());
  } catch {
    return { error: { code: 'UNKNOWN', message: `the server answers ${answer.status}` } };
  }
}
