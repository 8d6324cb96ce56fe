import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow as followChecked } from '../src/index.ts';
import { createClient, type Followed, follow, type SocketLike } from '../src/unchecked.ts';

const LEDGER = {
  total: 0,
  shown: 0,
  filtered: 0,
  orphaned: 0,
  edges: { total: 0, shown: 0 },
  clauses: [],
  lost: [],
};

function summary(id: string): object {
  return { id, label: id, adjacency: [] };
}

function reset(seq: number, ...ids: readonly string[]): object {
  const snapshot = { view: 'v', seq, at: 0, ledger: LEDGER, nodes: ids.map(summary), sources: [] };
  return { kind: 'reset', epoch: 'e', seq, snapshot };
}

function patch(
  from: number,
  changes: { readonly add?: readonly string[]; readonly update?: readonly string[] },
): object {
  const { add = [], update = [] } = changes;
  return {
    kind: 'patch',
    epoch: 'e',
    from,
    seq: from + 1,
    at: 1,
    add: add.map(summary),
    update: update.map(summary),
    remove: [],
    ledger: LEDGER,
    sources: [],
  };
}

describe('following without schemas', () => {
  const sockets: (SocketLike & { readonly url: string; readonly close: ReturnType<typeof vi.fn> })[] = [];
  const seen: Followed[] = [];
  const told: string[] = [];
  let end: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    end = follow(
      {
        url: 'http://127.0.0.1:1',
        view: 'v',
        longestWaitMillis: 1500,
        open: (url) => {
          const socket = { url, onopen: null, onmessage: null, onclose: null, onerror: null, close: vi.fn() };
          sockets.push(socket);
          return socket;
        },
      },
      {
        changed: (followed) => seen.push(followed),
        opened: () => told.push('opened'),
        cut: (wait) => told.push(`cut ${wait}`),
      },
    );
  });

  afterEach(() => {
    end();
    vi.useRealTimers();
    sockets.length = seen.length = told.length = 0;
  });

  const newest = (): (typeof sockets)[number] => sockets.at(-1) as (typeof sockets)[number];
  const say = (message: unknown): void => newest().onmessage?.({ data: JSON.stringify(message) });

  it('tells when the connection stands again, though nothing was missed', () => {
    newest().onopen?.({});
    say(reset(1, 'a'));
    newest().onclose?.({});
    vi.advanceTimersByTime(500);
    newest().onopen?.({});
    expect(told).toEqual(['opened', 'cut 500', 'opened']);
    expect(newest().url).toContain('epoch=e');
    expect(seen).toHaveLength(1);
  });

  it('waits no longer than it was told to', () => {
    for (const wait of [500, 1000, 1500, 1500]) {
      newest().onclose?.({});
      expect(told.at(-1)).toBe(`cut ${wait}`);
      vi.advanceTimersByTime(wait);
    }
  });

  it('keeps nodes in the order of their ids, whatever a patch brings', () => {
    say(reset(1, 'b', 'd'));
    say(patch(1, { update: ['b'] }));
    say(patch(2, { add: ['c', 'a'] }));
    expect(seen.map(({ nodes }) => [...nodes.keys()].join(''))).toEqual(['bd', 'bd', 'abcd']);
  });

  it.each([
    ['no JSON', '<html>'],
    ['something else', '{"hello":1}'],
    ['nothing', 'null'],
  ])('gives a connection up that says %s, and asks for a whole picture', (_, data) => {
    say(reset(1, 'a'));
    newest().onmessage?.({ data });
    expect(told).toEqual(['cut 500']);
    vi.advanceTimersByTime(500);
    expect(newest().url).not.toContain('epoch');
  });
});

describe('an answer', () => {
  const answering =
    (body: string, status = 200): typeof fetch =>
    () =>
      Promise.resolve(new Response(body, { status }));

  it('that is no answer of ours is refused', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1', fetch: answering('{"signIn":"here"}') });
    await expect(client.views()).rejects.toThrow('no views');
  });

  it('that says no is an error with the server’s words', async () => {
    const said = '{"error":{"code":"UNKNOWN_NAME","message":"there is no view x"}}';
    const client = createClient({ url: 'http://127.0.0.1:1', fetch: answering(said, 404) });
    await expect(client.snapshot('x')).rejects.toMatchObject({ status: 404, code: 'UNKNOWN_NAME' });
  });

  it('of a proxy is an error with its status', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1', fetch: answering('<html>Bad Gateway', 502) });
    await expect(client.status()).rejects.toMatchObject({ status: 502, code: 'UNKNOWN' });
  });
});

describe('with schemas', () => {
  const trouble = { kind: 'trouble', code: 'PLUGIN_FAILED', message: 'a plugin failed' };
  const cutsAfter = (message: object): readonly number[] => {
    const socket: SocketLike = { onmessage: null, onclose: null, onerror: null, close: () => undefined };
    const cuts: number[] = [];
    const end = followChecked(
      { url: 'http://127.0.0.1:1', view: 'v', open: () => socket },
      { changed: () => undefined, cut: (wait) => cuts.push(wait) },
    );
    socket.onmessage?.({ data: JSON.stringify(message) });
    end();
    return cuts;
  };

  it('a message with a member too many is not taken', () => {
    expect(cutsAfter({ ...trouble, more: true })).toEqual([500]);
  });

  it('trouble cuts nobody off, though there is no picture yet', () => {
    expect(cutsAfter(trouble)).toEqual([]);
  });
});
