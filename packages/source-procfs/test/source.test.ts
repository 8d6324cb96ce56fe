import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  asNodeId,
  factAt,
  hasEdge,
  type NodeReader,
  type Report,
  readNode,
  type SourceNotice,
  SymbolTable,
  type Topology,
} from '@ridgeline/core';
import {
  commandLine,
  containerKey,
  HOST_CPU,
  hostAddresses,
  hostName,
  hostNodeId,
  listening,
  localNetworks,
  networkNamespace,
  operatingSystem,
  PROCESS_CPU,
  parentPid,
  pid,
  processName,
  processStarted,
  processUser,
  threads,
  uptimeSeconds,
} from '@ridgeline/vocabulary';
import { BehaviorSubject, firstValueFrom, take, tap, toArray } from 'rxjs';
import { afterAll, describe, expect, it } from 'vitest';
import type { TcpDemand } from '../src/socket-reader.ts';
import { createProcfs, procfs } from '../src/source.ts';
import { type FixtureProc, writeProc } from './proc-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'procfs-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const container = 'c'.repeat(64);
const proc: FixtureProc = {
  self: 10,
  processes: [
    {
      pid: 10,
      ppid: 1,
      comm: 'httpd',
      args: ['/usr/sbin/httpd', '-D'],
      uid: 33,
      startTicks: 900,
      cgroup: `/docker/${container}`,
      namespace: 4026531840,
      sockets: [100, 101],
    },
    { pid: 20, comm: 'curl', namespace: 4026531840, sockets: [200] },
  ],
  namespaces: {
    4026531840: {
      addresses: ['192.0.2.2'],
      routes: [['eth0', '192.0.2.0', '0.0.0.0', '255.255.255.0']],
      sockets: [
        { file: 'tcp', state: 10, local: ['0.0.0.0', 80], remote: ['0.0.0.0', 0], inode: 100 },
        { file: 'tcp', state: 1, local: ['127.0.0.1', 80], remote: ['127.0.0.1', 4000], inode: 101 },
        { file: 'tcp', state: 1, local: ['127.0.0.1', 4000], remote: ['127.0.0.1', 80], inode: 200 },
        { file: 'udp', state: 1, local: ['192.0.2.2', 5000], remote: ['198.51.100.1', 53], inode: 201 },
      ],
    },
  },
};

let folders = 0;

/** Runs the source over a fixture with a clock that ticks a second a look at it. */
async function reportsOf(
  fixture: FixtureProc,
  count: number,
): Promise<{ reports: readonly Report[]; notices: readonly SourceNotice[] }> {
  const root = join(folder, String(folders++));
  writeProc(root, fixture);
  const notices: SourceNotice[] = [];
  const symbols = new SymbolTable();
  let wall = 1_700_000_000_000;
  let ticks = 0;
  const context = {
    host: 'h;1',
    now: () => {
      wall += 1000;
      return wall;
    },
    monotonic: () => {
      ticks += 0.001;
      return ticks;
    },
    symbols: () => symbols,
    notify: (notice: SourceNotice) => void notices.push(notice),
  };
  const reports = await firstValueFrom(
    procfs.connect({ root, every: 50, share: 1 }, context).pipe(take(count), toArray()),
  );
  return { reports, notices };
}

const topology = (report: Report | undefined, name: string): Topology => {
  const found = report?.topologies.get(name);
  if (found === undefined) throw new Error(`no topology ${name}`);
  return found;
};

const node = (within: Topology, id: string): NodeReader => {
  const row = within.rowOf(asNodeId(id));
  if (row === undefined) throw new Error(`no node ${id}`);
  return readNode(within, row);
};

