import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_PREFIX, routes } from '@ridgeline/client/schema';
import { compilePolicy } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import { createRidgeline, loadRuntimeConfig, viewingPlugins } from '@ridgeline/runtime';
import { law } from '@ridgeline/testkit';
import { policyRules } from '@ridgeline/vocabulary';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Harness, startHarness } from './harness.ts';
import { SECRET, SecretWorld, type WorldShape } from './secret-world.ts';

const VIEWER = 'viewer-token-0123456789';
const OPERATOR = 'operator-token-0123456789';
/** A run is two servers and some hundred requests of each. */
const RUNS = Math.max(5, Math.round(Number(process.env.LAWS_RUNS ?? 200) / 40));
const folder = mkdtempSync(join(tmpdir(), 'ridgeline-policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shapes: fc.Arbitrary<WorldShape> = fc.record({
  seed: fc.nat(10_000),
  namespaces: fc.boolean(),
  hosts: fc.boolean(),
  labels: fc.boolean(),
});

/** A server of a world, with all that is hidden or as if that were not there. */
class Side {
  readonly harness: Harness;
  readonly #world: SecretWorld;
  readonly #isWhole: boolean;
  readonly #ridgeline: Ridgeline;
  #epoch = '';

  constructor(harness: Harness, ridgeline: Ridgeline, world: SecretWorld, isWhole: boolean) {
    this.harness = harness;
    this.#ridgeline = ridgeline;
    this.#world = world;
    this.#isWhole = isWhole;
  }

  static async start(world: SecretWorld, isWhole: boolean): Promise<Side> {
    const file = join(folder, 'ridgeline.config.json');
    writeFileSync(file, world.config);
    const outcome = await loadRuntimeConfig({ directory: folder, file });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    const clock = { now: () => 1_000_000, monotonic: () => 0 };
    const ridgeline = createRidgeline({ plugins: viewingPlugins(), host: 'test', clock });
    const policy = outcome.config.policies.get('outsiders')?.compiled.policy ?? { hide: [], redact: [] };
    const viewer = compilePolicy(policy, ridgeline.engine.registry.environment, policyRules);
    const harness = await startHarness({
      ridgeline,
      tokens: { viewer: VIEWER, operator: OPERATOR },
      policies: { viewer },
    });
    const side = new Side(harness, ridgeline, world, isWhole);
    side.#epoch = JSON.parse((await side.ask(`${API_PREFIX}/status`)).text).epoch;
    return side;
  }

  /** All sources report; hidden ones where there are any. */
  report(step: number): void {
    const { engine } = this.#ridgeline;
    for (const report of this.#world.reports(step, this.#isWhole, engine.symbols)) {
      if (report.origin === undefined) continue;
      const facts = { processes: report.topologies.get('process')?.size ?? 0 };
      engine.notify(
        report.origin,
        { state: 'running', message: `${SECRET} ${facts.processes}`, facts },
        1_000_000,
      );
      this.#ridgeline.ingest(report.origin, report, 60_000);
    }
  }

  /** Hidden hosts report, and nobody else; answers whether there are any. */
  reportHidden(step: number): boolean {
    const reports = this.#world.hiddenReports(step, this.#ridgeline.engine.symbols);
    for (const report of reports)
      if (report.origin !== undefined) this.#ridgeline.ingest(report.origin, report, 60_000);
    return reports.length > 0;
  }

