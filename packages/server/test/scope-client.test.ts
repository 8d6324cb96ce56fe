import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@ridgeline/client';
import { churnCluster, makeCluster } from '@ridgeline/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { parseGoDuration } from '../src/scope/duration.ts';
import { encodeMsgpack } from '../src/scope/msgpack.ts';
import { feedCluster, type Harness, SHAPE, startHarness } from './harness.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const recorded = resolve(root, process.env.RIDGELINE_CONFORMANCE ?? '../shared/conformance');

/** A node in the shape that Scope's clients know. */
interface ScopeNode {
  readonly id: string;
}

interface ScopeMessage {
  readonly add: readonly ScopeNode[] | null;
  readonly update: readonly ScopeNode[] | null;
  readonly remove: readonly string[] | null;
  readonly reset?: true;
}

describe('a client that only knows Scope', () => {
  let harness: Harness;
  let cluster = makeCluster(SHAPE);

  beforeAll(async () => {
    harness = await startHarness();
    feedCluster(harness.ridgeline, cluster);
  });

  afterAll(async () => {
    await harness.close();
  });

  const get = async (path: string): Promise<unknown> => (await fetch(harness.url + path)).json();

  it('lists, gets and looks at nodes', async () => {
    expect(await get('/api')).toMatchObject({ capabilities: { historic_reports: false }, version: '1.2.3' });
    const list = (await get('/api/topology')) as { url: string; sub_topologies?: { url: string }[] }[];
    const urls = list.flatMap((entry) => [entry.url, ...(entry.sub_topologies ?? []).map((sub) => sub.url)]);
    expect(urls).toContain('/api/topology/containers-by-image');
    for (const url of urls) expect(await get(url)).toHaveProperty('nodes');
    const { nodes } = (await get('/api/topology/processes')) as { nodes: Record<string, ScopeNode> };
    const id = Object.keys(nodes).find((key) => key.startsWith('host-')) ?? '';
    expect(await get(`/api/topology/processes/${encodeURIComponent(id)}`)).toMatchObject({ node: { id } });
  });

  it.each([
    '/api/topology/nope',
    '/api/topology/nope/x',
    '/api/topology/hosts/nope',
    '/api/topology/hosts/a/b',
    '/api/nowhere',
    '/elsewhere',
  ])('is told that there is no %s', async (path) => {
    const answer = await fetch(harness.url + path);
    expect([answer.status, await answer.text()]).toEqual([404, '404 page not found\n']);
  });

  it('follows the socket, and its picture is that of a fresh request', async () => {
    const socket = new WebSocket(`${harness.url.replace('http', 'ws')}/api/topology/processes/ws?t=50ms`);
    const nodes = new Map<string, ScopeNode>();
    const messages: ScopeMessage[] = [];
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as ScopeMessage;
      if (message.reset === true) nodes.clear();
      for (const node of [...(message.add ?? []), ...(message.update ?? [])]) nodes.set(node.id, node);
      for (const id of message.remove ?? []) nodes.delete(id);
      messages.push(message);
    });
    try {
      for (let step = 0; step < 10; step++) {
        cluster = churnCluster(cluster, 1);
        feedCluster(harness.ridgeline, cluster);
        const { length } = messages;
        await vi.waitFor(() => expect(messages.length).toBeGreaterThan(length), { interval: 5 });
      }
      // With a parameter the defaults of options hold, as they do for the socket's `t`.
      const fresh = (await get('/api/topology/processes?t=50ms')) as { nodes: Record<string, ScopeNode> };
      await vi.waitFor(() => expect(Object.fromEntries(nodes)).toEqual(fresh.nodes));
      expect(messages.map((message) => message.reset === true)).toEqual(messages.map((_, n) => n === 0));
      expect(messages.some((message) => message.remove !== null)).toBe(true);
    } finally {
      socket.terminate();
    }
  });

  it('is refused a bad interval before the upgrade, and closed on for an unknown view', async () => {
    const base = `${harness.url.replace('http', 'ws')}/api/topology`;
    const bad = new WebSocket(`${base}/processes/ws?t=soon`);
    expect(await new Promise((done) => bad.on('error', (error) => done(error.message)))).toContain('400');
    const unknown = new WebSocket(`${base}/nope/ws`);
    const heard: string[] = [];
    unknown.on('message', () => heard.push('message'));
    await new Promise((done) => unknown.on('close', done));
    expect(heard).toEqual([]);
  });

  it('posts what the server gives out, as JSON and as msgpack', async () => {
    const json = await get('/api/report');
    const packed = await fetch(`${harness.url}/api/report`, { headers: { accept: 'application/msgpack' } });
    expect(Buffer.from(await packed.arrayBuffer()).equals(encodeMsgpack(json))).toBe(true);
    const bodies = { 'application/json': JSON.stringify(json), 'application/msgpack': encodeMsgpack(json) };
    for (const [type, body] of Object.entries(bodies)) {
      const other = await startHarness();
      try {
        const answer = await fetch(`${other.url}/api/report`, {
          method: 'POST',
          headers: { 'content-type': type, 'x-scope-probe-id': 'abc' },
          body: body as never,
        });
        expect([answer.status, await answer.text()]).toEqual([200, '']);
        const theirs = (await (await fetch(`${other.url}/api/topology/processes`)).json()) as {
          nodes: object;
        };
        const ours = (await get('/api/topology/processes')) as { nodes: object };
        expect(Object.keys(theirs.nodes)).toEqual(Object.keys(ours.nodes));
      } finally {
        await other.close();
      }
    }
  });

  it.skipIf(!existsSync(resolve(recorded, 'decode')))(
    'posts a recorded sequence, and it is shown',
    async () => {
      const other = await startHarness();
      try {
        for (const [name, probe] of [
          ['post-1', 'alpha'],
          ['post-3', 'gamma'],
          ['post-5', 'alpha'],
        ] as const) {
          const answer = await fetch(`${other.url}/api/report`, {
            method: 'POST',
            headers: {
              'content-type': 'application/msgpack',
              'content-encoding': 'gzip',
              authorization: 'Scope-Probe token=',
              'x-scope-probe-id': probe,
            },
            body: readFileSync(resolve(recorded, `decode/${name}.msgpack.gz`)) as never,
          });
          expect(answer.status, name).toBe(200);
        }
        const { nodes } = (await (await fetch(`${other.url}/api/topology/processes`)).json()) as {
          nodes: object;
        };
        expect(Object.keys(nodes).length).toBeGreaterThan(0);
        const shown = async (view: string): Promise<readonly string[]> =>
          Object.keys(
            ((await (await fetch(`${other.url}/api/topology/${view}`)).json()) as { nodes: object }).nodes,
          );
        expect(await shown('hosts')).toEqual(
          expect.arrayContaining(['alpha.lab.test;<host>', 'gamma.lab.test;<host>']),
        );
        expect((await shown('containers')).filter((id) => id.endsWith(';<container>'))).toHaveLength(8);
        const ours = await createClient({ url: other.url }).snapshot('hosts', { orphans: 'keep' });
        expect(ours.nodes.map((node) => node.id)).toEqual(
          expect.arrayContaining(['alpha.lab.test;<host>', 'gamma.lab.test;<host>']),
        );
      } finally {
        await other.close();
      }
    },
  );

  it('is told as a JSON text what is wrong with its report', async () => {
    const post = (type: string, body: string): Promise<Response> =>
      fetch(`${harness.url}/api/report`, { method: 'POST', headers: { 'content-type': type }, body });
    const typed = await post('text/plain', '{}');
    expect([typed.status, await typed.json()]).toEqual([400, 'Unsupported Content-Type: text/plain']);
    const broken = await post('application/json', '{');
    expect([broken.status, await broken.json()]).toEqual([400, expect.stringContaining('no JSON')]);
  });
});

describe('durations of Go', () => {
  it.each([
    ['1s', 1000],
    ['500ms', 500],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['1', undefined],
    ['0s', undefined],
    ['-1s', undefined],
    ['', undefined],
    ['1 s', undefined],
  ])('%s', (text, millis) => {
    expect(parseGoDuration(text)).toBe(millis);
  });
});
