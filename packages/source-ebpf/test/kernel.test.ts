import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findCgroupRoot } from '../src/cgroup-paths.ts';
import type { Connection } from '../src/index.ts';
import {
  childPid,
  createNamespaces,
  describeKernel,
  joinNamespaces,
  type Peer,
  programIdsOf,
  startFeed,
  startPeer,
  startPython,
  until,
  WITH_TRACEFS,
} from './kernel-harness.ts';
import { NODE_CLIENT, NODE_SERVER, PYTHON_ACTOR, PYTHON_CLIENT, PYTHON_SERVER } from './peers.ts';

const CONNECTIONS = 1000;

async function tell(actor: Peer, command: string): Promise<string> {
  actor.write(`${command}\n`);
  return actor.line();
}

const between = (port: number) => (c: Connection) => c.remotePort === port || c.localPort === port;

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
      () => records.filter((r) => r.kind === 'close' && between(mapped)(asConnection(r))).length === 2,
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
    await until(
      () => records.filter((r) => r.kind === 'close' && between(half)(asConnection(r))).length === 2,
      'the end',
    );
    expect(feed.report().open.filter(between(half))).toEqual([]);
    const inodes = new Set(
      records.filter((r) => between(half)(asConnection(r))).map((r) => r.networkNamespace),
    );
    expect(inodes.size).toBe(2);
    b.kill('SIGKILL');
    await feed.stop();
  }, 30_000);

  it('a connection of a millisecond between two reports is in exactly the next one', async () => {
    const { feed, records } = await startFeed();
    const actor = startPython(PYTHON_ACTOR, []);
    const port = Number(await tell(actor, 'listen l 127.0.0.1'));
    for (let round = 0; round < 20; round++) {
      feed.report();
      const local = Number(await tell(actor, `brief 127.0.0.1 ${port}`));
      await tell(actor, 'accept l c');
      await tell(actor, 'close c');
      await until(
        () => records.filter((r) => r.kind === 'close' && between(local)(asConnection(r))).length === 2,
        'both ends',
      );
      const first = feed.report();
      const ends = [...first.open, ...first.closed].filter(between(local));
      expect(ends.map(({ pid, direction }) => `${direction} ${pid}`).toSorted()).toEqual([
        `in ${actor.pid}`,
        `out ${actor.pid}`,
      ]);
      expect([...feed.report().closed, ...feed.report().open].filter(between(local))).toEqual([]);
      records.length = 0; // ports are used again
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

  it('kill -9 of the child in a storm: started again, no ghost, nothing left behind', async () => {
    const watched = await startFeed({
      restartTimes: {
        windowMillis: 0,
        restartAfterMillis: 50,
        fallBackMillis: 1000,
        longestFallBackMillis: 1000,
      },
    });
    const { feed, states } = watched;
    const server = startPython(PYTHON_SERVER, ['4', '127.0.0.1']);
    const port = Number(await server.line());
    const storm = startPython(PYTHON_CLIENT, ['4', '127.0.0.1', String(port), '6000']);
    await until(() => watched.records.length > 2000, 'the storm');
    const before = childPid(watched);
    const programs = programIdsOf(before);
    expect(programs.length).toBeGreaterThan(2);
    process.kill(before, 'SIGKILL');
    await until(() => watched.wholes() === 2, 'the second child');
    expect(states.map(({ kind }) => kind)).toEqual([
      'starting',
      'running',
      'restarting',
      'starting',
      'running',
    ]);
    expect(await storm.exited).toBe(0);
    const again = programIdsOf(childPid(watched));
    server.kill('SIGKILL');
    await server.exited;
    feed.refresh();
    await until(() => feed.report().open.filter(between(port)).length === 0, 'every ghost to go');
    await feed.stop();
    await untilUnloaded([...programs, ...again]);
  }, 60_000);

  it('kill -9 of the parent: the child ends too, and leaves nothing', async () => {
    const supervisor = new URL('../dist/supervise-child.js', import.meta.url).href;
    const script = `
      import { superviseChild } from '${supervisor}';
      superviseChild({ ringBytes: 65536, avoid: [] }, {
        onReport: () => {},
        onState: (state) => { if (state.kind === 'running') console.log(state.pid); },
      });
    `;
    const parent = startPeer([process.execPath, '--input-type=module', '-e', script]);
    const child = Number(await parent.line());
    const programs = programIdsOf(child);
    expect(programs.length).toBeGreaterThan(2);
    process.kill(child, 'SIGINT'); // as Ctrl-C would: it stays until its parent is gone
    parent.kill('SIGKILL');
    await parent.exited;
    await until(() => !existsSync(`/proc/${child}`), 'the end of the child');
    await untilUnloaded(programs);
  }, 30_000);

  // Whether a connection is gone is asked of its namespace, by entering it; without the privilege for that, of the programs' memory.
  it.each([
    ['in this namespace', [], WITH_TRACEFS],
    ['in another namespace', ['h'], WITH_TRACEFS],
    [
      'in another namespace, which may not be entered',
      ['n'],
      ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-sys_admin'],
    ],
  ])(
    'a ring too small: ends %s are lost and counted, and a snapshot heals the picture',
    async (_name, names, wrapper) => {
      const HELD = 30;
      const watched = await startFeed({ ringBytes: 1 << 16, wrapper });
      const { feed } = watched;
      const actor = startPython(PYTHON_ACTOR, [], createNamespaces(names)[0]);
      const own = Number(await tell(actor, 'listen l 127.0.0.1'));
      for (let index = 0; index < HELD; index++) {
        await tell(actor, `connect c${index} 127.0.0.1 ${own}`);
        await tell(actor, `accept l s${index}`);
      }
      const heldOpen = (): number => feed.report().open.filter(between(own)).length;
      await until(() => heldOpen() === 2 * HELD, 'both ends of all');

      // The reader is held up, as on a machine that is busy elsewhere, and a storm fills the ring.
      process.kill(childPid(watched), 'SIGSTOP');
      const server = startPython(PYTHON_SERVER, ['4', '127.0.0.1']);
      const storm = startPython(PYTHON_CLIENT, ['4', '127.0.0.1', await server.line(), '500']);
      await storm.exited;
      for (let index = 0; index < HELD; index++) {
        await tell(actor, `close c${index}`);
        await tell(actor, `close s${index}`);
      }
      expect(heldOpen()).toBe(2 * HELD);
      process.kill(childPid(watched), 'SIGCONT');

      await until(() => feed.status().losses.events > 0, 'the loss');
      await until(() => heldOpen() === 0, 'the picture to heal');
      expect(feed.report().differences.vanished).toBeGreaterThanOrEqual(2 * HELD);
      const { counters } = feed.status();
      expect(counters?.lost).toBe(Object.values(counters?.lostByKind ?? {}).reduce((sum, n) => sum + n, 0));
      actor.kill('SIGKILL');
      server.kill('SIGKILL');
      await feed.stop();
    },
    60_000,
  );
});

/** Id of a process's group in the unified hierarchy, where there is one. */
function cgroupOf(pid: number): number | undefined {
  const path = /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1];
  const root = findCgroupRoot();
  return path === undefined || root === undefined ? undefined : statSync(root + path).ino;
}

function asConnection(ends: { localPort: number; remotePort: number }): Connection {
  return ends as Connection;
}

/** The kernel frees a program a little after its last holder is gone (RCU). */
async function untilUnloaded(ids: readonly number[]): Promise<void> {
  await until(
    () => {
      const left = loadedPrograms();
      return ids.every((id) => !left.has(id));
    },
    `the end of programs ${ids.join(', ')}`,
  );
}

function loadedPrograms(): Set<number> {
  try {
    const list: unknown = JSON.parse(
      execFileSync('bpftool', ['prog', 'list', '--json'], { encoding: 'utf8' }),
    );
    return new Set((list as { id: number }[]).map(({ id }) => id));
  } catch (error) {
    throw new Error('bpftool is needed to see what is loaded (Debian: bpftool)', { cause: error });
  }
}