describe('procfs', () => {
  it('reports processes with what a view shows of them', async () => {
    const { reports } = await reportsOf(proc, 2);
    const processes = topology(reports[1], 'process');
    expect(processes.size).toBe(2);
    const httpd = node(processes, 'h%3B1;10');
    expect(httpd.get(pid)).toBe('10');
    expect(httpd.get(parentPid)).toBe('1');
    expect(httpd.get(processName)).toBe('httpd');
    expect(httpd.get(commandLine)).toBe('/usr/sbin/httpd -D');
    expect(httpd.get(processUser)).toBe('web');
    expect(node(processes, 'h%3B1;20').get(processUser)).toBe('root');
    expect(httpd.get(threads)).toBe(2);
    expect(httpd.get(networkNamespace)).toBe('4026531840');
    expect(httpd.get(containerKey)).toBe(container);
    expect(httpd.get(hostNodeId)).toBe('h%3B1;<host>');
    expect(httpd.parents('host')).toEqual(['h%3B1;<host>']);
    // 900 ticks after the machine's start, which was 1000.5 s before the first scan.
    expect(httpd.get(processStarted)).toBe(1_700_000_001_000 - 1_000_500 + 9000);
    expect(httpd.metric(PROCESS_CPU)).toBeDefined();
  });

  it('reports endpoints: one edge client → server, with its evidence', async () => {
    const { reports } = await reportsOf(proc, 2);
    const endpoints = topology(reports[1], 'endpoint');
    const server = node(endpoints, 'h%3B1;127.0.0.1;80');
    expect(server.get(pid)).toBe('10');
    expect(server.get(hostNodeId)).toBe('h%3B1;<host>');
    expect(node(endpoints, 'h%3B1;127.0.0.1;4000').get(pid)).toBe('20');
    expect(node(endpoints, 'h%3B1;0.0.0.0;80').get(listening)).toBe('true');
    expect(server.get(listening)).toBeUndefined();
    const remote = node(endpoints, ';198.51.100.1;53;udp');
    expect([remote.get(pid), remote.get(hostNodeId)]).toEqual([undefined, undefined]);
    expect(endpoints.out.to.length).toBe(2);
    const row = (id: string) => endpoints.rowOf(asNodeId(id)) as number;
    expect(hasEdge(endpoints.out, row('h%3B1;127.0.0.1;4000'), row('h%3B1;127.0.0.1;80'))).toBe(true);
    expect(hasEdge(endpoints.out, row(';192.0.2.2;5000;udp'), row(';198.51.100.1;53;udp'))).toBe(true);
    const facts = endpoints.open?.facts;
    if (facts === undefined) throw new Error('no edge facts');
    const all = [0, 1].map((index) => factAt(endpoints.symbols, facts, index));
    expect(new Set(all.map((fact) => fact.guessed))).toEqual(new Set([false, true]));
    for (const fact of all) {
      expect(fact).toMatchObject({ source: 'procfs', connections: 1, lastSeen: 1_700_000_002_000 });
      expect(fact.firstSeen).toBe(1_700_000_001_000);
    }
  });

  it('reports the host', async () => {
    const { reports } = await reportsOf(proc, 2);
    const host = node(topology(reports[1], 'host'), 'h%3B1;<host>');
    expect(host.get(hostName)).toBe('fixture.example');
    expect(host.get(operatingSystem)).toBe('Fixture 1');
    expect(host.get(uptimeSeconds)).toBe(1000);
    expect(host.set(localNetworks.key)).toEqual(['127.0.0.0/8', '192.0.2.0/24', '::1/128']);
    expect(host.set(hostAddresses.key)).toEqual(['192.0.2.2']);
    expect(host.metric(HOST_CPU)).toBeUndefined();
  });

  it('has windows that follow one another, and tells what it missed', async () => {
    const { reports, notices } = await reportsOf(proc, 3);
    const windows = reports.map(({ window }) => window);
    for (const [index, window] of windows.entries()) {
      expect(window.from).toBe(index === 0 ? window.to : windows[index - 1]?.to);
    }
    expect(reports[0]?.origin).toEqual({ source: 'procfs', host: 'h;1' });
    expect(reports[0]?.lost).toEqual([
      { source: 'procfs', host: 'h;1', what: 'sockets without a process', count: 1 },
    ]);
    expect(notices.at(-1)?.state).toBe('running');
    expect(notices.at(-1)?.facts).toMatchObject({ processes: 2, sockets: 4, unattributedSockets: 1 });
  });

  it('leaves TCP connections to others while it is told to, and takes them over at once when it no longer is', async () => {
    const root = join(folder, String(folders++));
    writeProc(root, proc);
    const demand$ = new BehaviorSubject<TcpDemand>('listening');
    const symbols = new SymbolTable();
    const seen: { nodes: readonly string[]; edges: number; tcp: unknown; processes: number }[] = [];
    let notice: SourceNotice | undefined;
    const context = {
      host: 'h;1',
      now: () => Date.now(),
      monotonic: () => performance.now(),
      symbols: () => symbols,
      notify: (next: SourceNotice) => {
        notice = next;
      },
    };
    // So rarely that a second report of itself would be too late for the test.
    const reports$ = createProcfs({ tcpDemand$: demand$ }).connect(
      { root, every: 600_000, share: 1 },
      context,
    );

    await firstValueFrom(
      reports$.pipe(
        tap((report) => {
          const endpoints = topology(report, 'endpoint');
          seen.push({
            nodes: Array.from({ length: endpoints.size }, (_, row) => readNode(endpoints, row).id).sort(),
            edges: endpoints.out.to.length,
            tcp: notice?.facts?.tcp,
            processes: topology(report, 'process').size,
          });
          // Said while the source is busy emitting: the change must not be missed.
          demand$.next('all');
        }),
        take(2),
        toArray(),
      ),
    );

    expect(seen[0]).toEqual({
      nodes: [';192.0.2.2;5000;udp', ';198.51.100.1;53;udp', 'h%3B1;0.0.0.0;80'],
      edges: 1,
      tcp: 'listening',
      processes: 2,
    });
    expect(seen[1]).toMatchObject({ edges: 2, tcp: 'all', processes: 2 });
    expect(demand$.observed).toBe(false);
  });

  it('fails when the root cannot be listed, and says what to do', async () => {
    const context = {
      host: 'h',
      now: () => 1,
      monotonic: () => 1,
      symbols: () => new SymbolTable(),
      notify: () => undefined,
    };
    const reports$ = procfs.connect({ root: join(folder, 'missing'), every: 50, share: 1 }, context);
    await expect(firstValueFrom(reports$)).rejects.toMatchObject({
      code: 'BAD_OPTIONS',
      message: expect.stringContaining('missing'),
      fix: expect.stringContaining('root'),
    });
  });

  it('checks its options', async () => {
    const validate = async (input: unknown) => procfs.options?.['~standard'].validate(input);
    expect(await validate({})).toEqual({ value: { root: '/proc', every: 1000, share: 0.1 } });
    for (const bad of [{ share: 0 }, { share: 2 }, { every: 1 }, { root: '' }, { rooot: '/proc' }]) {
      expect((await validate(bad))?.issues, JSON.stringify(bad)).toHaveLength(1);
    }
  });
});
