import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { API_PREFIX, routes } from '@ridgeline/client/schema';
import { makeCluster } from '@ridgeline/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { isLoopback, parseListenAddress, readTokens, startServer } from '../src/index.ts';
import { feedCluster, type Harness, SHAPE, startHarness } from './harness.ts';

const VIEWER = 'viewer-token-0123456789';
const OPERATOR = 'operator-token-0123456789';
const RUNS = Number(process.env.LAWS_RUNS ?? 200);

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A request with any headers: `fetch` sets Host itself. */
function send(
  url: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: Uint8Array } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
      answer.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('who may ask', () => {
  let guarded: Harness;
  let open: Harness;

  beforeAll(async () => {
    guarded = await startHarness({ tokens: { viewer: VIEWER, operator: OPERATOR } });
    open = await startHarness();
    feedCluster(guarded.ridgeline, makeCluster(SHAPE));
    feedCluster(open.ridgeline, makeCluster(SHAPE));
  });

  afterAll(async () => {
    await guarded.close();
    await open.close();
  });

  const paths: readonly (readonly [method: string, path: string, role: string])[] = [
    ...routes
      .filter((route) => route.answers === 'json' || route.answers === 'text')
      .map(
        (route) =>
          [
            route.method,
            API_PREFIX + route.path.replace('{view}', 'processes').replace('{id}', 'x'),
            route.role,
          ] as const,
      ),
    ['GET', `${API_PREFIX}/openapi.json`, 'viewer'],
    ['GET', '/api', 'viewer'],
    ['GET', '/api/topology', 'viewer'],
    ['GET', '/api/topology/hosts', 'viewer'],
    ['GET', '/api/report', 'viewer'],
    ['GET', '/api/probes', 'viewer'],
    ['GET', '/api/plugins', 'viewer'],
    ['GET', '/metrics', 'viewer'],
    ['GET', '/nowhere', 'viewer'],
    ['POST', '/api/report', 'operator'],
    ['GET', '/healthz', 'anybody'],
    ['GET', '/readyz', 'anybody'],
  ];

  it.each(paths)('%s %s is for %s', async (method, path, role) => {
    const ask = async (harness: Harness, token?: string): Promise<number> =>
      (
        await send(harness.url, path, {
          method,
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        })
      ).status;
    const allowed = { anybody: 3, viewer: 2, operator: 1 }[role as 'viewer'];
    const refused = (status: number): boolean => status === 401 || status === 403;
    expect(refused(await ask(guarded))).toBe(allowed < 3);
    expect(refused(await ask(guarded, 'wrong-token-0123456789'))).toBe(allowed < 3);
    expect(refused(await ask(guarded, VIEWER))).toBe(allowed < 2);
    expect(refused(await ask(guarded, OPERATOR))).toBe(false);
    expect(refused(await ask(open))).toBe(false);
  });

  it('takes tokens as Scope’s probes and as browsers’ sockets send them', async () => {
    for (const authorization of [
      `Scope-Probe token=${VIEWER}`,
      `Basic ${Buffer.from(`someone:${VIEWER}`).toString('base64')}`,
    ]) {
      expect((await send(guarded.url, '/api', { headers: { authorization } })).status).toBe(200);
    }
    const live = `${guarded.url.replace('http', 'ws')}${API_PREFIX}/views/processes/live`;
    expect(await firstEvent(new WebSocket(live, [`bearer.${VIEWER}`]))).toBe('message');
    expect(await firstEvent(new WebSocket(live, ['bearer.nonsense']))).toBe('error');
    expect(await firstEvent(new WebSocket(live))).toBe('error');
  });

  it('listens on loopback only, unless there are tokens', async () => {
    const { ridgeline } = open;
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.org', '127.example.org']) {
      await expect(startServer({ ridgeline, listen: { host, port: 0 } })).rejects.toMatchObject({
        name: 'ServerRefusal',
      });
      expect(isLoopback(host)).toBe(false);
    }
    const taken = { ridgeline, listen: { host: '127.0.0.1', port: open.server.port } };
    await expect(startServer(taken)).rejects.toMatchObject({ message: expect.stringContaining('is taken') });
  });

  it('refuses foreign hosts and origins, also for sockets', async () => {
    const { port } = open.server;
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await send(open.url, '/api', { headers })).status;
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, '10.0.0.7'])
      expect(await status({ host })).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost@evil'])
      expect(await status({ host })).toBe(403);
    const host = `localhost:${port}`;
    expect(await status({ host, origin: `http://${host}` })).toBe(200);
    for (const origin of ['http://evil.example', 'null', `http://localhost:${port + 1}`, 'http://localhost'])
      expect(await status({ host, origin })).toBe(403);
    const live = `${open.url.replace('http', 'ws')}${API_PREFIX}/views/processes/live`;
    expect(await firstEvent(new WebSocket(live, { origin: 'http://evil.example' }))).toBe('error');
    const scope = `${open.url.replace('http', 'ws')}/api/topology/processes/ws`;
    expect(await firstEvent(new WebSocket(scope, { origin: 'http://evil.example' }))).toBe('error');
    expect(await firstEvent(new WebSocket(scope, { origin: open.url }))).toBe('message');
  });

  it('takes nothing in when it is read-only', async () => {
    const harness = await startHarness({ readOnly: true });
    try {
      for (const path of ['/api/report', `${API_PREFIX}/reports`])
        expect((await send(harness.url, path, { method: 'POST' })).status).toBe(403);
    } finally {
      await harness.close();
    }
  });
});

