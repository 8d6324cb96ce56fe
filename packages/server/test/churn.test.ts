import { churnCluster, makeCluster } from '@ridgeline/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { feedCluster, type Harness, SHAPE, startHarness } from './harness.ts';

/** How long the churn goes on at least; the long form of this test has 60 s of it. */
const SECONDS = Number(process.env.CHURN_SECONDS ?? 0);
/** How many changes there are at least. */
const STEPS = 60;

interface ScopeNode {
  readonly id: string;
}

/** A message as Scope's clients know it; written from its description, not from our code. */
interface ScopeMessage {
  readonly add: readonly ScopeNode[] | null;
  readonly update: readonly ScopeNode[] | null;
  readonly remove: readonly string[] | null;
  readonly reset?: true;
}

/** What a client of Scope makes of a socket. */
class ScopeFollower {
  readonly nodes = new Map<string, ScopeNode>();
  messages = 0;
  resets = 0;
  /** Nodes that were updated or removed without being there, or added twice. */
  ghosts = 0;
  readonly #socket: WebSocket;

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as ScopeMessage));
  }

  #take({ add, update, remove, reset }: ScopeMessage): void {
    if (reset === true) {
      this.nodes.clear();
      this.resets++;
    }
    for (const node of add ?? []) {
      if (this.nodes.has(node.id)) this.ghosts++;
      this.nodes.set(node.id, node);
    }
    for (const node of update ?? []) {
      if (!this.nodes.has(node.id)) this.ghosts++;
      this.nodes.set(node.id, node);
    }
    for (const id of remove ?? []) if (!this.nodes.delete(id)) this.ghosts++;
    this.messages++;
  }

  close(): void {
    this.#socket.terminate();
  }
}

describe('live churn', () => {
  let harness: Harness;
  let cluster = makeCluster(SHAPE);

  beforeAll(async () => {
    harness = await startHarness();
    feedCluster(harness.ridgeline, cluster);
  });

  afterAll(async () => {
    await harness.close();
  });

  it('leaves a client that only knows Scope with what a fresh request gives', {
    timeout: 60_000 + 2000 * SECONDS,
  }, async () => {
    // With a parameter the defaults of options hold, as they do for the socket's `t`.
    const views = ['processes', 'processes-by-name', 'containers', 'hosts'].map((view) => ({
      path: `/api/topology/${view}`,
      query: view === 'containers' ? 'system=both&stopped=both' : 'unconnected=show',
    }));
    const followers = views.map(
      ({ path, query }) =>
        new ScopeFollower(`${harness.url.replace('http', 'ws')}${path}/ws?t=50ms&${query}`),
    );
    try {
      const began = performance.now();
      for (let step = 0; step < STEPS || performance.now() - began < SECONDS * 1000; step++) {
        cluster = churnCluster(cluster, step % 7 === 0 ? 1 : 0.2);
        feedCluster(harness.ridgeline, cluster);
        // Sometimes several changes come between two messages.
        if (step % 3 === 0) continue;
        const before = followers.map(({ messages }) => messages);
        await vi.waitFor(
          () => expect(followers.every(({ messages }, n) => messages > (before[n] ?? 0))).toBe(true),
          { interval: 5, timeout: 10_000 },
        );
      }
      for (const [n, { path, query }] of views.entries()) {
        const follower = followers[n] as ScopeFollower;
        const fresh = (await (await fetch(`${harness.url}${path}?${query}`)).json()) as {
          nodes: Record<string, ScopeNode>;
        };
        expect(Object.keys(fresh.nodes).length, path).toBeGreaterThan(0);
        await vi.waitFor(() => expect(Object.fromEntries(follower.nodes)).toEqual(fresh.nodes));
        expect([follower.resets, follower.ghosts], path).toEqual([1, 0]);
      }
      expect(followers.every(({ messages }) => messages > STEPS / 2)).toBe(true);
    } finally {
      for (const follower of followers) follower.close();
    }
  });
});
