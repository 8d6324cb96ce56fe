import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProcessRecord } from '../src/process-table.ts';
import { runAtOnce, runSliced } from '../src/run-sliced.ts';
import { type Scan, Scanner } from '../src/scan.ts';
import { type FixtureProc, type FixtureSocket, writeProc } from './proc-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'procfs-scanner-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const root = join(folder, 'proc');
let scanner: Scanner;
let clock: number;
beforeEach(() => {
  scanner = new Scanner({ root, etc: join(root, 'etc') });
  clock = 0;
});

function scan(proc: FixtureProc): Scan {
  writeProc(root, proc);
  clock += 1000;
  const result = runAtOnce(scanner.scan(1_000_000 + clock, clock));
  if (result === undefined) throw new Error('no scan');
  return result;
}

const listening = (port: number, inode: number): FixtureSocket => ({
  file: 'tcp',
  state: 10,
  local: ['127.0.0.1', port],
  remote: ['0.0.0.0', 0],
  inode,
});

/** Owner's pid by inode. */
function owners(result: Scan): Record<number, number | undefined> {
  const { sockets, processes } = result;
  return Object.fromEntries(
    Array.from({ length: sockets.size }, (_, row) => [
      sockets.inode[row],
      processes[sockets.owner[row] as number]?.pid,
    ]),
  );
}

const one = (result: Scan, pid: number): ProcessRecord => {
  const process = result.processes.find((candidate) => candidate.pid === pid);
  if (process === undefined) throw new Error(`no process ${pid}`);
  return process;
};

describe('processes', () => {
  it('are read with all that a report shows', () => {
    const id = 'c'.repeat(64);
    const result = scan({
      self: 10,
      processes: [
        {
          pid: 10,
          ppid: 1,
          comm: 'httpd',
          args: ['/usr/sbin/httpd', '-D'],
          uid: 33,
          startTicks: 900,
          cgroup: `/docker/${id}`,
          namespace: 4026531840,
        },
      ],
    });
    expect(one(result, 10)).toMatchObject({
      ppid: 1,
      name: 'httpd',
      commandLine: '/usr/sbin/httpd -D',
      uid: 33,
      threads: 2,
      startTicks: 900,
      namespaceInode: 4026531840,
      cgroup: { path: `/docker/${id}`, containerId: id },
    });
    expect(result.userNames.get(33)).toBe('web');
    expect(one(result, 10).residentBytes.valueAt(0)).toBe(409_600);
    expect(result.host).toMatchObject({
      hostName: 'fixture.example',
      osName: 'Fixture 1',
      kernelVersion: '6.1.0 #1 SMP',
      uptimeSeconds: 1000.5,
    });
    expect(result.host.load1.valueAt(0)).toBe(0.25);
    expect(result.host.memoryUsedBytes.valueAt(0)).toBe(1_048_576);
  });

  it('are named by the kernel when they have no command line, and survive hostile names', () => {
    const result = scan({
      self: 10,
      processes: [
        { pid: 10, comm: 'zombie', args: [] },
        { pid: 11, comm: 'a) R 1 (\nb c', args: ['x\ny (z', '', 'last'] },
      ],
    });
    expect(one(result, 10)).toMatchObject({ name: 'zombie', commandLine: '' });
    expect(one(result, 11)).toMatchObject({
      comm: 'a) R 1 (\nb c',
      name: 'x\ny (z',
      commandLine: 'x\ny (z  last',
      ppid: 1,
    });
  });

  it('have CPU percentages of the interval between scans', () => {
    scan({ self: 10, processes: [{ pid: 10, cpuTicks: 100 }] });
    const result = scan({ self: 10, processes: [{ pid: 10, cpuTicks: 150 }] });
    const { cpuPercent, residentBytes } = one(result, 10);
    expect([cpuPercent.size, cpuPercent.valueAt(0), cpuPercent.timeAt(0)]).toEqual([1, 50, 1_002_000]);
    expect(residentBytes.size).toBe(2);
  });

  it('keep the last 60 samples', () => {
    let result = scan({ self: 10, processes: [{ pid: 10 }] });
    for (let index = 0; index < 70; index++) {
      clock += 1000;
      result = runAtOnce(scanner.scan(1_000_000 + clock, clock)) as Scan;
    }
    const { cpuPercent } = one(result, 10);
    expect([cpuPercent.size, cpuPercent.timeAt(59)]).toEqual([60, 1_000_000 + clock]);
  });

  it('of a reused pid are another process: no CPU is carried over, no socket either', () => {
    const namespaces = { 1: { sockets: [listening(80, 5)] } };
    const before = scan({
      self: 1,
      processes: [
        { pid: 1, namespace: 1 },
        { pid: 10, cpuTicks: 900, startTicks: 1, namespace: 1, sockets: [5] },
      ],
      namespaces,
    });
    expect(owners(before)).toEqual({ 5: 10 });
    const after = scan({
      self: 1,
      processes: [
        { pid: 1, namespace: 1 },
        { pid: 10, cpuTicks: 2, startTicks: 99, comm: 'other', namespace: 1 },
      ],
      namespaces,
    });
    expect(one(after, 10)).toMatchObject({ name: 'other', startTicks: 99 });
    expect(one(after, 10).cpuPercent.size).toBe(0);
    expect(owners(after)).toEqual({ 5: undefined });
    expect(after.gaps.unattributedSockets).toBe(1);
  });

  it('that execute another program are read again', () => {
    scan({ self: 10, processes: [{ pid: 10, comm: 'sh', args: ['sh'] }] });
    scan({ self: 10, processes: [{ pid: 10, comm: 'sh', args: ['sh'] }] });
    const result = scan({ self: 10, processes: [{ pid: 10, comm: 'server', args: ['/bin/server'] }] });
    expect(one(result, 10).name).toBe('server');
  });

  it('that vanish between listing and reading are no error', () => {
    writeProc(root, { self: 10, processes: [{ pid: 10 }, { pid: 11 }, { pid: 12 }] });
    const steps = scanner.scan(1, 1);
    steps.next();
    rmSync(join(root, '11'), { recursive: true });
    rmSync(join(root, '12', 'fd'), { recursive: true });
    expect(runAtOnce(steps)?.processes.map((process) => process.pid)).toEqual([10, 12]);
  });
});

