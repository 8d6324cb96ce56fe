import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connectSockets } from '../src/connections.ts';
import { runAtOnce } from '../src/run-sliced.ts';
import { type Scan, Scanner } from '../src/scan.ts';
import { type FixtureProc, type FixtureSocket, writeProc } from './proc-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'procfs-connections-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const any = ['0.0.0.0', 0] as const;
const listen = (local: readonly [string, number], inode: number): FixtureSocket => ({
  file: 'tcp',
  state: 10,
  local,
  remote: any,
  inode,
});
const established = (
  local: readonly [string, number],
  remote: readonly [string, number],
  inode: number,
): FixtureSocket => ({ file: 'tcp', state: 1, local, remote, inode });

function scanOf(proc: FixtureProc): Scan {
  const root = join(folder, 'proc');
  writeProc(root, proc);
  const scan = runAtOnce(new Scanner({ root, etc: join(root, 'etc') }).scan(1000, 1000));
  if (scan === undefined) throw new Error('no scan');
  return scan;
}

/** Endpoints as `scope;address;port[;udp]`, where the scope is `h` or `h-<inode>`; edges as `client[pid] -> server[pid]`. */
function picture(proc: FixtureProc): { edges: string[]; listening: string[] } {
  const scan = scanOf(proc);
  const { endpoints, edges } = runAtOnce(connectSockets(scan));
  const name = (endpoint: number): string => {
    const code = endpoints.scope[endpoint] as number;
    const scope = code === 0 ? '' : code === 1 ? 'h' : `h-${scan.namespaces[code - 2]?.inode}`;
    const suffix = endpoints.transport[endpoint] === 1 ? ';udp' : '';
    const owner = endpoints.owner[endpoint] as number;
    const pid = owner < 0 ? '' : `[${scan.processes[owner]?.pid}]`;
    const address = scan.pool.text(endpoints.address[endpoint] as number);
    return `${scope};${address};${endpoints.port[endpoint]}${suffix}${pid}`;
  };
  const lines: string[] = [];
  for (let edge = 0; edge < edges.size; edge++) {
    const guess = edges.guessed[edge] === 1 ? ' (guess)' : '';
    lines.push(`${name(edges.client[edge] as number)} -> ${name(edges.server[edge] as number)}${guess}`);
  }
  const listening: string[] = [];
  for (let endpoint = 0; endpoint < endpoints.size; endpoint++) {
    if (endpoints.listening[endpoint] === 1) listening.push(name(endpoint));
  }
  return { edges: lines.sort(), listening: listening.sort() };
}

