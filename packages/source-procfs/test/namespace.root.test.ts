import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scanner } from '../src/scan.ts';
import { scanLive } from './live-picture.ts';
import { type Peer, startPeer } from './peer-process.ts';

describe('another network namespace', () => {
  let holder: ChildProcess;
  const peers: Peer[] = [];

  beforeAll(async () => {
    // The namespace lives as long as this process; it ends when its input does, even if the tests are killed.
    holder = spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up && echo ready && cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [line] = (await once(holder.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    expect(line.toString()).toContain('ready');
  });

  afterAll(async () => {
    await Promise.all(peers.map((peer) => peer.end()));
    const closed = once(holder, 'close');
    holder.stdin?.end();
    await closed;
  });

  it('is read through its processes, and its loopback is told from ours', async () => {
    const inside = ['nsenter', `--net=/proc/${holder.pid}/ns/net`];
    const server = await startPeer('server', [], inside);
    peers.push(server);
    const client = await startPeer('client', server.ports, inside);
    peers.push(client);
    const scanner = new Scanner({ root: '/proc', etc: '/etc' });
    const { scan, edges } = scanLive(scanner);
    const record = scan.processes.find((candidate) => candidate.pid === server.child.pid);
    const namespace = scan.namespaces.findIndex((candidate) => candidate.inode === record?.namespaceInode);
    expect(namespace).toBeGreaterThan(0);
    const mine = edges.filter((edge) => edge.client.pid === client.child.pid);
    expect(new Set(mine.map((edge) => edge.server.port))).toEqual(new Set(server.ports));
    for (const edge of mine) {
      expect(edge.server.pid).toBe(server.child.pid);
      expect([edge.client.scope, edge.server.scope]).toEqual([namespace + 2, namespace + 2]);
      expect(edge.guessed).toBe(false);
    }

    await Promise.all([client.end(), server.end()]);
    const after = scanLive(scanner);
    expect(after.edges.filter((edge) => edge.client.scope === namespace + 2)).toEqual([]);
  });

  it('is missed by one without the right to look, and the gap is told', async () => {
    const inside = ['nsenter', `--net=/proc/${holder.pid}/ns/net`];
    const server = await startPeer('server', [], inside);
    peers.push(server);
    const scanner = new Scanner({ root: '/proc', etc: '/etc' });
    process.seteuid?.('nobody');
    let live: ReturnType<typeof scanLive>;
    try {
      live = scanLive(scanner);
    } finally {
      process.seteuid?.(0);
    }
    const { scan } = live;
    const record = scan.processes.find((candidate) => candidate.pid === server.child.pid);
    expect(record).toMatchObject({ name: 'node', namespaceInode: -1, uid: 0 });
    expect(scan.gaps.deniedNamespaces).toBeGreaterThan(0);
    expect(scan.namespaces.every((namespace) => namespace.inode !== record?.namespaceInode)).toBe(true);
    // With the rights back the same scanner sees all again, by turns.
    let after = scanLive(scanner).scan;
    for (let index = 0; index < 20; index++) after = scanLive(scanner).scan;
    expect(after.gaps.deniedNamespaces).toBeLessThan(scan.gaps.deniedNamespaces);
    expect(after.namespaces.length).toBeGreaterThan(1);
  });
});
