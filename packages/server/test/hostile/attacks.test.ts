import { type ChildProcess, fork } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { API_PREFIX } from '@ridgeline/client/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { addressOf, send } from './send.ts';

const MEGABYTE = 2 ** 20;
/** What a body may become, and how many are taken in at once. */
const BODY_BYTES = 50 * MEGABYTE;
const POSTS_AT_ONCE = 8;
/** A body and what it is unzipped to, each; and room for what nobody collected yet. */
const MOST_GROWTH = POSTS_AT_ONCE * 2 * BODY_BYTES + 200 * MEGABYTE;
/** The cluster changes every 250 ms; the machine may be busy with other tests. */
const LONGEST_GAP_MILLIS = 5000;

interface Memory {
  readonly rss: number;
  readonly most: number;
}

function wordOf<Word>(child: ChildProcess): Promise<Word> {
  return new Promise((resolve, reject) => {
    child.once('message', (word) => resolve(word as Word));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** An honest reader: when it heard something. */
class Reader {
  heardAt: number[] = [];
  readonly socket: WebSocket;

  constructor(url: string) {
    this.socket = new WebSocket(url.replace('http', 'ws'));
    this.socket.on('message', () => this.heardAt.push(performance.now()));
    this.socket.on('error', () => {});
  }

  get longestGap(): number {
    const times = [...this.heardAt, performance.now()];
    return Math.max(...times.slice(1).map((time, n) => time - (times[n] as number)));
  }
}

describe('a server under attack', () => {
  let child: ChildProcess;
  let url = '';
  let port = 0;
  let readers: readonly Reader[] = [];
  const attackers: Socket[] = [];

  const memory = (): Promise<Memory> => {
    const word = wordOf<Memory>(child);
    child.send('memory');
    return word;
  };

  /** A connection that says no more than this. */
  const dawdle = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      attackers.push(socket);
      socket.on('data', () => {});
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });

  beforeAll(async () => {
    child = fork(fileURLToPath(new URL('attacked-server.mjs', import.meta.url)), [], {
      execArgv: ['--conditions=ridgeline-source'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    url = (await wordOf<{ readonly url: string }>(child)).url;
    port = Number(new URL(url).port);
    readers = [
      new Reader(`${url}${API_PREFIX}/views/processes/live`),
      new Reader(`${url}${API_PREFIX}/views/containers/live?orphans=keep`),
      new Reader(`${url}/api/topology/processes/ws?t=250ms`),
    ];
    await Promise.all(readers.map(({ socket }) => new Promise((resolve) => socket.once('message', resolve))));
  }, 120_000);

  // What an attack takes to be made ready holds up this process, and no server.
  beforeEach(() => {
    for (const reader of readers) reader.heardAt = [];
  });

  afterAll(async () => {
    for (const { socket } of readers) socket.terminate();
    for (const socket of attackers) socket.destroy();
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    await ended;
  });

  const expectHealthy = async (): Promise<void> => {
    expect(child.exitCode).toBeNull();
    expect((await send(url, '/healthz')).status).toBe(200);
    for (const { socket, longestGap } of readers) {
      expect(socket.readyState).toBe(WebSocket.OPEN);
      expect(longestGap).toBeLessThan(LONGEST_GAP_MILLIS);
    }
  };

  it('answers bombs with 413, and unpacks no more than it would take', { timeout: 120_000 }, async () => {
    const before = await memory();
    const bomb = await promisify(gzip)(Buffer.alloc(200 * MEGABYTE));
    expect(bomb.length).toBeLessThan(MEGABYTE);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        send(url, '/api/report', {
          method: 'POST',
          headers: {
            'content-type': n % 2 === 0 ? 'application/json' : 'application/msgpack',
            // Every third does not say that it is zipped.
            ...(n % 3 === 0 ? {} : { 'content-encoding': 'gzip' }),
          },
          body: bomb,
          localAddress: addressOf(n),
        }),
      ),
    );
    for (const { status } of answers) expect([400, 413, 429]).toContain(status);
    expect(answers.map(({ status }) => status)).toContain(413);
    expect((await memory()).most - before.most).toBeLessThan(MOST_GROWTH);
    await expectHealthy();
  });

  it('takes in no body of 100 MB, said or unsaid', { timeout: 120_000 }, async () => {
    const before = await memory();
    const body = Buffer.alloc(100 * MEGABYTE, 'x');
    const said = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        send(url, n % 2 === 0 ? '/api/report' : `${API_PREFIX}/reports`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(n % 3 === 0 ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(body.length) }),
          },
          body,
          localAddress: addressOf(100 + n),
        }),
      ),
    );
    // Hung up on while it was still sending, a sender may not get to read why.
    for (const { status } of said) expect([0, 413, 429]).toContain(status);
    expect((await memory()).most - before.most).toBeLessThan(MOST_GROWTH);
    await expectHealthy();
  });

  it('hangs up on who dawdles, and keeps nobody waiting meanwhile', { timeout: 120_000 }, async () => {
    const before = await memory();
    const host = `Host: 127.0.0.1:${port}\r\n`;
    const slow = [
      ...Array.from({ length: 100 }, () => dawdle('')),
      ...Array.from({ length: 100 }, () => dawdle(`GET /api HTTP/1.1\r\n${host}X-Slow: `)),
      ...Array.from({ length: 12 }, () =>
        dawdle(
          `POST /api/report HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 9999\r\n\r\n{`,
        ),
      ),
    ];
    await expectHealthy();
    await Promise.all(slow);
    expect((await memory()).most - before.most).toBeLessThan(MOST_GROWTH);
    await expectHealthy();
    const honest = await send(url, '/api/report', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{}'),
      localAddress: addressOf(999),
    });
    expect(honest.status).toBe(200);
  });

  it('is not filled by readers that read nothing', { timeout: 120_000 }, async () => {
    const before = await memory();
    const upgrade =
      `GET ${API_PREFIX}/views/processes/live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
      'Sec-WebSocket-Version: 13\r\n\r\n';
    for (let n = 0; n < 100; n++) {
      const socket = connect(port, '127.0.0.1', () => socket.write(upgrade));
      attackers.push(socket.pause());
      socket.on('error', () => {});
    }
    const { length } = readers[0]?.heardAt ?? [];
    while ((readers[0]?.heardAt.length ?? 0) < (length ?? 0) + 12)
      await new Promise((resolve) => readers[0]?.socket.once('message', resolve));
    expect((await memory()).rss - before.rss).toBeLessThan(200 * MEGABYTE);
    await expectHealthy();
  });
});