describe('direction', () => {
  it('leads from the client to the end that listens, once for both sockets', () => {
    expect(
      picture({
        self: 10,
        processes: [
          { pid: 10, namespace: 1, sockets: [100, 101] },
          { pid: 20, namespace: 1, sockets: [200] },
        ],
        namespaces: {
          1: {
            sockets: [
              listen(['0.0.0.0', 50000], 100),
              established(['127.0.0.1', 50000], ['127.0.0.1', 4000], 101),
              established(['127.0.0.1', 4000], ['127.0.0.1', 50000], 200),
            ],
          },
        },
      }),
    ).toEqual({
      edges: ['h;127.0.0.1;4000[20] -> h;127.0.0.1;50000[10]'],
      listening: ['h;0.0.0.0;50000[10]'],
    });
  });

  it('is guessed from the lower port when no one listens, and of equal ports from the lower address', () => {
    expect(
      picture({
        self: 10,
        processes: [{ pid: 10, namespace: 1, sockets: [1, 2, 3] }],
        namespaces: {
          1: {
            addresses: ['10.0.0.5'],
            sockets: [
              established(['10.0.0.5', 4000], ['192.0.2.1', 443], 1),
              established(['10.0.0.5', 22], ['192.0.2.1', 5000], 2),
              established(['10.0.0.5', 7], ['192.0.2.1', 7], 3),
            ],
          },
        },
      }).edges,
    ).toEqual([
      ';10.0.0.5;4000[10] -> ;192.0.2.1;443 (guess)',
      ';192.0.2.1;5000 -> ;10.0.0.5;22[10] (guess)',
      ';192.0.2.1;7 -> ;10.0.0.5;7[10] (guess)',
    ]);
  });

  it('is no guess for a socket that is still connecting', () => {
    expect(
      picture({
        self: 10,
        processes: [{ pid: 10, namespace: 1, sockets: [1] }],
        namespaces: {
          1: {
            addresses: ['10.0.0.5'],
            sockets: [{ ...established(['10.0.0.5', 80], ['192.0.2.1', 4000], 1), state: 2 }],
          },
        },
      }).edges,
    ).toEqual([';10.0.0.5;80[10] -> ;192.0.2.1;4000']);
  });

  it('gives what waits to be accepted to the process that listens', () => {
    expect(
      picture({
        self: 10,
        processes: [{ pid: 10, namespace: 1, sockets: [1] }],
        namespaces: {
          1: {
            addresses: ['10.0.0.5'],
            sockets: [listen(['10.0.0.5', 8080], 1), established(['10.0.0.5', 8080], ['192.0.2.1', 80], 0)],
          },
        },
      }).edges,
    ).toEqual([';192.0.2.1;80 -> ;10.0.0.5;8080[10]']);
  });

  it('leads to the process that accepted; to the one that listens when several did', () => {
    const proc = (workers: number): FixtureProc => ({
      self: 10,
      processes: [
        { pid: 10, namespace: 1, sockets: [1] },
        ...[20, 30].slice(0, workers).map((pid) => ({ pid, namespace: 1, sockets: [1, pid] })),
      ],
      namespaces: {
        1: {
          addresses: ['10.0.0.5'],
          sockets: [
            listen(['0.0.0.0', 8080], 1),
            ...[20, 30]
              .slice(0, workers)
              .map((inode) => established(['10.0.0.5', 8080], ['192.0.2.1', 4000 + inode], inode)),
          ],
        },
      },
    });
    expect(picture(proc(1)).edges).toEqual([';192.0.2.1;4020 -> ;10.0.0.5;8080[20]']);
    expect(picture(proc(2)).edges).toEqual([
      ';192.0.2.1;4020 -> ;10.0.0.5;8080[10]',
      ';192.0.2.1;4030 -> ;10.0.0.5;8080[10]',
    ]);
  });

  it('leads to a UDP server that answers all from one socket', () => {
    const udp = { file: 'udp', state: 1 } as const;
    expect(
      picture({
        self: 10,
        processes: [
          { pid: 10, namespace: 1, sockets: [1] },
          { pid: 20, namespace: 1, sockets: [2] },
        ],
        namespaces: {
          1: {
            sockets: [
              { ...udp, state: 7, local: ['0.0.0.0', 5353], remote: any, inode: 1 },
              { ...udp, local: ['127.0.0.1', 4000], remote: ['127.0.0.1', 5353], inode: 2 },
            ],
          },
        },
      }).edges,
    ).toEqual(['h;127.0.0.1;4000;udp[20] -> h;127.0.0.1;5353;udp[10]']);
  });

  it('takes an IPv4 client of an IPv6 listener for IPv4', () => {
    const mapped = '0:0:0:0:0:ffff:7f00:1';
    expect(
      picture({
        self: 10,
        processes: [
          { pid: 10, namespace: 1, sockets: [1, 2] },
          { pid: 20, namespace: 1, sockets: [3] },
        ],
        namespaces: {
          1: {
            sockets: [
              {
                file: 'tcp6',
                state: 10,
                local: ['0:0:0:0:0:0:0:0', 9000],
                remote: ['0:0:0:0:0:0:0:0', 0],
                inode: 1,
              },
              { file: 'tcp6', state: 1, local: [mapped, 9000], remote: [mapped, 4000], inode: 2 },
              established(['127.0.0.1', 4000], ['127.0.0.1', 9000], 3),
            ],
          },
        },
      }).edges,
    ).toEqual(['h;127.0.0.1;4000[20] -> h;127.0.0.1;9000[10]']);
  });
});