  async ask(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    token = VIEWER,
  ): Promise<{ readonly status: number; readonly text: string; readonly said: string }> {
    const answer = await fetch(this.harness.url + path, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    const text = this.plain(Buffer.from(await answer.arrayBuffer()).toString('latin1'));
    const kept = [...answer.headers].filter(([name]) => !['date', 'keep-alive', 'connection'].includes(name));
    return { status: answer.status, text, said: `${text}\n${answer.status} ${JSON.stringify(kept)}` };
  }

  /** Without what tells one life of a server from another. */
  plain(text: string): string {
    return this.#epoch === '' ? text : text.replaceAll(this.#epoch, 'EPOCH');
  }

  follow(path: string, token = VIEWER): { readonly messages: string[]; end(): void } {
    const messages: string[] = [];
    const socket = new WebSocket(this.harness.url.replace('http', 'ws') + path, {
      headers: { authorization: `Bearer ${token}` },
    });
    socket.on('message', (data: Buffer) => messages.push(this.plain(data.toString())));
    socket.on('error', () => {});
    return { messages, end: () => socket.terminate() };
  }
}

/** Everything a viewer can ask, in the words of the ids that there are; of hidden ones, too. */
function questions(views: readonly string[], ids: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const asked = [
    ...['/status', '/views', '/filters', '/filters/named', '/report', '/openapi.json', '/nowhere'].map(
      (path) => API_PREFIX + path,
    ),
    `${API_PREFIX}/filters/check?text=label.te%20%3D%201`,
    '/api',
    '/api/topology',
    '/api/topology?namespace=shop',
    '/api/report',
    '/api/probes',
    '/api/plugins',
    '/readyz',
    '/healthz',
    '/metrics',
  ];
  for (const view of views) {
    const base = `${API_PREFIX}/views/${view}`;
    asked.push(
      `${base}/snapshot`,
      `${base}/snapshot?raw=true&orphans=keep`,
      `${base}/snapshot?filter=not%20name%20%3D%20app-1&orphans=drop`,
      `${base}/hidden?filter=name%20%3D%20app-1`,
      `${base}/hidden?raw=true`,
      `${base}/export?format=dot`,
      `${base}/export?format=svg`,
      `${base}/export?format=mermaid&orphans=keep`,
      `${base}/snapshot?option=namespace%3D${SECRET}pay`,
      `/api/topology/${view}`,
      `/api/topology/${view}?system=all&unconnected=show&pseudo=show`,
    );
    for (const text of [
      'name = ',
      'label.team = ',
      'label.',
      'namespace = ',
      'host.name = ',
      'address = ',
      'env.',
      'k8s.namespace in (',
    ]) {
      asked.push(`${API_PREFIX}/filters/complete?view=${view}&text=${encodeURIComponent(text)}`);
    }
    const own = ids.get(view) ?? [];
    for (const id of own) {
      asked.push(
        `${base}/nodes/${encodeURIComponent(id)}`,
        `/api/topology/${view}/${encodeURIComponent(id)}`,
      );
      const to = own[(own.indexOf(id) + 1) % own.length] ?? '';
      asked.push(`${base}/edge?from=${encodeURIComponent(id)}&to=${encodeURIComponent(to)}`);
    }
  }
  return asked;
}

async function idsOf(side: Side, view: string): Promise<readonly string[]> {
  const { text } = await side.ask(`${API_PREFIX}/views/${view}/snapshot?raw=true&orphans=keep`, {}, OPERATOR);
  const { nodes } = JSON.parse(text) as { readonly nodes: readonly { readonly id: string }[] };
  const ids = nodes.map((node) => node.id);
  const hidden = ids.filter((id) => id.includes(SECRET));
  return [...ids.slice(0, 4), ...hidden.slice(0, 3)];
}

describe('a role under a policy, over HTTP', () => {
  it('is asked about by every route that reads', () => {
    const asked = questions(['hosts'], new Map([['hosts', ['x']]])).join('\n');
    for (const route of routes) {
      if (route.method !== 'GET' || route.answers === 'socket' || route.answers === 'events') continue;
      const pattern = route.path.replace('{view}', 'hosts').replace('{id}', 'x');
      expect(asked, route.id).toContain(API_PREFIX + pattern);
    }
  });

  law(
    { test: (name, run) => it(name, run, 600_000), runs: RUNS },
    'D15',
    'data sets that differ only in what it hides give the same answers, byte for byte, and the same messages',
    [shapes],
    async (shape) => {
      const world = new SecretWorld(shape);
      const [plain, whole] = await Promise.all([Side.start(world, false), Side.start(world, true)]);
      const sides = [plain, whole] as const;
      try {
        for (const side of sides) side.report(0);
        await compareAnswers(plain, whole);
        await compareStreams(plain, whole);
        // What was followed is in the figures now.
        await compareAnswers(plain, whole);
        return true;
      } finally {
        for (const side of sides) await side.harness.close();
      }
    },
  );
});

async function compareAnswers(plain: Side, whole: Side): Promise<void> {
  const views = [...whole.harness.ridgeline.engine.registry.views.keys()];
  const ids = new Map<string, readonly string[]>();
  for (const view of views) ids.set(view, await idsOf(whole, view));
  for (const path of questions(views, ids)) {
    const [a, b] = await Promise.all([plain.ask(path), whole.ask(path)]);
    expectSame(b.said, a.said, path);
    // What was asked for may be said again; nothing else.
    if (!path.includes(SECRET)) expect(b.text, path).not.toContain(SECRET);
    expect(a.status, path).toBeLessThan(500);
  }
  const msgpack = { accept: 'application/msgpack' };
  const [a, b] = await Promise.all([plain.ask('/api/report', msgpack), whole.ask('/api/report', msgpack)]);
  expectSame(b.said, a.said, 'msgpack');
}

async function compareStreams(plain: Side, whole: Side): Promise<void> {
  const paths = ['processes', 'containers', 'endpoints', 'hosts'].map(
    (view) => `${API_PREFIX}/views/${view}/live?orphans=keep`,
  );
  const followed = paths.map((path) => [plain.follow(path), whole.follow(path)] as const);
  const operator = whole.follow(`${API_PREFIX}/views/processes/live`, OPERATOR);
  const arrived = (count: number): Promise<void> =>
    vi.waitFor(() => {
      for (const pair of followed)
        for (const { messages } of pair) expect(messages.length).toBeGreaterThanOrEqual(count);
    }, 10_000);
  try {
    await arrived(1);
    await vi.waitFor(() => expect(operator.messages.length).toBeGreaterThan(0), 10_000);
    for (const step of [1, 2]) {
      const before = operator.messages.length;
      // Only where there is more: nothing may come of it.
      if (whole.reportHidden(step))
        await vi.waitFor(() => expect(operator.messages.length).toBeGreaterThan(before), 10_000);
      plain.report(step);
      whole.report(step);
      await arrived(step + 1);
    }
    const scope = [plain, whole].map((side) => side.follow('/api/topology/containers/ws?t=1h'));
    await vi.waitFor(() => expect(scope.every(({ messages }) => messages.length > 0)).toBe(true), 10_000);
    for (const followed of scope) followed.end();
    expect(scope[1]?.messages).toEqual(scope[0]?.messages);
    for (const [i, [a, b]] of followed.entries()) {
      expect(b.messages, paths[i]).toEqual(a.messages);
      expect(b.messages.join(), paths[i]).not.toContain(SECRET);
    }
  } finally {
    for (const pair of followed) for (const one of pair) one.end();
    operator.end();
  }
}

/** Shows where two texts begin to differ: as a whole they are too long to be read. */
function expectSame(text: string, other: string, what: string): void {
  if (text === other) return;
  let at = 0;
  while (text[at] === other[at]) at++;
  const around = (whole: string): string => whole.slice(Math.max(0, at - 300), at + 200);
  expect(around(text), what).toBe(around(other));
}
