import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type OwnNamespace,
  openNamespace,
  type Peer,
  startClient,
  startServer,
  type Transport,
} from './python-peer.ts';
import { type Running, startCli } from './run-cli.ts';

/** Milliseconds between two looks at /proc. */
const EVERY = 1000;
/** A machine that others keep busy may start a process late; the map itself may not be. */
const BUSY = 1500;

interface Pair {
  readonly what: string;
  readonly server: Peer;
  readonly client: Peer;
}

describe('ridgeline up', () => {
  let up: Running;
  let namespace: OwnNamespace;
  const peers: Peer[] = [];

  beforeAll(async () => {
    namespace = await openNamespace();
    up = startCli(['up', '--no-server', '--source', `procfs:every=${EVERY},share=1`]);
    await up.written(/ = \d+ of \d+ shown/);
  });

  afterAll(async () => {
    await Promise.all(peers.map((peer) => peer.end()));
    up.child.kill('SIGKILL');
    await up.ended;
    await namespace.end();
  });

  it('shows servers and clients of every namespace, family and transport with one edge each, until they end', async () => {
    const cases = [[], namespace.prefix].flatMap((prefix) =>
      ['127.0.0.1', '::1'].flatMap((address) =>
        (['tcp', 'udp'] as const).map((transport) => ({ prefix, address, transport })),
      ),
    );
    const pairs = await Promise.all(cases.map(startPair));
    const connected = performance.now();
    const host = hostname();
    const idOf = (peer: Peer): string => `${host};${peer.child.pid}`;

    await Promise.all(
      pairs.map(async ({ what, server, client }) => {
        const edge = `${idOf(client)} → ${idOf(server)} `;
        await up.written(new RegExp(`^\\S+ \\+ ${edge}`, 'm'));
        // They may have come under another name: whatever starts Python was there before it.
        await up.written(new RegExp(`^\\S+ \\+ ${idOf(server)}  `, 'm'));
        await up.written(new RegExp(`^\\S+ \\+ ${idOf(client)}  `, 'm'));
        expect(performance.now() - connected, what).toBeLessThan(2 * EVERY + BUSY);
      }),
    );

    // Nothing else: no second edge, none the other way, none to another pair.
    for (const { what, server, client } of pairs) {
      const lines = (await up.written(/[\s\S]*/))[0].split('\n');
      const edges = lines.filter((line) => line.includes(' → ') && line.includes(' + '));
      expect(
        edges.filter((line) => line.includes(`${idOf(client)} → `)),
        what,
      ).toHaveLength(1);
      expect(
        edges.filter((line) => line.includes(`→ ${idOf(server)} `)),
        what,
      ).toHaveLength(1);
      expect(
        edges.filter((line) => line.includes(`${idOf(server)} → `)),
        what,
      ).toHaveLength(0);
    }

    await Promise.all(pairs.flatMap(({ server, client }) => [server.end(), client.end()]));
    const ended = performance.now();
    await Promise.all(
      pairs.flatMap(({ what, server, client }) => [
        up.written(new RegExp(`^\\S+ - ${idOf(client)} → ${idOf(server)} `, 'm')),
        ...[server, client].map(async (peer) => {
          await up.written(new RegExp(`^\\S+ - ${idOf(peer)}  `, 'm'));
          expect(performance.now() - ended, what).toBeLessThan(2 * EVERY + BUSY);
        }),
      ]),
    );
  });

  it('ends at Ctrl-C, with nothing left behind', async () => {
    up.child.kill('SIGINT');
    expect(await up.ended).toMatchObject({ code: 0, signal: null });
  });

  async function startPair({
    prefix,
    address,
    transport,
  }: {
    readonly prefix: readonly string[];
    readonly address: string;
    readonly transport: Transport;
  }): Promise<Pair> {
    const server = await startServer(transport, address, prefix);
    peers.push(server);
    const client = await startClient(transport, address, server.port, prefix);
    peers.push(client);
    return {
      what: `${transport} ${address}${prefix.length > 0 ? ' in its own namespace' : ''}`,
      server,
      client,
    };
  }
});