describe('scopes', () => {
  it('tells the loopback addresses of namespaces apart', () => {
    const sockets = (inode: number): FixtureSocket[] => [
      listen(['127.0.0.1', 80], inode),
      established(['127.0.0.1', 80], ['127.0.0.1', 4000], inode + 1),
      established(['127.0.0.1', 4000], ['127.0.0.1', 80], inode + 2),
    ];
    expect(
      picture({
        self: 10,
        processes: [
          { pid: 10, namespace: 7, sockets: [1, 2, 3] },
          { pid: 20, namespace: 5, sockets: [11, 12, 13] },
        ],
        namespaces: { 7: { sockets: sockets(1) }, 5: { sockets: sockets(11) } },
      }).edges,
    ).toEqual([
      'h-5;127.0.0.1;4000[20] -> h-5;127.0.0.1;80[20]',
      'h;127.0.0.1;4000[10] -> h;127.0.0.1;80[10]',
    ]);
  });

  const host = {
    addresses: ['192.0.2.2', '10.88.0.1'],
    routes: [
      ['eth0', '0.0.0.0', '192.0.2.1', '0.0.0.0'],
      ['eth0', '192.0.2.0', '0.0.0.0', '255.255.255.0'],
      ['cbr0', '10.88.0.0', '0.0.0.0', '255.255.0.0'],
    ],
  } as const;
  const container = {
    addresses: ['10.88.0.2'],
    routes: [
      ['eth0', '0.0.0.0', '10.88.0.1', '0.0.0.0'],
      ['eth0', '10.88.0.0', '0.0.0.0', '255.255.0.0'],
    ],
  } as const;

  it('scopes addresses behind a bridge of this host by host, at both ends of one edge', () => {
    expect(
      picture({
        self: 10,
        processes: [
          { pid: 10, namespace: 1, sockets: [1] },
          { pid: 20, namespace: 2, sockets: [2, 3, 4] },
        ],
        namespaces: {
          1: { ...host, sockets: [established(['10.88.0.1', 4000], ['10.88.0.2', 80], 1)] },
          2: {
            ...container,
            sockets: [
              listen(['0.0.0.0', 80], 2),
              established(['10.88.0.2', 80], ['10.88.0.1', 4000], 3),
              established(['10.88.0.2', 5000], ['192.0.2.99', 443], 4),
            ],
          },
        },
      }).edges,
    ).toEqual([
      'h;10.88.0.1;4000[10] -> h;10.88.0.2;80[20]',
      'h;10.88.0.2;5000[20] -> ;192.0.2.99;443 (guess)',
    ]);
  });

  it('leaves pod networks, which are routed between hosts, without scope', () => {
    expect(
      picture({
        self: 10,
        processes: [
          { pid: 10, namespace: 1 },
          { pid: 20, namespace: 2, sockets: [4] },
        ],
        namespaces: {
          1: { ...host, routes: [['cni0', '10.88.0.0', '0.0.0.0', '255.255.0.0']] },
          2: { ...container, sockets: [established(['10.88.0.2', 5000], ['192.0.2.99', 443], 4)] },
        },
      }).edges,
    ).toEqual([';10.88.0.2;5000[20] -> ;192.0.2.99;443 (guess)']);
  });

  it('tells two containers with one address apart, and finds the one a connection leads to', () => {
    expect(
      picture({
        self: 10,
        processes: [
          { pid: 10, namespace: 1, sockets: [1] },
          { pid: 20, namespace: 2, sockets: [2, 3] },
          { pid: 30, namespace: 3, sockets: [4] },
        ],
        namespaces: {
          1: { ...host, sockets: [established(['10.88.0.1', 4000], ['10.88.0.2', 80], 1)] },
          2: {
            ...container,
            sockets: [listen(['0.0.0.0', 80], 2), established(['10.88.0.2', 80], ['10.88.0.1', 4000], 3)],
          },
          3: { ...container, sockets: [listen(['10.88.0.2', 80], 4)] },
        },
      }),
    ).toEqual({
      edges: ['h;10.88.0.1;4000[10] -> h-2;10.88.0.2;80[20]'],
      listening: ['h-2;0.0.0.0;80[20]', 'h-3;10.88.0.2;80[30]'],
    });
  });

  it('does not take the network of another host for a bridge of its own', () => {
    // This "host" is a namespace beside the one that bridges it to its neighbours.
    expect(
      picture({
        self: 20,
        processes: [
          { pid: 10, namespace: 1 },
          { pid: 20, namespace: 2, sockets: [4] },
        ],
        namespaces: {
          1: host,
          2: { ...container, sockets: [established(['10.88.0.2', 5000], ['10.88.0.9', 443], 4)] },
        },
      }).edges,
    ).toEqual([';10.88.0.2;5000[20] -> ;10.88.0.9;443 (guess)']);
  });
});
