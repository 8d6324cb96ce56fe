import { API_PREFIX, type Route, routes } from '@ridgeline/client/schema';
import { test as compare, compilePolicy, reportToJson } from '@ridgeline/core';
import { createRidgeline, viewingPlugins } from '@ridgeline/runtime';
import { churnCluster, makeCluster } from '@ridgeline/testkit';
import { policyRules } from '@ridgeline/vocabulary';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { feedCluster, type Harness, SHAPE, startHarness } from './harness.ts';

// Every route is asked, in every form in which it answers; what it says must be what the OpenAPI document says.

const TOKENS = { viewer: 'viewer-token-0123456789', operator: 'operator-token-0123456789' };

interface Media {
  readonly schema: { readonly $ref?: string };
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

describe.each(['viewer', 'operator'] as const)('what the API answers to a %s', (role) => {
  let harness: Harness;
  let document: Document;
  let cluster = makeCluster(SHAPE);
  const ajv = new Ajv2020({ strict: false });
  const headers = { authorization: `Bearer ${TOKENS[role]}` };

  beforeAll(async () => {
    const ridgeline = createRidgeline({ plugins: viewingPlugins(), host: 'test' });
    // What a viewer is answered under a policy is of the same shape.
    const hide = [{ topology: 'process', filter: compare('name', '=', 'redis') }];
    const viewer = compilePolicy({ hide, redact: [] }, ridgeline.engine.registry.environment, policyRules);
    harness = await startHarness({ ridgeline, tokens: TOKENS, policies: { viewer } });
    feedCluster(ridgeline, cluster);
    document = (await (await ask('/openapi.json')).json()) as Document;
  });

  afterAll(async () => {
    await harness.close();
  });

  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(harness.url + API_PREFIX + path, { ...init, headers });

  /** Checks a value against the schema of a route's answer. */
  function check(route: Route, status: string, type: string, value: unknown): void {
    const operation = document.paths[API_PREFIX + route.path]?.[route.method.toLowerCase()];
    const schema = operation?.responses[status]?.content?.[type]?.schema;
    expect(schema, `${route.id} ${status} ${type}`).toBeDefined();
    expectValid(schema?.$ref === undefined ? (schema as object) : component(schema.$ref), value, route.id);
  }

  function component(ref: string): object {
    return document.components.schemas[ref.split('/').at(-1) ?? ''] as object;
  }

  function expectValid(schema: object, value: unknown, what: string): void {
    const validate = ajv.compile(schema);
    expect(validate(value), `${what}: ${ajv.errorsText(validate.errors)}`).toBe(true);
  }

  /** Paths of a route: those that succeed, and one that does not. */
  async function pathsOf(route: Route): Promise<{ readonly good: readonly string[]; readonly bad: string }> {
    const snapshot = await (await ask('/views/processes/snapshot')).json();
    const { nodes } = snapshot as { nodes: readonly { id: string; adjacency: readonly string[] }[] };
    const tail = nodes.find((node) => node.adjacency.some((to) => to !== node.id));
    const head = tail?.adjacency.find((to) => to !== tail.id) ?? '';
    const edge = `from=${encodeURIComponent(tail?.id ?? '')}&to=${encodeURIComponent(head)}`;
    const queries: Readonly<Record<string, readonly string[]>> = {
      edge: [edge],
      check: ['text=name', 'text=nmae%20%3D%201'],
      complete: [
        'view=processes&text=name%20%3D%20',
        'view=processes&text=na',
        'view=containers&text=label.',
      ],
      hidden: ['filter=not%20name%20%3D%20nginx', 'raw=true&orphans=drop'],
      snapshot: ['', 'filter=name%20%3D%20nginx&orphans=keep', 'raw=true'],
      export: ['json', 'dot', 'mermaid', 'svg'].map((format) => `format=${format}`),
    };
    const path = (view: string, id: string): string =>
      route.path.replace('{view}', view).replace('{id}', encodeURIComponent(id));
    return {
      good: (queries[route.id] ?? ['']).map((query) => `${path('processes', tail?.id ?? '')}?${query}`),
      bad: route.path.includes('{view}') ? `${path('nowhere', 'x')}?${edge}` : `${path('', '')}?nobody=asks`,
    };
  }

  const reading = routes.filter(
    ({ method, answers }) => method === 'GET' && ['json', 'text'].includes(answers),
  );
  it.each(reading.map((route) => [route.id, route] as const))('%s', async (_, route) => {
    const { good, bad } = await pathsOf(route);
    for (const path of good) {
      const answer = await ask(path);
      expect(answer.status, path).toBe(200);
      const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
      check(route, '200', type, type === 'application/json' ? await answer.json() : await answer.text());
    }
    const refused = await ask(bad);
    expect(refused.status, bad).toBeGreaterThanOrEqual(400);
    expect(refused.status, bad).toBeLessThan(500);
    check(route, 'default', 'application/json', await refused.json());
  });

  it.each(routes.filter(({ method }) => method === 'POST').map((route) => [route.id, route] as const))(
    '%s',
    async (_, route) => {
      const report = reportToJson(harness.ridgeline.engine.report);
      const body = JSON.stringify({ ...report, origin: { source: 'hand', host: 'h' } });
      const answer = await ask(route.path, { method: 'POST', body });
      expect(answer.status).toBe(role === 'operator' ? 200 : 403);
      check(route, role === 'operator' ? '200' : 'default', 'application/json', await answer.json());
      const refused = await ask(route.path, { method: 'POST', body: '{' });
      check(route, 'default', 'application/json', await refused.json());
    },
  );

  it.each(routes.filter(({ answers }) => answers === 'socket').map((route) => [route.id, route] as const))(
    '%s',
    async (_, route) => {
      const url = harness.url.replace('http', 'ws') + API_PREFIX + route.path.replace('{view}', 'processes');
      const socket = new WebSocket(url, { headers });
      const messages: unknown[] = [];
      socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
      await vi.waitFor(() => expect(messages).toHaveLength(1));
      cluster = churnCluster(cluster, 0.3);
      feedCluster(harness.ridgeline, cluster);
      await vi.waitFor(() => expect(messages.length).toBeGreaterThan(1));
      socket.terminate();
      for (const message of messages) expectValid(component('LiveMessage'), message, route.id);
      expect(messages.map((message) => (message as { kind: string }).kind).slice(0, 2)).toEqual([
        'reset',
        'patch',
      ]);
      const refused = await ask(route.path.replace('{view}', 'processes'));
      check(route, 'default', 'application/json', await refused.json());
    },
  );

  it.each(routes.filter(({ answers }) => answers === 'events').map((route) => [route.id, route] as const))(
    '%s',
    async (_, route) => {
      const abort = new AbortController();
      const answer = await ask(route.path.replace('{view}', 'processes'), { signal: abort.signal });
      const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
      let text = '';
      const decoder = new TextDecoder();
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        if (text.includes('\n\n')) break;
      }
      abort.abort();
      check(route, '200', type, JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? ''));
      const refused = await ask(route.path.replace('{view}', 'nowhere'));
      check(route, 'default', 'application/json', await refused.json());
    },
  );

  it('leaves no route out', () => {
    const kinds = routes.map(({ method, answers }) => `${method} ${answers}`);
    expect([...new Set(kinds)].sort()).toEqual([
      'GET events',
      'GET json',
      'GET socket',
      'GET text',
      'POST json',
    ]);
    const described = Object.values(document.paths).flatMap((operations) => Object.keys(operations));
    expect(described).toHaveLength(routes.length);
  });
});