describe('tokens', () => {
  it('come from a file or the environment, and mistakes never show them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ridgeline-'));
    const file = join(folder, 'tokens');
    try {
      writeFileSync(file, `# tokens\n\nviewer = ${VIEWER}\n`);
      const env = { RIDGELINE_VIEWER_TOKEN: 'from-the-environment', RIDGELINE_OPERATOR_TOKEN: OPERATOR };
      expect(readTokens({ file, env })).toEqual({ viewer: VIEWER, operator: OPERATOR });
      writeFileSync(file, 'viewer=short\n');
      expect(() => readTokens({ file, env: {} })).toThrow(/tokens:1: .*less than 16/);
      writeFileSync(file, `${VIEWER}\n`);
      expect(() => readTokens({ file, env: {} })).toThrow(/^((?!viewer-token).)*$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('addresses', () => {
  it.each([
    ['4040', { host: '127.0.0.1', port: 4040 }],
    ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
    ['[::1]:4040', { host: '::1', port: 4040 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    ['127.0.0.1', undefined],
    ['127.0.0.1:70000', undefined],
    ['::1:4040', undefined],
    ['', undefined],
  ])('%s', (text, address) => {
    expect(parseListenAddress(text)).toEqual(address);
  });
});

describe('hostile input', () => {
  const LIMIT = 100_000;
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({ bodyBytes: LIMIT });
    feedCluster(harness.ridgeline, makeCluster(SHAPE));
  });

  afterAll(async () => {
    await harness.close();
  });

  it('is answered with 4xx, whatever the query', async () => {
    const names = [
      'filter',
      'option',
      'orphans',
      'raw',
      'from',
      'to',
      'at',
      'text',
      'view',
      'epoch',
      't',
      'system',
    ];
    const bases = [
      ...routes
        .filter((route) => route.method === 'GET' && !['events', 'socket'].includes(route.answers))
        .map((route) => API_PREFIX + route.path.replace('{view}', 'processes').replace('{id}', 'x')),
      '/api/topology',
      '/api/topology/hosts',
      '/api/probes',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bases),
        fc.array(fc.tuple(fc.constantFrom(...names), fc.string({ unit: 'binary' })), { maxLength: 4 }),
        fc.string({ maxLength: 8 }),
        async (base, query, tail) => {
          const text = query.map(([key, value]) => `${key}=${escapeLoosely(value)}`).join('&');
          const { status } = await send(harness.url, `${base}?${text}&${escapeLoosely(tail)}`);
          expect(status).toBeGreaterThanOrEqual(200);
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('is answered with 4xx, whatever the body', async () => {
    const whole = Buffer.from(
      JSON.stringify({ Endpoint: { nodes: { ';1.2.3.4;80': { id: ';1.2.3.4;80' } } } }),
    );
    const types = ['application/json', 'application/msgpack', 'text/plain', ''];
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated(whole), mutated(gzipSync(whole))),
        fc.constantFrom(...types),
        fc.constantFrom('gzip', 'identity', 'deflate, gzip'),
        fc.constantFrom('/api/report', `${API_PREFIX}/reports`),
        async (body, type, encoding, path) => {
          const headers = { 'content-type': type, 'content-encoding': encoding };
          const { status, text } = await send(harness.url, path, { method: 'POST', headers, body });
          expect(status, text).toBeLessThan(500);
          expect(text).not.toMatch(/\n\s+at .*\.ts/);
        },
      ),
      { numRuns: Math.min(RUNS, 150) },
    );
    expect((await send(harness.url, '/healthz')).status).toBe(200);
  });

  it('does not unzip more than it would take', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * LIMIT));
    expect(bomb.length).toBeLessThan(LIMIT);
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const other = await startHarness({ bodyBytes: LIMIT });
    try {
      const zipped = await send(other.url, '/api/report', { method: 'POST', headers, body: bomb });
      expect(zipped).toMatchObject({ status: 413, text: expect.stringContaining('when unzipped') });
      const plain = { 'content-type': 'application/json' };
      const body = Buffer.alloc(LIMIT + 1);
      expect((await send(other.url, '/api/report', { method: 'POST', headers: plain, body })).status).toBe(
        413,
      );
      // Zipped, but not said to be: it is found out, and the same limit is kept.
      const hidden = await send(other.url, '/api/report', { method: 'POST', headers: plain, body: bomb });
      expect(hidden.status).toBe(413);
    } finally {
      await other.close();
    }
  });

  it('slows down who posts too fast', async () => {
    const other = await startHarness();
    try {
      const statuses: number[] = [];
      while (!statuses.includes(429) && statuses.length < 5000) {
        const headers = { 'content-type': 'text/plain' };
        statuses.push((await send(other.url, '/api/report', { method: 'POST', headers })).status);
      }
      expect(statuses.at(-1)).toBe(429);
      expect(statuses.length).toBeGreaterThan(200);
      expect((await send(other.url, '/api')).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('may not dawdle over its head, and keeps nobody waiting meanwhile', async () => {
    const ends = Array.from(
      { length: 20 },
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(harness.server.port, '127.0.0.1', () => {
            socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
          });
          socket.on('data', () => {});
          socket.on('error', () => {});
          socket.on('close', () => resolve());
        }),
    );
    expect((await send(harness.url, '/healthz')).status).toBe(200);
    await Promise.all(ends);
  });

  it('ends at the socket, and other readers stay', async () => {
    const live = `${harness.url.replace('http', 'ws')}${API_PREFIX}/views/processes/live`;
    const reader = new WebSocket(live);
    expect(await firstEvent(reader, false)).toBe('message');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.constant(Buffer.from('GET / HTTP/1.1\r\n\r\n'))),
        (bytes) => sendRaw(harness.server.port, bytes),
      ),
      { numRuns: Math.min(RUNS, 100) },
    );
    const large = new WebSocket(live);
    await firstEvent(large, false);
    const closed = new Promise<number>((resolve) => large.once('close', resolve));
    large.on('error', () => {});
    large.send(Buffer.alloc(10 * 65_536));
    expect(await closed).toBe(1009);
    expect(reader.readyState).toBe(WebSocket.OPEN);
    const message = new Promise((resolve) => reader.once('message', resolve));
    feedCluster(harness.ridgeline, { ...makeCluster({ ...SHAPE, seed: 8 }), age: 5 });
    await message;
    reader.terminate();
  });
});

/** Escapes what no request line may hold, and leaves broken escapes as they are. */
function escapeLoosely(text: string): string {
  return text.replace(/[^!-~]|[#]/gu, (char) => {
    try {
      return encodeURIComponent(char);
    } catch {
      return '%ED%A0%80';
    }
  });
}

/** A document with some of its bytes changed, or cut. */
function mutated(whole: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.nat(whole.length),
    )
    .map(([changes, length]) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes.subarray(0, Math.max(1, length));
    });
}

/** Sends bytes to the server and waits until it has said something or hung up. */
function sendRaw(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}

function firstEvent(socket: WebSocket, ends = true): Promise<'message' | 'error' | 'close'> {
  return new Promise((resolve) => {
    for (const name of ['message', 'error', 'close'] as const) {
      socket.once(name, () => {
        resolve(name);
        if (ends) socket.terminate();
      });
    }
    socket.on('error', () => {});
  });
}
