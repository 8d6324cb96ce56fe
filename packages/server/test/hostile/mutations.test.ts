import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { API_PREFIX, routes } from '@ridgeline/client/schema';
import { reportToJson } from '@ridgeline/core';
import { makeCluster } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { encodeMsgpack } from '../../src/scope/msgpack.ts';
import { feedCluster, type Harness, SHAPE, startHarness } from '../harness.ts';
import { frames, mutatedBytes, mutatedJson } from './mutations.ts';
import { addressOf, escapeLoosely, send, sendRaw } from './send.ts';

const RUNS = Number(process.env.LAWS_RUNS ?? 200);
const SEED = process.env.LAWS_SEED === undefined ? {} : { seed: Number(process.env.LAWS_SEED) };
const LIMIT = 1_000_000;
const settings = { numRuns: RUNS, ...SEED };
const timeout = 30_000 + 100 * RUNS;

describe('hostile input', () => {
  let harness: Harness;
  let reader: WebSocket;
  let heard = 0;
  let age = 1;

  beforeAll(async () => {
    harness = await startHarness({ bodyBytes: LIMIT });
    feedCluster(harness.ridgeline, makeCluster(SHAPE));
    reader = new WebSocket(`${harness.url.replace('http', 'ws')}${API_PREFIX}/views/processes/live`);
    reader.on('message', () => heard++);
    await vi.waitFor(() => expect(heard).toBeGreaterThan(0));
  });

  afterAll(async () => {
    reader.terminate();
    await harness.close();
  });

  beforeEach(() => {
    expect(reader.readyState).toBe(WebSocket.OPEN);
  });

  /** An honest reader is told of a change, and each view can still be rendered. */
  const expectHealthy = async (): Promise<void> => {
    const before = heard;
    feedCluster(harness.ridgeline, { ...makeCluster({ ...SHAPE, seed: 7 + age }), age: ++age });
    await vi.waitFor(() => expect(heard).toBeGreaterThan(before));
    expect(reader.readyState).toBe(WebSocket.OPEN);
    for (const path of ['/healthz', '/api/topology', `${API_PREFIX}/views`, '/api/report', '/metrics']) {
      const { status, text } = await send(harness.url, path);
      expect(status, `${path}: ${text}`).toBe(200);
    }
    for (const view of harness.ridgeline.engine.registry.views.keys()) {
      const { status, text } = await send(harness.url, `${API_PREFIX}/views/${view}/snapshot?orphans=keep`);
      expect(status, `${view}: ${text}`).toBe(200);
    }
  };

  it('is answered with 4xx, whatever the query', { timeout }, async () => {
    const names = ['filter', 'option', 'orphans', 'raw', 'from', 'to', 'at', 'text', 'view', 'epoch', 't'];
    const words = fc.constantFrom(
      'name',
      'degree',
      '=',
      '~',
      'and',
      '(',
      ')',
      'not',
      '"',
      '(((((',
      'in',
      '$a',
      '[',
      'NaN',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
    );
    const bases = [
      ...routes
        .filter((route) => route.method === 'GET' && !['events', 'socket'].includes(route.answers))
        .map((route) => API_PREFIX + route.path.replace('{view}', 'processes').replace('{id}', 'x')),
      '/api/topology',
      '/api/topology/hosts',
      '/api/topology/processes/x',
      '/api/probes',
      '/',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bases),
        fc.array(fc.tuple(fc.constantFrom(...names, 'system', 'theme', 'format'), value), { maxLength: 4 }),
        fc.string({ maxLength: 8 }),
        async (base, query, tail) => {
          const text = query.map(([key, item]) => `${key}=${escapeLoosely(item)}`).join('&');
          const answer = await send(harness.url, `${base}?${text}&${escapeLoosely(tail)}`);
          expect(answer.status, answer.text).toBeGreaterThanOrEqual(200);
          expect(answer.status, answer.text).toBeLessThan(500);
          expect(answer.text).not.toMatch(/\n\s+at .*\.[tj]s:\d/);
        },
      ),
      settings,
    );
    await expectHealthy();
  });

  it('is answered with 4xx, whatever the body', { timeout }, async () => {
    const report = reportToJson(harness.ridgeline.engine.report) as never as Record<string, never>;
    const ours = { ...report, origin: { source: 'hand', host: 'h' } } as never;
    const scope = JSON.parse((await send(harness.url, '/api/report')).text) as never;
    const packed = encodeMsgpack(scope);
    const bodies = fc.oneof(
      fc.record({
        path: fc.constant(`${API_PREFIX}/reports`),
        body: mutatedJson(ours).map((text) => Buffer.from(text)),
      }),
      fc.record({
        path: fc.constant('/api/report'),
        body: mutatedJson(scope).map((text) => Buffer.from(text)),
      }),
      fc.record({
        path: fc.constant('/api/report'),
        body: mutatedBytes(packed),
        type: fc.constant('application/msgpack'),
      }),
      fc.record({
        path: fc.constant('/api/report'),
        body: mutatedBytes(gzipSync(packed)),
        type: fc.constant('application/msgpack'),
        encoding: fc.constant('gzip'),
      }),
      fc.record({
        path: fc.constantFrom('/api/report', `${API_PREFIX}/reports`),
        body: fc.uint8Array({ maxLength: 300 }),
        type: fc.constantFrom('application/json', 'application/msgpack', 'text/plain', ''),
        encoding: fc.constantFrom('gzip', 'identity', 'deflate, gzip'),
      }),
    ) as fc.Arbitrary<{ path: string; body: Uint8Array; type?: string; encoding?: string }>;
    let sent = 0;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(bodies, async ({ path, body, type = 'application/json', encoding = 'identity' }) => {
        const { status, text } = await send(harness.url, path, {
          method: 'POST',
          headers: {
            'content-type': type,
            'content-encoding': encoding,
            'x-scope-probe-id': `probe-${sent % 3}`,
          },
          body,
          localAddress: addressOf(sent++),
        });
        expect(status, text).toBeGreaterThanOrEqual(200);
        expect(status, text).toBeLessThan(429);
        expect(text).not.toMatch(/\n\s+at .*\.[tj]s:\d/);
        if (status === 200) taken++;
        // What was taken must not break what others ask for.
        if (status === 200 && taken % 20 === 1) await expectHealthy();
      }),
      settings,
    );
    expect(taken).toBeGreaterThan(0);
    await expectHealthy();
  });

  it('is answered with 4xx or hung up on, whatever the headers', { timeout }, async () => {
    const { port } = harness.server;
    let answered = 0;
    const name = fc.constantFrom(
      'Host',
      'Origin',
      'Authorization',
      'Content-Length',
      'Transfer-Encoding',
      'Content-Encoding',
      'Content-Type',
      'Accept-Encoding',
      'If-None-Match',
      'Upgrade',
      'Connection',
      'Sec-WebSocket-Key',
      'Sec-WebSocket-Version',
      'Sec-WebSocket-Protocol',
      'Sec-WebSocket-Extensions',
      'Last-Event-ID',
      'X-Scope-Probe-ID',
      'Expect',
      'Range',
      'Cookie',
      'A:b',
      '',
    );
    const known = fc.constantFrom(
      'websocket',
      'Upgrade',
      'chunked',
      'gzip',
      '100-continue',
      '-1',
      '99999999999999999999',
      'Bearer ',
      'Basic %%%',
      'permessage-deflate; server_max_window_bits=99',
      'permessage-deflate; server_max_window_bits=9',
      'dGhlIHNhbXBsZSBub25jZQ==',
      '13',
      'localhost',
      'http://evil.example',
      '127.0.0.1',
      'x'.repeat(20_000),
    );
    const value = fc.oneof(known, known, fc.string({ unit: 'binary' }), fc.string());
    const method = fc.constantFrom(
      'GET',
      'GET',
      'POST',
      'HEAD',
      'OPTIONS',
      'PUT',
      'DELETE',
      'CONNECT',
      'TRACE',
      'get',
      'BREW',
    );
    const target = fc.constantFrom(
      '/api',
      '/api/report',
      '/api/topology/processes/ws',
      '/api/v1/views/processes/live',
      '/api/v1/views/processes/snapshot',
      '/api/v1/reports',
      '*',
      'http://evil.example/',
      '/%',
      '//',
      '/../../etc/passwd',
      '/assets/..%2f..%2fpackage.json',
      `/${'x'.repeat(9000)}`,
    );
    const version = fc.constantFrom(
      'HTTP/1.1',
      'HTTP/1.1',
      'HTTP/1.1',
      'HTTP/1.0',
      'HTTP/2.0',
      'HTTP/9',
      'FTP/1',
    );
    await fc.assert(
      fc.asyncProperty(
        method,
        target,
        version,
        fc.array(fc.tuple(name, value), { maxLength: 8 }),
        fc.boolean(),
        async (verb, path, spoken, headers, hasHost) => {
          const lines = headers.map(([key, text]) => `${key}: ${text}\r\n`).join('');
          const host = hasHost ? `Host: 127.0.0.1:${port}\r\n` : '';
          const text = `${verb} ${path} ${spoken}\r\n${host}${lines}\r\n`;
          const answer = await sendRaw(port, Buffer.from(text, 'utf8'));
          if (answer !== '') {
            answered++;
            expect(answer.slice(0, 60)).toMatch(/^HTTP\/1\.1 [1-4]\d\d /);
          }
          expect(answer).not.toMatch(/\n\s+at .*\.[tj]s:\d/);
        },
      ),
      settings,
    );
    // Most are told why; a test to which nobody answers tells nothing.
    expect(answered).toBeGreaterThan(RUNS / 2);
    await expectHealthy();
  });

  it('ends at the socket, whatever the frame', { timeout }, async () => {
    const { port } = harness.server;
    let upgraded = 0;
    const upgrade = (path: string): string =>
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
      'Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n';
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/api/v1/views/processes/live', '/api/topology/processes/ws?t=1s'),
        fc.array(fc.oneof(frames(), frames(), fc.uint8Array({ maxLength: 60 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (path, parts) => {
          const answer = await sendRaw(port, Buffer.concat([Buffer.from(upgrade(path)), ...parts]));
          if (answer !== '') {
            if (answer.startsWith('HTTP/1.1 101')) upgraded++;
            expect(answer.slice(0, 60)).toMatch(/^HTTP\/1\.1 (101|4\d\d) /);
          }
        },
      ),
      settings,
    );
    expect(upgraded).toBeGreaterThan(RUNS / 2);
    await vi.waitFor(async () => {
      // Who was hung up on costs nothing any more.
      const { text } = await send(harness.url, '/metrics');
      expect(/^ridgeline_readers (\d+)$/m.exec(text)?.[1]).toBe('1');
    });
    await expectHealthy();
  });
});
