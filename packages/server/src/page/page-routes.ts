import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PACKINGS, type Packing, type PageFile, readPageFiles } from './page-files.ts';

/** Anybody may have the page itself: it holds nothing but code, and asks for a token where the server wants one. */
const PUBLIC: { readonly isPublic: true } = Object.freeze({ isPublic: true as const });

/** Nothing from anywhere else, no code but what is in our files, in nobody else's frame. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const NOT_BUILT = `The page has not been built: npm run build makes it.

The server works all the same: its API is at /api/v1 (described in /api/v1/openapi.json), and
\`ridgeline view processes\` prints a map in the terminal.
`;

/**
 * Serves the page at `/` and its files beside it.
 *
 * @param folder - where the page was built; without a page there `/` says how to get one
 */
export async function addPageRoutes(app: FastifyInstance, folder: string): Promise<void> {
  const files = await readPageFiles(folder);
  if (files === undefined) {
    app.get('/', { config: PUBLIC }, (_, reply) =>
      reply.code(503).headers(HEADERS).type('text/plain; charset=utf-8').send(NOT_BUILT),
    );
    return;
  }
  for (const file of files)
    app.get(file.path, { config: PUBLIC }, (request, reply) => sendFile(file, request, reply));
}

async function sendFile(file: PageFile, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const packing = bestPacking(String(request.headers['accept-encoding'] ?? ''));
  const tag = `"${file.tag}${packing === undefined ? '' : `-${packing}`}"`;
  void reply
    .headers(HEADERS)
    .header('Vary', 'Accept-Encoding')
    .header('ETag', tag)
    .header('Cache-Control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  const held = request.headers['if-none-match'];
  if (held?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag) === true)
    return reply.code(304).send();
  void reply.type(file.type);
  if (packing === undefined) return reply.send(file.bytes);
  return reply.header('Content-Encoding', packing).send(await file.packed(packing));
}

/** What a request takes; a packing that it names with `q=0` is refused (RFC 9110 §12.5.3). */
function bestPacking(accepted: string): Packing | undefined {
  const refused = /;\s*q=0(?:\.0*)?\s*$/;
  const taken = accepted
    .split(',')
    .filter((part) => !refused.test(part))
    .map((part) => (part.split(';')[0] ?? '').trim().toLowerCase());
  return PACKINGS.find((packing) => taken.includes(packing));
}
