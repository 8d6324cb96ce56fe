import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_PREFIX, routes as apiRoutes } from '@ridgeline/client/schema';
import { makeCluster } from '@ridgeline/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { feedCluster, type Harness, SHAPE, startHarness } from './harness.ts';

const VIEWER = 'viewer-token-0123456789';
const OPERATOR = 'operator-token-0123456789';

type Needs = 'nobody' | 'viewer' | 'operator';

/** One route: who may ask, how it is asked, and what whoever may is answered. */
interface Row {
  readonly method: 'GET' | 'POST';
  /** As the router writes it. */
  readonly url: string;
  readonly needs: Needs;
  readonly path: string;
  readonly status: number;
  /** It can be asked as a WebSocket, too. */
  readonly isSocket?: boolean;
}

const row = (
  method: Row['method'],
  url: string,
  needs: Needs,
  status: number,
  path: string = url,
  isSocket = false,
): Row => ({ method, url, needs, status, path, isSocket });

const view = `${API_PREFIX}/views/:view`;
const own = `${API_PREFIX}/views/processes`;

// A route that is not here is a failure: whoever adds one says who may ask it.
const matrix: readonly Row[] = [
  row('GET', '/', 'nobody', 503),
  row('GET', '/healthz', 'nobody', 200),
  row('GET', '/readyz', 'nobody', 200),
  row('GET', '/metrics', 'viewer', 200),
  row('GET', '/api', 'viewer', 200),
  row('GET', '/api/plugins', 'viewer', 200),
  row('GET', '/api/probes', 'viewer', 200),
  row('GET', '/api/topology', 'viewer', 200),
  row('GET', '/api/topology/*', 'viewer', 200, '/api/topology/processes'),
  row('GET', '/api/topology/*', 'viewer', 404, '/api/topology/processes/nobody'),
  row('GET', '/api/topology/*', 'viewer', 400, '/api/topology/processes/ws', true),
  row('GET', '/api/report', 'viewer', 200),
  row('POST', '/api/report', 'operator', 400),
  row('GET', `${API_PREFIX}/openapi.json`, 'viewer', 200),
  row('GET', `${API_PREFIX}/status`, 'viewer', 200),
  row('GET', `${API_PREFIX}/views`, 'viewer', 200),
  row('GET', `${view}/snapshot`, 'viewer', 200, `${own}/snapshot`),
  row('GET', `${view}/hidden`, 'viewer', 200, `${own}/hidden`),
  row('GET', `${view}/edge`, 'viewer', 404, `${own}/edge?from=a&to=b`),
  row('GET', `${view}/nodes/:id`, 'viewer', 404, `${own}/nodes/nobody`),
  row('GET', `${view}/export`, 'viewer', 200, `${own}/export`),
  row('GET', `${view}/live`, 'viewer', 426, `${own}/live`, true),
  row('GET', `${view}/events`, 'viewer', 200, `${own}/events`),
  row('GET', `${API_PREFIX}/filters`, 'viewer', 200),
  row('GET', `${API_PREFIX}/filters/named`, 'viewer', 200),
  row('GET', `${API_PREFIX}/filters/check`, 'viewer', 200, `${API_PREFIX}/filters/check?text=true`),
  row(
    'GET',
    `${API_PREFIX}/filters/complete`,
    'viewer',
    200,
    `${API_PREFIX}/filters/complete?view=hosts&text=na`,
  ),
  row('GET', `${API_PREFIX}/report`, 'viewer', 200),
  row('POST', `${API_PREFIX}/reports`, 'operator', 400),
];

const callers = {
  none: undefined,
  wrong: 'wrong-token-0123456789',
  viewer: VIEWER,
  operator: OPERATOR,
} as const;
type Caller = keyof typeof callers;

function expected({ needs, status }: Row, caller: Caller, hasTokens: boolean): number {
  if (needs === 'nobody' || !hasTokens || caller === 'operator') return status;
  if (caller !== 'viewer') return 401;
  return needs === 'viewer' ? status : 403;
}

/** An address of this machine that others can reach; without any, one that is bound to all. */
function otherAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '0.0.0.0';
}

