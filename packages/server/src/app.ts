import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import websocket from '@fastify/websocket';
import type { Role } from '@ridgeline/client/schema';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import { addApiRoutes } from './api/routes.ts';
import type { Contexts } from './context.ts';
import { RateLimit } from './guard/rate-limit.ts';
import { refuseSite } from './guard/same-site.ts';
import { roleOf } from './guard/tokens.ts';
import { describeError, HttpError } from './http-error.ts';
import { metricsText } from './metrics/prometheus.ts';
import { addPageRoutes } from './page/page-routes.ts';
import { addScopeRoutes, notFound } from './scope/routes.ts';

const zip = promisify(gzip);

/** A message of a client: it has little to say. */
const MESSAGE_BYTES = 64 * 1024;
/** Smaller answers are not worth zipping. */
const ZIP_AT_LEAST = 1400;
/** Posts of one address; a probe posts every three seconds, and many may be behind one address. */
const POST_RATE = { perSecond: 50, burst: 200 };
/** How long a request may take to come in whole: Scope's probes give up after 12 s (WIRE.md §2). */
const REQUEST_MILLIS = 15_000;
/** Bodies that are taken in at once: each may be as large as the limit. */
const POSTS_AT_ONCE = 8;

/** What the server answers to: `GET /api/topology/*`. */
export interface ServedRoute {
  readonly method: string;
  /** As the router writes it: `:name` is a part, `*` the rest. */
  readonly url: string;
}

/** The routes with their guards; it does not listen yet. */
export async function buildApp(
  contexts: Contexts,
  log: Logger,
  pageFolder?: string,
): Promise<{ readonly app: FastifyInstance; readonly routes: readonly ServedRoute[] }> {
  const app = fastify({
    loggerInstance: log,
    // One line a request would drown all else; what goes wrong is logged where it is answered.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: contexts.shared.bodyBytes,
    requestTimeout: REQUEST_MILLIS,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 8192 },
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 1000, maxHeaderSize: 16_384 },
    frameworkErrors: (error, _, reply) => {
      const { status, answer } = describeError(error);
      // The types of this early reply know no status.
      void (reply as unknown as FastifyReply).code(status).send(answer);
    },
  }) as unknown as FastifyInstance;
  await app.register(websocket, {
    options: {
      maxPayload: MESSAGE_BYTES,
      // Packed messages are ours, made once for all readers (live/message.ts): the library may unpack, and packs nothing.
      perMessageDeflate: {
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
        threshold: Number.MAX_SAFE_INTEGER,
      },
      // A token may come as a subprotocol; one that is offered must be chosen, or browsers give up.
      handleProtocols: (offered: Set<string>) =>
        [...offered].find((name) => name.startsWith('bearer.')) ?? false,
    },
  });
  // Bodies are read as bytes whatever they say they are: each route checks for itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  const routes: ServedRoute[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  addErrors(app, log);
  addGuards(app, contexts);
  addZip(app);
  addHealth(app, contexts);
  addScopeRoutes(app, contexts);
  addApiRoutes(app, contexts);
  if (pageFolder !== undefined) await addPageRoutes(app, pageFolder);
  return { app, routes };
}

function addErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, answer } = describeError(error);
    if (status >= 500)
      log.error({ err: error, method: request.method, url: request.url }, 'a request failed');
    return reply.code(status).send(answer);
  });
  app.setNotFoundHandler((_, reply) => notFound(reply));
}

function addGuards(app: FastifyInstance, contexts: Contexts): void {
  const { isReadOnly, site, traffic } = contexts.shared;
  const limit = new RateLimit(POST_RATE);
  let posts = 0;
  app.addHook('onRequest', async (request, reply) => {
    const refusal = refuseSite({ host: request.headers.host, origin: request.headers.origin }, site);
    if (refusal !== undefined) throw new HttpError(403, 'FOREIGN_SITE', refusal);
    const role = roleOfRequest(contexts, request);
    if (role !== undefined) contexts.admit(request, role);
    if (isPublic(request)) return;
    checkRole(role, request, reply);
    if (request.method !== 'POST') return;
    if (isReadOnly) throw new HttpError(403, 'READ_ONLY', 'this server takes nothing in');
    const wait = limit.take(request.ip, performance.now());
    if (wait > 0) {
      void reply.header('Retry-After', String(Math.ceil(wait / 1000)));
      throw new HttpError(429, 'TOO_MANY', 'too many reports; try again a little later');
    }
    if (posts >= POSTS_AT_ONCE) {
      void reply.header('Retry-After', '1');
      throw new HttpError(429, 'TOO_MANY', 'too many reports are on their way; try again a little later');
    }
    posts++;
    reply.raw.once('close', () => {
      posts--;
    });
  });
  app.addHook('onResponse', async (_, reply) => traffic.answered(reply.statusCode));
}

/** Whether anybody may ask: what says nothing but that we are there, and the files of the page. */
function isPublic(request: FastifyRequest): boolean {
  const { url: path, config } = request.routeOptions;
  return path === '/healthz' || path === '/readyz' || (config as { isPublic?: boolean }).isPublic === true;
}

function roleOfRequest({ shared }: Contexts, { headers }: FastifyRequest): Role | undefined {
  const { authorization } = headers;
  return roleOf(shared.tokens, { authorization, protocols: headers['sec-websocket-protocol'] });
}

function checkRole(
  role: Role | undefined,
  request: FastifyRequest,
  reply: { header(name: string, value: string): unknown },
): void {
  if (role === undefined) {
    reply.header('WWW-Authenticate', 'Bearer');
    throw new HttpError(401, 'UNAUTHORIZED', 'a token is needed', 'send Authorization: Bearer TOKEN');
  }
  const needed: Role = request.method === 'GET' || request.method === 'HEAD' ? 'viewer' : 'operator';
  if (needed === 'operator' && role !== 'operator')
    throw new HttpError(403, 'FORBIDDEN', 'this needs the token of an operator');
}

function addZip(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    if (reply.hasHeader('Content-Encoding')) return payload;
    void reply.header('Vary', 'Accept-Encoding');
    const accepted = request.headers['accept-encoding'] ?? '';
    if (payload.length < ZIP_AT_LEAST || !/\bgzip\b/.test(String(accepted))) return payload;
    void reply.header('Content-Encoding', 'gzip').removeHeader('Content-Length');
    return await zip(payload);
  });
}

function addHealth(app: FastifyInstance, contexts: Contexts): void {
  const loopDelay = monitorEventLoopDelay({ resolution: 20 });
  loopDelay.enable();
  app.addHook('onClose', async () => {
    loopDelay.disable();
  });
  app.get('/healthz', (_, reply) => reply.type('text/plain; charset=utf-8').send('ok\n'));
  app.get('/readyz', (request, reply) => {
    const isReady = contexts.of(request).outlook.sources.some((source) => source.reports > 0);
    return reply
      .code(isReady ? 200 : 503)
      .type('text/plain; charset=utf-8')
      .send(isReady ? 'ok\n' : 'no source has reported yet\n');
  });
  app.get('/metrics', (request, reply) => {
    const context = contexts.of(request);
    const text = metricsText(context, context.outlook.isRestricted ? undefined : loopDelay);
    if (!context.outlook.isRestricted) loopDelay.reset();
    return reply.header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8').send(text);
  });
}
