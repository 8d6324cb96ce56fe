import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.ts';

const SCRIPT = `export const answer = 42;\n${'// padding that packs well\n'.repeat(200)}`;

/** What came back, bytes as they came. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

describe('the page', () => {
  let folder: string;
  let harness: Harness;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ridgeline-page-'));
    mkdirSync(join(folder, 'page/assets'), { recursive: true });
    writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>Ridgeline</title>');
    writeFileSync(join(folder, 'page/assets/index-a1b2c3.js'), SCRIPT);
    writeFileSync(join(folder, 'secret.json'), '{"secret":true}');
    harness = await startHarness({ page: join(folder, 'page') });
  });

  afterEach(async () => {
    await harness.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** `fetch` would unpack bodies and tidy paths. */
  function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { port } = harness.server;
    return new Promise((resolve, reject) => {
      request(
        { host: '127.0.0.1', port, path, headers: { host: `127.0.0.1:${port}`, ...headers } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
          );
        },
      )
        .on('error', reject)
        .end();
    });
  }

  it('is served at / with a policy that allows no script but its own, and is asked for anew each time', async () => {
    const { status, headers, body } = await get('/');
    expect(status).toBe(200);
    expect(body.toString()).toContain('<title>Ridgeline</title>');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('lets browsers keep what has a hash in its name', async () => {
    const { headers } = await get('/assets/index-a1b2c3.js');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toContain('immutable');
  });

  it('answers 304 to who holds the file, whichever of several it holds', async () => {
    const first = await get('/');
    const tag = String(first.headers.etag);
    const again = await get('/', { 'if-none-match': `"other", W/${tag}` });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each([
    ['br', 'gzip, deflate, br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip', 'br;q=0, gzip', gunzipSync],
    [undefined, 'identity', (bytes: Buffer) => bytes],
  ] as const)('is packed once, as %s, for who accepts %s', async (packing, accepted, unpack) => {
    const { headers, body } = await get('/assets/index-a1b2c3.js', { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(packing);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(unpack(body).toString()).toBe(SCRIPT);
  });

  it('has another tag for each packing', async () => {
    const tags = await Promise.all(
      ['br', 'gzip', ''].map(
        async (accepted) => (await get('/', { 'accept-encoding': accepted })).headers.etag,
      ),
    );
    expect(new Set(tags).size).toBe(3);
  });

  it.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/assets/',
    '/assets/index-other.js',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('secret');
  });

  it('is for anybody, where the API wants a token', async () => {
    await harness.close();
    harness = await startHarness({ page: join(folder, 'page'), tokens: { viewer: 'look'.repeat(8) } });
    expect((await get('/')).status).toBe(200);
    expect((await get('/api/v1/views')).status).toBe(401);
  });

  it('is refused under a name that the server is not known by', async () => {
    expect((await get('/', { host: 'evil.example' })).status).toBe(403);
  });

  it('says how to get one where none was built, and the API works', async () => {
    await harness.close();
    harness = await startHarness({ page: join(folder, 'nowhere') });
    const { status, body } = await get('/');
    expect(status).toBe(503);
    expect(body.toString()).toContain('npm run build');
    expect((await get('/api/v1/views')).status).toBe(200);
  });
});
