import { createClient } from '@ridgeline/client';
import { API_PREFIX, routes } from '@ridgeline/client/schema';
import {
  type FilterExpr,
  makeReport,
  type NamedFilter,
  type NodeId,
  parseFilter,
  reportToJson,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { FilterReader } from '@ridgeline/runtime';
import { churnCluster, makeCluster } from '@ridgeline/testkit';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../src/index.ts';
import { feedCluster, type Harness, SHAPE, startHarness } from './harness.ts';

describe('our API', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness();
    feedCluster(harness.ridgeline, makeCluster(SHAPE));
  });

  afterAll(async () => {
    await harness.close();
  });

  const client = (): ReturnType<typeof createClient> => createClient({ url: harness.url });

  it('lists what the engine has: views, options, fields, filters, sources', async () => {
    const { registry, sources } = harness.ridgeline.engine;
    const { views } = await client().views();
    expect(views.map((view) => view.name)).toEqual([...registry.views.keys()]);
    const { fields, filters } = await client().vocabulary();
    expect(fields.map((field) => field.name)).toEqual(registry.fields.list().map((field) => field.name));
    expect(filters).toHaveLength(registry.filters.size);
    expect((await client().status()).sources).toEqual(sources);
  });

  it('says how much each view shows, as its picture does, and renders nothing twice for it', async () => {
    const { views } = await client().views();
    const { engine } = harness.ridgeline;
    for (const view of views) {
      const { ledger } = await client().snapshot(view.name);
      expect(view.stats, view.name).toEqual({
        total: ledger.total,
        shown: ledger.shown,
        edges: ledger.edges.shown,
      });
    }
    const before = engine.render({ view: 'processes', filters: [] });
    await client().views();
    expect(engine.render({ view: 'processes', filters: [] })).toBe(before);
    expect(views.find((view) => view.name === 'processes')?.stats?.shown).toBeGreaterThan(0);
  });

  it('counts what each clause hides alone, and at an inner site by members, too', async () => {
    const query = { filter: ['not id ~ "0"', 'not id ~ "1"'] };
    for (const { name } of (await client().views()).views) {
      const { site, renderer } = harness.ridgeline.engine.registry.view(name);
      const isInner = site !== undefined && site !== renderer.plan;
      const { ledger } = await client().snapshot(name, query);
      expect(ledger.clauses.length, name).toBeGreaterThanOrEqual(2);
      expect(ledger.members !== undefined, name).toBe(isInner);
      for (const clause of ledger.clauses) {
        expect(clause.only, name).toBeLessThanOrEqual(ledger.filtered);
        expect(clause.members !== undefined, name).toBe(isInner);
      }
    }
  });

  it('gives the picture that the engine renders, with the defaults of options', async () => {
    const query = { filter: ['name = nginx'], orphans: 'keep' as const };
    const snapshot = await client().snapshot('processes', query);
    expect(snapshot.ledger.clauses.map((clause) => clause.text)).toContain('name = nginx');
    expect(snapshot.nodes.filter((node) => node.pseudo !== true).every((n) => n.label === 'nginx')).toBe(
      true,
    );
    const plain = await client().snapshot('processes');
    expect(plain.nodes.map((node) => node.id)).toEqual([
      ...harness.ridgeline.render({ view: 'processes' }).nodes.keys(),
    ]);
  });

  it('lists hidden nodes by the clauses that the ledger counts', async () => {
    for (const view of ['processes', 'processes-by-name', 'containers', 'containers-by-image']) {
      const { ledger, hidden } = await client().hidden(view, {
        filter: ['not name = nginx', 'not name = redis'],
      });
      expect(hidden).toHaveLength(ledger.filtered);
      expect(hidden.filter((node) => node.orphaned)).toHaveLength(ledger.orphaned);
      for (const clause of ledger.clauses) {
        expect(
          hidden.filter((node) => node.clauses.includes(clause.id)).length,
          `${view} ${clause.text}`,
        ).toBe(clause.rejected);
      }
    }
  });

  it('tells all of a node, also of a hidden one, and changes no count by it', async () => {
    const before = await client().snapshot('processes', { filter: ['name = nginx'] });
    const { hidden } = await client().hidden('processes', { filter: ['name = nginx'] });
    const id = hidden.find(({ node }) => node.pseudo !== true)?.node.id ?? '';
    const details = await client().details('processes', id, { filter: ['name = nginx'] });
    expect(details).toMatchObject({ hidden: true, node: { id } });
    expect((await client().snapshot('processes', { filter: ['name = nginx'] })).ledger).toEqual(
      before.ledger,
    );
  });

  it('shows the connections of an edge, and which source saw them', async () => {
    const { nodes } = await client().snapshot('processes');
    const from = nodes.find((node) => node.adjacency.some((to) => to !== node.id));
    const to = from?.adjacency.find((id) => id !== from.id) ?? '';
    const edge = await client().edge('processes', from?.id ?? '', to);
    expect(edge).toMatchObject({ from: { id: from?.id }, to: { id: to } });
    expect(edge.connections.length).toBeGreaterThan(0);
    expect(edge.evidence.map((evidence) => evidence.source)).toEqual(['cluster']);
    const counted = edge.connections.reduce((sum, row) => sum + row.count, 0);
    expect(edge.evidence[0]?.connections).toBe(counted);
  });

  it('shows who saw an edge between endpoints, which have no members', async () => {
    const { nodes } = await client().snapshot('endpoints');
    const from = nodes.find((node) => node.adjacency.length > 0);
    const edge = await client().edge('endpoints', from?.id ?? '', from?.adjacency[0] ?? '');
    expect(edge.evidence.map((evidence) => evidence.source)).toEqual(['cluster']);
  });

  it('says what is wrong with a filter, and what may stand in it', async () => {
    expect(await client().check('name = nginx and nmae = x')).toMatchObject({
      ok: false,
      errors: [{ code: 'unknown-field', offset: 17, length: 4 }],
    });
    expect(await client().check('name=nginx')).toEqual({ ok: true, text: 'name = nginx' });
    const names = await client().complete('processes', 'name = ngi');
    expect(names).toMatchObject({ from: 7, items: [{ text: 'nginx', kind: 'value' }] });
    const nginx = harness.ridgeline.engine.report.topologies.get('process');
    expect(names.items[0]?.count).toBeLessThanOrEqual(nginx?.size ?? 0);
    const fields = await client().complete('processes', 'not na');
    expect(fields.from).toBe(4);
    expect(fields.items.map((item) => item.text)).toContain('name');
  });

  it('completes members of families with those that there are now, and their values', async () => {
    const { ridgeline } = harness;
    const builder = new TopologyBuilder('container', ridgeline.engine.symbols, 1);
    for (const [id, team] of [
      ['a', 'shop'],
      ['b', 'shop'],
      ['c', 'ops'],
    ] as const) {
      const row = builder.row(`labelled-${id};<container>` as NodeId);
      builder.set(row, textAttribute('docker_label_team', 'x'), team);
      if (id === 'a') builder.set(row, textAttribute('docker_label_app.kubernetes.io/name', 'x'), 'cart');
    }
    const origin = { source: 'labels', host: 'h' };
    const report = makeReport({
      origin,
      symbols: ridgeline.engine.symbols,
      window: { from: 0, to: 1 },
      topologies: [builder.build()],
    });
    expect(ridgeline.ingest(origin, report, 60_000)).toBe(true);
    const members = await client().complete('containers', 'not label.');
    expect(members.from).toBe(4);
    const own = members.items.filter((item) => item.text.startsWith('label.'));
    expect(own.map(({ text, kind, count }) => [text, kind, count])).toEqual([
      ['label.team', 'field', 3],
      ['label.app.kubernetes.io/name', 'field', 1],
      ['label.', 'field', undefined],
    ]);
    const values = await client().complete('containers', 'label.team = ');
    expect(values.items).toEqual([
      { text: 'shop', kind: 'value', count: 2 },
      { text: 'ops', kind: 'value', count: 1 },
    ]);
    expect((await client().complete('containers', 'label.app.kubernetes.io/name = c')).items).toEqual([
      { text: 'cart', kind: 'value', count: 1 },
    ]);
    const counted = await client().complete('processes-by-name', 'count.');
    expect(counted.items.map((item) => item.text)).toContain('count.process');
    expect((await client().complete('hosts', 'label.')).items.map((item) => item.text)).not.toContain(
      'label.team',
    );
  });

  it('says what the config chose in the place of defaults', async () => {
    const { engine } = harness.ridgeline;
    const { settings } = engine;
    try {
      engine.settings = {
        all: { chain: [], options: { unconnected: ['show'] }, orphans: 'keep' },
        views: { containers: { chain: [], options: { stopped: ['both'] }, orphans: 'drop' } },
      };
      const { views } = await client().views();
      const chosen = (view: string, group: string): unknown =>
        views.find(({ name }) => name === view)?.options.find(({ id }) => id === group)?.configured;
      expect([chosen('processes', 'unconnected'), chosen('containers', 'stopped')]).toEqual([
        ['show'],
        ['both'],
      ]);
      expect(chosen('containers', 'system')).toBeUndefined();
      expect(views.find(({ name }) => name === 'processes')?.orphans).toBe('keep');
      expect(views.find(({ name }) => name === 'containers')?.orphans).toBe('drop');
    } finally {
      engine.settings = settings;
    }
  });

  it('knows the named filters of the config, wherever a filter may stand', async () => {
    const { registry } = harness.ridgeline.engine;
    const named = new Map<string, NamedFilter>([
      ['web', { name: 'web', parameters: [], expr: expression('name = nginx') }],
      ['called', { name: 'called', parameters: [{ name: 'it' }], expr: expression('name = $it', ['it']) }],
    ]);
    const filters = new FilterReader(registry, named);
    const other = await startHarness({ ridgeline: harness.ridgeline, filters });
    try {
      const target = createClient({ url: other.url });
      const listed = (await target.namedFilters()).filters;
      expect(listed.slice(0, 2)).toEqual([
        { name: 'called', text: 'name = $it', parameters: [{ name: 'it', required: true }] },
        { name: 'web', text: 'name = nginx' },
      ]);
      expect(listed.slice(2).map((filter) => filter.name)).toEqual([...registry.filters.keys()].sort());
      expect((await target.complete('processes', 'not web')).items[0]).toEqual({
        text: 'web',
        kind: 'filter',
      });
      expect(await target.check('web and called(nginx)')).toMatchObject({ ok: true });
      expect(await target.check('called()')).toMatchObject({ ok: false });
      expect(await client().check('web')).toMatchObject({ ok: false });
      const plain = await client().snapshot('processes', { filter: ['name = nginx'] });
      for (const text of ['web', 'called(nginx)']) {
        const snapshot = await target.snapshot('processes', { filter: [text] });
        expect(snapshot.nodes).toEqual(plain.nodes);
        expect(snapshot.ledger.clauses.map((clause) => clause.text)).toContain('name = nginx');
      }
      const { ledger } = await target.snapshot('processes', { filter: ['web'] });
      expect(ledger.clauses.map((clause) => clause.name)).toContain('web');
    } finally {
      await other.close();
    }
  });

  it('exports pictures for other programs', async () => {
    expect(await client().export('processes', 'dot')).toMatch(/^\/\/ .*\ndigraph "processes" \{/);
    expect(await client().export('processes', 'mermaid')).toMatch(/^%% .*\nflowchart LR/);
    expect(JSON.parse(await client().export('processes', 'json'))).toEqual(
      await client().snapshot('processes'),
    );
  });

  it('exports the picture as the page draws it', async () => {
    const { nodes } = await client().snapshot('processes');
    const light = await client().export('processes', 'svg');
    expect(light).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(light.match(/<g class="node" /g)).toHaveLength(nodes.length);
    const dark = await client().export('processes', 'svg', {
      theme: 'dark',
      filter: ['name = nothing-is-called-so'],
    });
    expect(dark).toContain('fill="#10151c"');
    expect(dark).not.toContain('<g class="node" ');
    const answer = await fetch(`${harness.url}/api/v1/views/processes/export?format=svg`);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  });

  it('takes a report in and gives the join out', async () => {
    const other = await startHarness();
    try {
      feedCluster(other.ridgeline, churnCluster(makeCluster(SHAPE), 0.5));
      const json = reportToJson(other.ridgeline.engine.report);
      const target = createClient({ url: other.url });
      const sent = { ...json, origin: { source: 'hand', host: 'h' } } as never;
      expect(await target.send(sent)).toEqual({ accepted: true });
      expect((await target.status()).sources.map((source) => source.name)).toContain('hand');
      const answer = await (await fetch(`${other.url}${API_PREFIX}/report`)).json();
      expect(answer).toEqual(JSON.parse(JSON.stringify(reportToJson(other.ridgeline.engine.report))));
    } finally {
      await other.close();
    }
  });

  it.each([
    ['/views/nope/snapshot', 404, 'UNKNOWN_NAME'],
    ['/views/processes/snapshot?filter=nmae%20%3D%20x', 400, 'BAD_REQUEST'],
    ['/views/processes/snapshot?option=nope=1', 404, 'UNKNOWN_NAME'],
    ['/views/processes/snapshot?option=nope', 400, 'BAD_REQUEST'],
    ['/views/processes/snapshot?unknown=1', 400, 'BAD_QUERY'],
    ['/views/processes/nodes/nope', 404, 'UNKNOWN_NAME'],
    ['/views/processes/edge?from=a&to=b', 404, 'UNKNOWN_NAME'],
    ['/views/processes/live', 426, 'UPGRADE_REQUIRED'],
  ])('answers %s with %i %s', async (path, status, code) => {
    const answer = await fetch(harness.url + API_PREFIX + path);
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      status,
      code,
    ]);
  });

  it('is described by a valid OpenAPI document, which every answer keeps to', async () => {
    const document = (await (await fetch(`${harness.url}${API_PREFIX}/openapi.json`)).json()) as ReturnType<
      typeof openApiDocument
    >;
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument('1.2.3'))));
    const outcome = await new Validator().validate(structuredClone(document) as Record<string, unknown>);
    expect(outcome).toMatchObject({ valid: true });
    const { nodes } = await client().snapshot('processes');
    const tail = nodes.find((node) => node.adjacency.some((to) => to !== node.id));
    const head = tail?.adjacency.find((to) => to !== tail.id) ?? '';
    const queries: Readonly<Record<string, string>> = {
      edge: `?from=${encodeURIComponent(tail?.id ?? '')}&to=${encodeURIComponent(head)}`,
      check: '?text=name',
      complete: '?view=processes&text=name%20%3D%20',
      hidden: '?filter=not%20name%20%3D%20nginx',
    };
    const ajv = new Ajv2020({ strict: false });
    const checked: string[] = [];
    for (const route of routes) {
      if (route.answers !== 'json' || route.method !== 'GET') continue;
      const path = route.path
        .replace('{view}', 'processes')
        .replace('{id}', encodeURIComponent(tail?.id ?? ''));
      const answer = await fetch(harness.url + API_PREFIX + path + (queries[route.id] ?? ''));
      expect(answer.status, route.id).toBe(200);
      const validate = ajv.compile(schemaAt(document, route.path));
      expect(validate(await answer.json()), `${route.id}: ${ajv.errorsText(validate.errors)}`).toBe(true);
      checked.push(route.id);
    }
    expect(checked).toHaveLength(routes.filter((r) => r.answers === 'json' && r.method === 'GET').length);
  });
});

function expression(text: string, parameters: readonly string[] = []): FilterExpr {
  const known = {
    isField: () => true,
    fields: () => [],
    filter: () => undefined,
    filters: () => [],
    parameters,
  };
  const parsed = parseFilter(text, known);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  return parsed.expr;
}

function schemaAt(document: unknown, path: string): object {
  const { paths } = document as { paths: Record<string, Record<string, never>> };
  const answer = paths[API_PREFIX + path]?.get as unknown as {
    responses: { 200: { content: { 'application/json': { schema: object } } } };
  };
  return answer.responses[200].content['application/json'].schema;
}
