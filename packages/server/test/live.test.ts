import { createClient, type Followed, follow } from '@ridgeline/client';
import { API_PREFIX } from '@ridgeline/client/schema';
import { churnCluster, makeCluster } from '@ridgeline/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Feed } from '../src/live/feed.ts';
import { followFeed } from '../src/live/follow.ts';
import { Books } from '../src/metrics/books.ts';
import { Outlook } from '../src/outlook.ts';
import { feedCluster, type Harness, SHAPE, startHarness } from './harness.ts';

/** How many times a reader is cut off; the long form of this test cuts 200 times. */
const CUTS = Number(process.env.LIVE_CUTS ?? 25);

describe('live views', () => {
  let harness: Harness;
  let cluster = makeCluster(SHAPE);

  const churn = (): void => {
    cluster = churnCluster(cluster, 0.2);
    feedCluster(harness.ridgeline, cluster);
  };

  beforeAll(async () => {
    harness = await startHarness();
    feedCluster(harness.ridgeline, cluster);
  });

  afterAll(async () => {
    await harness.close();
  });

  it('follow over any number of cuts without a gap or a ghost', {
    timeout: 30_000 + 1000 * CUTS,
  }, async () => {
    const query = { filter: ['not name = redis'] };
    let followed: Followed | undefined;
    let opened = 0;
    let resets = 0;
    let socket: WebSocket | undefined;
    const end = follow(
      {
        url: harness.url,
        view: 'processes',
        query,
        retryMillis: 1,
        open: (url, protocols) => {
          opened++;
          socket = new WebSocket(url, [...protocols]);
          socket.on('message', (data: Buffer) => {
            if (data.toString().startsWith('{"kind":"reset"')) resets++;
          });
          socket.on('error', () => {});
          return socket as never;
        },
      },
      {
        changed: (next) => {
          if (followed?.epoch === next.epoch) expect(next.seq).toBeGreaterThan(followed.seq);
          followed = next;
        },
      },
    );
    try {
      await vi.waitFor(() => expect(followed).toBeDefined());
      for (let cut = 0; cut < CUTS; cut++) {
        churn();
        // Sometimes before anything of the change is sent, sometimes after.
        if (cut % 3 === 0) await new Promise((resolve) => socket?.once('message', resolve));
        const before = opened;
        socket?.terminate();
        churn();
        await vi.waitFor(() => expect(opened).toBeGreaterThan(before), { interval: 1, timeout: 10_000 });
      }
      const fresh = await createClient({ url: harness.url }).snapshot('processes', query);
      await vi.waitFor(() => expect([...(followed?.nodes.values() ?? [])]).toEqual(fresh.nodes), {
        timeout: 10_000,
      });
      expect(followed?.picture).toEqual({
        view: fresh.view,
        at: fresh.at,
        ledger: fresh.ledger,
        sources: fresh.sources,
      });
      // It came back with its place each time, and was given what it missed.
      expect(resets).toBe(1);
    } finally {
      end();
    }
  });

  it('reset a reader that brings a place of another life', async () => {
    const live = `${harness.url.replace('http', 'ws')}${API_PREFIX}/views/processes/live?epoch=other&from=1`;
    const socket = new WebSocket(live);
    const text = await new Promise<string>((resolve) =>
      socket.once('message', (data: Buffer) => resolve(data.toString())),
    );
    expect(JSON.parse(text)).toMatchObject({ kind: 'reset', snapshot: { view: 'processes' } });
    socket.terminate();
  });

  it('come as server-sent events, which go on from the last id', async () => {
    const url = `${harness.url}${API_PREFIX}/views/processes/events`;
    const first = await firstEvent(url);
    expect(JSON.parse(first.data)).toMatchObject({ kind: 'reset' });
    churn();
    const next = await firstEvent(url, first.id);
    expect(JSON.parse(next.data)).toMatchObject({ kind: 'patch', from: Number(first.id.split(':').at(-1)) });
  });

  it('share one render and one text, and never wait for a slow reader', () => {
    const books = new Books();
    const feed = new Feed('e', new Outlook(harness.ridgeline.engine), { view: 'processes' }, books);
    feed.refresh();
    const received: string[][] = [[], [], []];
    let release: (() => void) | undefined;
    const ends = received.map((texts, reader) =>
      followFeed(feed, undefined, {
        send: ({ text }, _, sent) => {
          texts.push(text);
          if (reader === 2) release = sent;
          else sent();
        },
      }),
    );
    for (let n = 0; n < 5; n++) {
      churn();
      feed.refresh();
    }
    expect(received.map((texts) => texts.length)).toEqual([6, 6, 1]);
    expect(received[1]).toEqual(received[0]);
    expect(books.messages).toEqual({ reset: 1, patch: 5 });
    expect(books.renders.get('processes')?.count).toBe(6);
    release?.();
    expect(JSON.parse(received[2]?.[1] ?? '{}')).toMatchObject({ kind: 'patch', from: 1, seq: 6 });
    for (const end of ends) end();
    expect(feed.readers).toBe(0);
  });
});

/** The first event of a stream. */
async function firstEvent(
  url: string,
  last?: string,
): Promise<{ readonly id: string; readonly data: string }> {
  const abort = new AbortController();
  const answer = await fetch(url, {
    headers: last === undefined ? {} : { 'Last-Event-ID': last },
    signal: abort.signal,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes('\n\n')) break;
  }
  abort.abort();
  const match = /^id: (.*)\ndata: (.*)\n\n/.exec(text);
  return { id: match?.[1] ?? '', data: match?.[2] ?? '' };
}
