import {
  API_PREFIX,
  type CheckQuery,
  type CompleteQuery,
  type EdgeQuery,
  type ExportQuery,
  type LiveQuery,
  type Route,
  routes,
  type StatusAnswer,
  type ViewQuery,
} from '@ridgeline/client/schema';
import { type ReportJson, reportFromJson, reportToJson, SymbolTable } from '@ridgeline/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Contexts, ServerContext } from '../context.ts';
import { HttpError } from '../http-error.ts';
import { eventOutlet, parseEventId } from '../live/event-outlet.ts';
import { followFeed } from '../live/follow.ts';
import { socketOutlet, watchPeer } from '../live/socket-outlet.ts';
import { answerDetails, answerHidden, answerSnapshot, answerViews } from './answers.ts';
import { answerCompletion } from './completion.ts';
import { answerEdge } from './edge.ts';
import { answerExport } from './export.ts';
import { answerCheck, answerNamedFilters, answerVocabulary } from './filters.ts';
import { openApiDocument } from './openapi.ts';
import { viewRequest } from './view-request.ts';

/** What a handler is given: the parts of the path, and the query as its schema has read it. */
interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: never;
  readonly body: unknown;
}

type Answerer = (context: ServerContext, asked: Asked) => unknown;

/** How often a report that was sent in by hand is expected; it is dropped after a few of these without another. */
const REPORT_INTERVAL = 3000;

/** The answers of routes that give JSON, by id. */
const answerers: Readonly<Record<string, Answerer>> = {
  status: statusOf,
  views: ({ outlook }) => answerViews(outlook),
  snapshot: ({ outlook }, { params, query }) => answerSnapshot(outlook, viewOf(params), query as ViewQuery),
  hidden: ({ outlook }, { params, query }) => answerHidden(outlook, viewOf(params), query as ViewQuery),
  edge: ({ outlook }, { params, query }) => answerEdge(outlook, viewOf(params), query as EdgeQuery),
  details: ({ outlook }, { params, query }) =>
    answerDetails(outlook, viewOf(params), params.id ?? '', query as ViewQuery),
  vocabulary: ({ outlook }) => answerVocabulary(outlook.engine.registry),
  named: ({ outlook }) => answerNamedFilters(outlook),
  check: ({ outlook }, { query }) => answerCheck(outlook, (query as CheckQuery).text),
  complete: ({ outlook }, { query }) => {
    const { view, text, at } = query as CompleteQuery;
    return answerCompletion(outlook, view, text, at);
  },
  report: ({ outlook }) => reportToJson(outlook.report),
  ingest: ingestReport,
};

/** Our own API, below {@link API_PREFIX}. */
export function addApiRoutes(app: FastifyInstance, contexts: Contexts): void {
  const document = JSON.stringify(openApiDocument(contexts.shared.version));
  app.get(`${API_PREFIX}/openapi.json`, (_, reply) => sendJson(reply, document));
  for (const route of routes) addRoute(app, contexts, route);
}

function addRoute(app: FastifyInstance, contexts: Contexts, route: Route): void {
  const url = API_PREFIX + route.path.replace(/\{(\w+)\}/g, ':$1');
  const { method } = route;
  if (route.answers === 'socket') {
    app.route({
      method: 'GET',
      url,
      // Mistakes are told before the upgrade, where a client can still read them.
      preValidation: async (request) => {
        const query = readQuery(route, request) as LiveQuery;
        const { outlook } = contexts.of(request);
        outlook.layer(viewRequest(outlook, viewOf(paramsOf(request)), query));
      },
      handler: () => {
        throw new HttpError(426, 'UPGRADE_REQUIRED', 'this is a WebSocket', 'without one: …/events');
      },
      wsHandler: (socket, request) => {
        watchPeer(socket);
        const query = readQuery(route, request) as LiveQuery;
        const feed = feedOf(contexts.of(request), request, query);
        const held = feed.placeOf(query.epoch, query.from);
        const end = followFeed(feed, held, socketOutlet(socket, request.raw));
        socket.on('close', end);
      },
    });
    return;
  }
  app.route({
    method,
    url,
    // A stream has no end, so neither would the answer to HEAD.
    exposeHeadRoute: route.answers !== 'events',
    handler: (request, reply) => {
      const context = contexts.of(request);
      const query = readQuery(route, request);
      if (route.answers === 'events') return sendEvents(context, request, reply, query as LiveQuery);
      const params = paramsOf(request);
      if (route.answers === 'text') {
        const { text, type } = answerExport(context.outlook, viewOf(params), query as ExportQuery);
        return reply.header('Content-Type', type).send(text);
      }
      const body = route.body === undefined ? undefined : readBody(route.body, request.body);
      const answer = answerers[route.id]?.(context, { params, query: query as never, body });
      return sendJson(reply, JSON.stringify(answer));
    },
  });
}

function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply
    .header('Content-Type', 'application/json; charset=utf-8')
    .header('Cache-Control', 'no-cache')
    .send(text);
}

function statusOf({ epoch, version, hostname, isReadOnly, outlook }: ServerContext): StatusAnswer {
  const { sources, faults } = outlook;
  return { epoch, version, hostname: outlook.nameOf(hostname), readOnly: isReadOnly, sources, faults };
}

function ingestReport(
  { ridgeline, traffic }: ServerContext,
  { body }: Asked,
): { readonly accepted: boolean } {
  const report = reportFromJson(body as ReportJson, new SymbolTable());
  const { origin } = report;
  if (origin === undefined) throw new HttpError(400, 'BAD_REPORT', 'the report names no origin');
  const accepted = ridgeline.ingest(origin, report, REPORT_INTERVAL);
  traffic.received(0, accepted);
  return { accepted };
}

function sendEvents(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  query: LiveQuery,
): FastifyReply {
  const feed = feedOf(context, request, query);
  const last = request.headers['last-event-id'];
  const place = parseEventId(typeof last === 'string' ? last : undefined) ?? query;
  const held = feed.placeOf(place.epoch, place.from);
  const { raw } = reply.hijack();
  raw.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Content-Type-Options': 'nosniff',
  });
  const end = followFeed(feed, held, eventOutlet(raw));
  raw.on('close', end);
  raw.on('error', end);
  return reply;
}

function feedOf(
  context: ServerContext,
  request: FastifyRequest,
  query: LiveQuery,
): ReturnType<ServerContext['feeds']['feedOf']> {
  return context.feeds.feedOf(viewRequest(context.outlook, viewOf(paramsOf(request)), query));
}

function paramsOf(request: FastifyRequest): Readonly<Record<string, string>> {
  return request.params as Readonly<Record<string, string>>;
}

function viewOf(params: Readonly<Record<string, string>>): string {
  return params.view ?? '';
}

function readQuery(route: Route, request: FastifyRequest): unknown {
  return read(route.query, request.query, 'BAD_QUERY', 'the query');
}

function readBody(schema: z.ZodType, body: unknown): unknown {
  let value: unknown;
  try {
    value = JSON.parse((body as Buffer).toString('utf8'));
  } catch {
    throw new HttpError(400, 'BAD_BODY', 'the body is no JSON');
  }
  return read(schema, value, 'BAD_BODY', 'the body');
}

function read(schema: z.ZodType, value: unknown, code: string, what: string): unknown {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  throw new HttpError(400, code, `${what} is not as it should be: ${z.prettifyError(outcome.error)}`);
}