describe('who may ask what', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ridgeline-matrix-'));
  const tokens = { viewer: VIEWER, operator: OPERATOR };
  const servers: Record<string, Harness> = {};

  beforeAll(async () => {
    const started = await Promise.all([
      startHarness({ page: folder }),
      startHarness({ page: folder, tokens }),
      startHarness({ page: folder, tokens, listen: { host: otherAddress(), port: 0 } }),
      startHarness({ page: folder, tokens, readOnly: true }),
    ]);
    for (const [i, name] of ['open', 'loopback', 'other', 'readOnly'].entries()) {
      servers[name] = started[i] as Harness;
      feedCluster((started[i] as Harness).ridgeline, makeCluster(SHAPE));
    }
  });

  afterAll(async () => {
    for (const server of Object.values(servers)) await server.close();
    rmSync(folder, { recursive: true });
  });

  const serverOf = (name: string): Harness => servers[name] as Harness;

  it('has a row for every route that is served, and no other', () => {
    const served = serverOf('open').server.routes.filter(({ method }) => method !== 'HEAD');
    const known = new Set(matrix.map(({ method, url }) => `${method} ${url}`));
    expect([...new Set(served.map(({ method, url }) => `${method} ${url}`))].sort()).toEqual(
      [...known].sort(),
    );
  });

  it('asks of our own routes what their table says', () => {
    for (const route of apiRoutes) {
      const url = API_PREFIX + route.path.replace(/\{(\w+)\}/g, ':$1');
      const found = matrix.find((one) => one.method === route.method && one.url === url);
      expect(found?.needs, url).toBe(route.role);
    }
  });

  const addresses = [
    ['open', false],
    ['loopback', true],
    ['other', true],
  ] as const;
  it.each(
    matrix.flatMap((one) =>
      addresses.map(([server, hasTokens]) => [`${one.method} ${one.path}`, server, one, hasTokens] as const),
    ),
  )('%s on %s', async (_, server, one, hasTokens) => {
    for (const [caller, token] of Object.entries(callers) as [Caller, string | undefined][]) {
      const status = expected(one, caller, hasTokens);
      expect(await statusOf(serverOf(server).url, one.method, one.path, token), caller).toBe(status);
      if (one.method === 'GET') {
        const head = await statusOf(serverOf(server).url, 'HEAD', one.path, token);
        // What streams has no head of its own; nobody is let in by asking for it.
        if (status === 401 || status === 403) expect(head, `HEAD ${caller}`).toBe(status);
      }
      if (one.isSocket !== true) continue;
      const isLetIn = status !== 401 && status !== 403;
      expect(await isOpened(serverOf(server).url, one.path, token), `socket ${caller}`).toBe(isLetIn);
    }
  });

  it.each(matrix.filter(({ method }) => method === 'POST').map((one) => [one.path, one] as const))(
    'POST %s is refused to everybody where nothing is taken in',
    async (_, one) => {
      const { url } = serverOf('readOnly');
      for (const [caller, token] of Object.entries(callers)) {
        const status = caller === 'operator' || caller === 'viewer' ? 403 : 401;
        expect(await statusOf(url, 'POST', one.path, token), caller).toBe(status);
      }
    },
  );

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s of what there is not tells nobody so',
    async (method) => {
      const { url } = serverOf('loopback');
      expect(await statusOf(url, method, `${API_PREFIX}/nowhere`, undefined)).toBe(401);
      expect(await statusOf(url, method, `${API_PREFIX}/nowhere`, OPERATOR)).toBe(404);
    },
  );
});

/** The status of an answer; its body is not waited for, since streams have no end. */
function statusOf(url: string, method: string, path: string, token: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const outgoing = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.destroy();
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function isOpened(url: string, path: string, token: string | undefined): Promise<boolean> {
  const socket = new WebSocket(
    url.replace('http', 'ws') + path,
    token === undefined ? [] : [`bearer.${token}`],
  );
  return new Promise((resolve) => {
    socket.on('open', () => resolve(true));
    socket.on('error', () => resolve(false));
  }).then((isOpen) => {
    socket.terminate();
    return isOpen === true;
  });
}