describe('sockets', () => {
  const namespaces = { 1: { sockets: [listening(80, 5)] }, 2: { sockets: [listening(80, 6)] } };

  it('of every namespace are read, the own one first, with their owners', () => {
    const result = scan({
      self: 20,
      processes: [
        { pid: 10, namespace: 1, sockets: [5] },
        { pid: 20, namespace: 2, sockets: [6] },
      ],
      namespaces,
    });
    expect(result.namespaces.map(({ inode, isOwn }) => [inode, isOwn])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(owners(result)).toEqual({ 5: 10, 6: 20 });
    expect(result.gaps.unattributedSockets).toBe(0);
  });

  it('that change hands are found with their new process within a round', () => {
    const state = (first: number[], second: number[]): FixtureProc => ({
      self: 1,
      processes: [
        { pid: 1, namespace: 1 },
        { pid: 10, namespace: 1, sockets: first },
        { pid: 20, namespace: 1, sockets: second },
      ],
      namespaces,
    });
    expect(owners(scan(state([5], [5])))).toEqual({ 5: 10 });
    let result = scan(state([], [5]));
    for (let index = 0; index < 16 && owners(result)[5] !== 20; index++) result = scan(state([], [5]));
    expect(owners(result)).toEqual({ 5: 20 });
  });

  it('that share a descriptor number with one before are found at once', () => {
    const state = (port: number, inode: number): FixtureProc => ({
      self: 1,
      processes: [
        { pid: 1, namespace: 1 },
        { pid: 10, namespace: 1, sockets: [inode] },
      ],
      namespaces: { 1: { sockets: [listening(port, inode)] } },
    });
    expect(owners(scan(state(80, 5)))).toEqual({ 5: 10 });
    expect(owners(scan(state(81, 6)))).toEqual({ 6: 10 });
  });

  it('that init and a service hold belong to the service', () => {
    const result = scan({
      self: 1,
      processes: [
        { pid: 1, namespace: 1, sockets: [5] },
        { pid: 10, namespace: 1, sockets: [5] },
      ],
      namespaces,
    });
    expect(owners(result)).toEqual({ 5: 10 });
  });

  it('lines that are torn are counted, and the rest is read', () => {
    writeProc(root, { self: 10, processes: [{ pid: 10, namespace: 1, sockets: [5] }], namespaces });
    const text =
      '   0: 0100007F:0050 rubbish\n   1: 0100007F:0051 00000000:0000 0A 0:0 0:0 0 7 0 9 1\n   2: 01';
    writeFileSync(join(root, '10/net/tcp'), text);
    const result = runAtOnce(scanner.scan(1, 1)) as Scan;
    expect(owners(result)).toEqual({ 9: undefined });
    expect(result.gaps.malformedLines).toBe(2);
  });

  it('of a table that the kernel counts as empty are not looked for, which would be dear', () => {
    writeProc(root, { self: 10, processes: [{ pid: 10, namespace: 1, sockets: [5] }], namespaces });
    writeFileSync(join(root, '10/net/sockstat'), 'sockets: used 1\nTCP: inuse 0 orphan 0\n');
    expect(runAtOnce(scanner.scan(1, 1))?.sockets.size).toBe(0);
    writeFileSync(join(root, '10/net/sockstat'), 'sockets: used 1\nTCP: inuse 1 orphan 0\n');
    expect(runAtOnce(scanner.scan(2, 2))?.sockets.size).toBe(1);
    rmSync(join(root, '10/net/sockstat'));
    expect(runAtOnce(scanner.scan(3, 3))?.sockets.size).toBe(1);
  });

  it('are read without namespace links, as far as the copy goes', () => {
    writeProc(root, { processes: [{ pid: 10, namespace: 1, sockets: [5] }], namespaces });
    rmSync(join(root, '10/ns/net'));
    const result = runAtOnce(scanner.scan(1, 1)) as Scan;
    expect(owners(result)).toEqual({ 5: 10 });
    expect(result.namespaces.map(({ inode }) => inode)).toEqual([0]);
  });
});

describe('a copy of /proc', () => {
  it('never leads outside: links in place of files and folders are not followed', () => {
    const outside = join(folder, 'outside');
    mkdirSync(join(outside, 'fd'), { recursive: true });
    writeFileSync(join(outside, 'stat'), '12 (evil) S 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 5 1 1\n');
    writeFileSync(join(outside, 'secret'), 'secret\0');
    writeProc(root, { self: 10, processes: [{ pid: 10, comm: 'plain' }] });
    symlinkSync(outside, join(root, '12'));
    rmSync(join(root, '10/cmdline'));
    symlinkSync(join(outside, 'secret'), join(root, '10/cmdline'));
    rmSync(join(root, 'sys'), { recursive: true });
    symlinkSync(outside, join(root, 'sys'));
    const result = runAtOnce(scanner.scan(1, 1)) as Scan;
    expect(result.processes.map(({ pid, name, commandLine }) => [pid, name, commandLine])).toEqual([
      [10, 'plain', ''],
    ]);
    expect(result.host.hostName).toBeUndefined();
    rmSync(outside, { recursive: true });
  });

  it('that is not there gives no scan', () => {
    const missing = new Scanner({ root: join(folder, 'missing'), etc: join(folder, 'missing') });
    expect(runAtOnce(missing.scan(1, 1))).toBeUndefined();
  });
});

describe('sliced work', () => {
  it('lets the event loop turn after each slice, and says how long it was held', async () => {
    let time = 0;
    function* steps(): Generator<void, string, void> {
      for (let index = 0; index < 12; index++) {
        time += 1;
        yield;
      }
      return 'done';
    }
    let turns = 0;
    let running = true;
    const count = (): void => {
      turns++;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    const result = await runSliced(steps(), { monotonic: () => time, sliceMillis: 5 });
    running = false;
    expect(result).toEqual({ value: 'done', heldMillis: 12 });
    expect(turns).toBeGreaterThanOrEqual(2);
  });

  it('ends between two slices when aborted, and closes what the work has open', async () => {
    const abort = new AbortController();
    let closed = false;
    function* steps(): Generator<void, void, void> {
      try {
        for (;;) yield;
      } finally {
        closed = true;
      }
    }
    const running = runSliced(steps(), { monotonic: () => performance.now(), signal: abort.signal });
    abort.abort();
    expect(await running).toBeUndefined();
    expect(closed).toBe(true);
  });
});
