import { parseNodePath } from '@ridgeline/scope-compat';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Contexts, ServerContext } from '../context.ts';
import { unzipBody } from '../guard/unzip-body.ts';
import { describeError, HttpError } from '../http-error.ts';
import { watchPeer } from '../live/socket-outlet.ts';
import {
  answerApi,
  answerProbes,
  answerTopologyList,
  foreignPlugins,
  isScopeView,
  parseScopeQuery,
  scopeDetails,
  scopeNodes,
  scopeReport,
} from './answers.ts';
import { parseGoDuration } from './duration.ts';
import { encodeMsgpack } from './msgpack.ts';
import { followTopology } from './topology-socket.ts';

const DEFAULT_TICK = '1s';

/** Scope's routes, with its answers (WIRE.md §2, §3). */
export function addScopeRoutes(app: FastifyInstance, contexts: Contexts): void {
  app.get('/api', (request, reply) => json(reply, answerApi(contexts.of(request))));
  app.get('/api/plugins', (request, reply) =>
    json(reply, foreignPlugins(contexts.of(request).outlook.report)),
  );
  app.get('/api/probes', (request, reply) => {
    const probes = answerProbes(contexts.of(request).outlook.report);
    const isSparse = parseScopeQuery(request.raw.url ?? '').parameters?.has('sparse') === true;
    return json(reply, isSparse ? probes.length > 0 : probes);
  });
  app.get('/api/topology', (request, reply) =>
    json(reply, answerTopologyList(contexts.of(request).outlook, parseScopeQuery(request.raw.url ?? ''))),
  );
  app.route({
    method: 'GET',
    url: '/api/topology/*',
    preValidation: async (request, reply) => {
      if (socketView(request) !== undefined && tickOf(request) === undefined)
        return reply.code(400).header('Content-Type', 'application/json').send('"bad interval"');
    },
    handler: (request, reply) => answerBelow(contexts.of(request), request, reply),
    wsHandler: (socket, request) => {
      watchPeer(socket);
      const { outlook, inbox } = contexts.of(request);
      const view = socketView(request);
      const query = parseScopeQuery(request.raw.url ?? '');
      if (view === undefined || !isScopeView(outlook, view)) socket.close();
      else followTopology(socket, outlook, view, query, tickOf(request) ?? 1000, inbox.shortcut$);
    },
  });
  app.get('/api/report', (request, reply) => {
    const report = scopeReport(contexts.of(request).outlook, parseScopeQuery(request.raw.url ?? ''));
    if (request.headers.accept?.startsWith('application/msgpack') === true)
      return reply.header('Content-Type', 'application/msgpack').send(encodeMsgpack(report));
    return json(reply, report);
  });
  app.post('/api/report', (request, reply) => acceptReport(contexts.of(request), request, reply));
}

/** The view of `/api/topology/{view}/ws`. */
function socketView(request: FastifyRequest): string | undefined {
  const path = parseNodePath(request.raw.url ?? '');
  return path?.id === 'ws' ? path.topology : undefined;
}

function tickOf(request: FastifyRequest): number | undefined {
  const { parameters } = parseScopeQuery(request.raw.url ?? '');
  return parseGoDuration(parameters?.get('t') ?? DEFAULT_TICK);
}

function answerBelow({ outlook }: ServerContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const target = request.raw.url ?? '';
  const query = parseScopeQuery(target);
  if (socketView(request) !== undefined)
    return reply.code(400).type('text/plain; charset=utf-8').send('Bad Request\n');
  const path = parseNodePath(target);
  if (path !== undefined) {
    if (!isScopeView(outlook, path.topology)) return notFound(reply);
    const details = scopeDetails(outlook, path.topology, path.id, query);
    return details === undefined ? notFound(reply) : json(reply, details);
  }
  // One part only: the same rules of escaping, with an id that is not used.
  const view = parseNodePath(`${target.split('?', 1)[0]}/-`)?.topology;
  if (view === undefined || !isScopeView(outlook, view)) return notFound(reply);
  return json(reply, { nodes: Object.fromEntries(scopeNodes(outlook, view, query)) });
}

/** Takes a probe's report in: 200 and nothing more, or 400 with the reason as a JSON text. */
async function acceptReport(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  try {
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('application/msgpack') && !type.startsWith('application/json'))
      throw new HttpError(400, 'BAD_TYPE', `Unsupported Content-Type: ${type}`);
    // Some do not say it: it is unzipped here, too, off the main thread. Source: RFC 1952 §2.3.1.
    const isZipped =
      request.headers['content-encoding']?.includes('gzip') === true ||
      (body[0] === 0x1f && body[1] === 0x8b);
    const plain = isZipped ? await unzipBody(body, context.bodyBytes) : body;
    context.inbox.accept(plain, probeOf(request));
    context.traffic.received(body.length, true);
    return reply.code(200).send();
  } catch (error) {
    // The seam to the sender: its probe understands a status and a text.
    const { status, answer } = describeError(error);
    if (status >= 500) throw error;
    context.traffic.received(body.length, false);
    return json(reply.code(status), answer.error.message);
  }
}

function probeOf(request: FastifyRequest): string | undefined {
  const id = request.headers['x-scope-probe-id'];
  return typeof id === 'string' && id !== '' && id.length <= 128 ? id : undefined;
}

function json(reply: FastifyReply, value: unknown): FastifyReply {
  return reply
    .header('Content-Type', 'application/json')
    .header('Cache-Control', 'no-cache')
    .send(JSON.stringify(value));
}

/** What Scope answers to paths and ids that it does not know. */
export function notFound(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .header('Content-Type', 'text/plain; charset=utf-8')
    .header('X-Content-Type-Options', 'nosniff')
    .send('404 page not found\n');
}
