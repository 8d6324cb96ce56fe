import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findCgroupRoot } from '../src/cgroup-paths.ts';
import { between, tell } from './conversation.ts';
import {
  createNamespaces,
  describeKernel,
  joinNamespaces,
  type Peer,
  startFeed,
  startPeer,
  startPython,
  until,
} from './kernel-harness.ts';
import { NODE_CLIENT, NODE_SERVER, PYTHON_ACTOR, PYTHON_CLIENT, PYTHON_SERVER } from './peers.ts';

const CONNECTIONS = 1000;

describeKernel('the kernel tells', () => {
  it.each([
    ['python', '4', '127.0.0.1'],
    ['python', '6', '::1'],
    ['node', '4', '127.0.0.1'],
    ['node', '6', '::1'],
  ])(
    '1000 connections of %s over IPv%s, each with its processes',
    async (language, family, address) => {
      const { feed, records } = await startFeed();
      const startNode = (code: string, ...args: string[]): Peer =>
        startPeer([process.execPath, '-e', code, 'x', ...args]);
      const server =
        language === 'node' ? startNode(NODE_SERVER, address) : startPython(PYTHON_SERVER, [family, address]);
      const port = Number(await server.line());
      const client =
        language === 'node'
          ? startNode(NODE_CLIENT, address, String(port), String(CONNECTIONS))
          : startPython(PYTHON_CLIENT, [family, address, String(port), String(CONNECTIONS)]);
      expect(await client.exited).toBe(0);
      const count = (kind: string, end: 'client' | 'server', pid: number): number =>
        records.filter(
          (r) =>
            r.kind === kind &&
            r.pid === pid &&
            (end === 'client' ? r.remotePort === port : r.localPort === port),
        ).length;
      const tally = () => ({
        connect: count('connect', 'client', client.pid),
        accept: count('accept', 'server', server.pid),
        closeAtClient: count('close', 'client', client.pid),
        closeAtServer: count('close', 'server', server.pid),
      });
      const all = {
        connect: CONNECTIONS,
        accept: CONNECTIONS,
        closeAtClient: CONNECTIONS,
        closeAtServer: CONNECTIONS,
      };
      await until(() => count('close', 'server', server.pid) >= CONNECTIONS, 'the last close').catch(
        () => {},
      );
      expect(tally()).toEqual(all);
      expect(feed.status().losses).toEqual({ events: 0, droppedRuns: 0, owners: 0 });
      const bytes = records.find((r) => r.kind === 'close' && r.remotePort === port);
      expect([bytes?.sentBytes, bytes?.receivedBytes]).toEqual([4, 4]);
      expect(feed.report().open.filter(between(port))).toEqual([]);
      server.kill('SIGKILL');
      await feed.stop();
    },
    60_000,
  );

  it('refused, timed out, reset, half-closed and killed connections', async () => {
    const [client = '', server = ''] = createNamespaces(['c', 's']);
    joinNamespaces(client, ['10.77.1.1/24', 'fd77::1/64'], server, ['10.77.1.2/24', 'fd77::2/64']);
    const { feed, records } = await startFeed();
    const a = startPython(PYTHON_ACTOR, [], client);
    const b = startPython(PYTHON_ACTOR, [], server);
    const port = Number(await tell(b, 'listen l ::'));

    expect(await tell(a, 'refused 10.77.1.2 9')).toBe('111');
    await until(() => records.some((r) => r.kind === 'connect-failed'), 'the refusal');
    expect(records.find((r) => r.kind === 'connect-failed')).toMatchObject({
      errno: 111,
      pid: a.pid,
      remoteAddress: '10.77.1.2',
      remotePort: 9,
    });

    // 192.0.2.1 is nowhere: the neighbour below answers for it with nothing.
    execFileSync('ip', ['-n', client, 'route', 'add', '192.0.2.1/32', 'dev', 'v0']);
    execFileSync('ip', [
      '-n',
      client,
      'neighbour',
      'add',
      '192.0.2.1',
      'lladdr',
      '02:00:00:00:00:99',
      'dev',
      'v0',
    ]);
    expect(await tell(a, 'timeout 192.0.2.1 80')).toBe('110');
    await until(() => records.some((r) => r.remoteAddress === '192.0.2.1'), 'the time-out');
    expect(records.find((r) => r.remoteAddress === '192.0.2.1')).toMatchObject({
      kind: 'connect-failed',
      errno: 110,
      pid: a.pid,
    });

    // A mapped address: an IPv6 listener, an IPv4 client.
    const mapped = Number(await tell(a, `connect x 10.77.1.2 ${port}`));
    await tell(b, 'accept l y');
    await tell(a, 'send x 1000');
    expect(await tell(b, 'receive y 1000')).toBe('1000');
    await tell(b, 'reset y');
    await until(
      () => records.filter((r) => r.kind === 'close' && between(mapped)(r)).length === 2,
      'the reset',
    );
    const resetAtClient = records.find((r) => r.kind === 'close' && r.localPort === mapped);
    expect(resetAtClient).toMatchObject({ errno: 104, pid: a.pid, sentBytes: 1000, receivedBytes: 0 });
    const resetAtServer = records.find((r) => r.kind === 'close' && r.remotePort === mapped);
    expect(resetAtServer).toMatchObject({
      localAddress: '10.77.1.2',
      remoteAddress: '10.77.1.1',
      pid: b.pid,
      receivedBytes: 1000,
    });

    // Half-closed is open; then the client is killed.
    const half = Number(await tell(a, `connect h fd77::2 ${port}`));
    await tell(b, 'accept l g');
    await tell(a, 'half h');
    await tell(b, 'send g 10');
    await until(() => feed.report().open.filter(between(half)).length === 2, 'both ends open');
    a.kill('SIGKILL');
    await a.exited;
    await tell(b, 'close g');
    await until(() => records.filter((r) => r.kind === 'close' && between(half)(r)).length === 2, 'the end');
    expect(feed.report().open.filter(between(half))).toEqual([]);
    const inodes = new Set(records.filter((r) => between(half)(r)).map((r) => r.networkNamespace));
    expect(inodes.size).toBe(2);
    b.kill('SIGKILL');
    await feed.stop();
  }, 30_000);

  it('a connection of a millisecond between two reports is in exactly the next one', async () => {
    // Nothing is sent but what is asked for.
    const { feed } = await startFeed({ patienceMillis: 3_600_000 });
    const actor = startPython(PYTHON_ACTOR, []);
    const port = Number(await tell(actor, 'listen l 127.0.0.1'));
    for (let round = 0; round < 20; round++) {
      feed.report();
      const local = Number(await tell(actor, `brief 127.0.0.1 ${port}`));
      await tell(actor, 'accept l c');
      await tell(actor, 'close c');
      await feed.catchUp();
      const first = feed.report();
      const ends = [...first.open, ...first.closed].filter(between(local));
      expect(ends.map(({ pid, direction }) => `${direction} ${pid}`).toSorted()).toEqual([
        `in ${actor.pid}`,
        `out ${actor.pid}`,
      ]);
      expect([...feed.report().closed, ...feed.report().open].filter(between(local))).toEqual([]);
    }
    actor.kill('SIGKILL');
    await feed.stop();
  }, 30_000);

  it('reads what was open before, in all namespaces, and connected UDP sockets', async () => {
    const [space = ''] = createNamespaces(['u']);
    const actor = startPython(PYTHON_ACTOR, [], space);
    const port = Number(await tell(actor, 'listen l ::1'));
    const local = Number(await tell(actor, `connect x ::1 ${port}`));
    await tell(actor, 'accept l y');
    const udp = Number(await tell(actor, 'udp d ::1 53'));
    const { feed } = await startFeed();
    const { open } = feed.report();
    const mine = open.filter(({ pid }) => pid === actor.pid);
    const group = cgroupOf(actor.pid);
    expect(mine.every(({ cgroup }) => group === undefined || cgroup === group)).toBe(true);
    expect(mine.filter(between(local)).map(({ direction, isGuessed }) => [direction, isGuessed])).toEqual(
      expect.arrayContaining([
        ['in', true],
        ['out', true],
      ]),
    );
    expect(mine.find(({ protocol }) => protocol === 'udp')).toMatchObject({ localPort: udp, remotePort: 53 });
    // Its end carries the process, although its beginning was not seen.
    await tell(actor, 'close y');
    await tell(actor, 'close x');
    await tell(actor, 'close d');
    feed.refresh();
    await until(() => feed.report().open.every(({ pid }) => pid !== actor.pid), 'the ends');
    expect(feed.status().losses.events).toBe(0);
    actor.kill('SIGKILL');
    await feed.stop();
  }, 30_000);

  it('UDP: a connected socket is told when it sends, with its process, however short it lives', async () => {
    const { feed, records } = await startFeed();
    const actor = startPython(PYTHON_ACTOR, []);
    const state = feed.status().state;
    const chosen =
      state.kind === 'running' ? state.chains.find(({ chain }) => chain === 'udp')?.chosen : undefined;
    expect(chosen).toBe('sock_send_length');
    for (const address of ['127.0.0.1', '::1']) {
      const local = Number(await tell(actor, `udp d ${address} 53`));
      await tell(actor, 'send d 10');
      await tell(actor, 'close d');
      await until(() => records.some((r) => r.kind === 'datagram' && r.localPort === local), 'the datagram');
      const end = feed.report().open.find((c) => c.protocol === 'udp' && c.localPort === local);
      expect(end).toMatchObject({ pid: actor.pid, direction: 'out', remoteAddress: address, remotePort: 53 });
    }
    feed.refresh();
    await until(() => feed.report().open.every(({ pid }) => pid !== actor.pid), 'the end of both');
    actor.kill('SIGKILL');
    await feed.stop();
  }, 30_000);
});

/** Id of a process's group in the unified hierarchy, where there is one. */
function cgroupOf(pid: number): number | undefined {
  const path = /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1];
  const root = findCgroupRoot();
  return path === undefined || root === undefined ? undefined : statSync(root + path).ino;
}
