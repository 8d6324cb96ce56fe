import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Scanner } from '../src/scan.ts';
import { scanLive, scanUntil } from './live-picture.ts';
import { type Peer, startPeer } from './peer-process.ts';

// The real /proc of the machine: what this process starts it may read without being root.
const peers: Peer[] = [];
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.end()));
});

describe('the live /proc', () => {
  it('shows one edge client → server with right pids, for IPv4 and IPv6, TCP and UDP, until they end', async () => {
    const scanner = new Scanner({ root: '/proc', etc: '/etc' });
    const server = await startPeer('server');
    peers.push(server);
    const client = await startPeer('client', server.ports);
    peers.push(client);
    const expected = server.ports.map((port, index) => ({
      client: {
        address: index < 2 ? '127.0.0.1' : '::1',
        port: client.ports[index],
        pid: client.child.pid,
        scope: 1,
      },
      server: { address: index < 2 ? '127.0.0.1' : '::1', port, pid: server.child.pid, scope: 1 },
      transport: index % 2 === 0 ? 'tcp' : 'udp',
      guessed: false,
    }));
    const { scan, edges } = scanLive(scanner);
    const mine = edges.filter(
      (edge) => edge.client.pid === client.child.pid || edge.server.pid === server.child.pid,
    );
    expect(mine).toHaveLength(4);
    for (const edge of expected) expect(mine).toContainEqual(edge);
    const process = scan.processes.find((candidate) => candidate.pid === server.child.pid);
    expect(process).toMatchObject({ name: 'node', uid: globalThis.process.geteuid?.() });

    await client.end();
    await scanUntil(scanner, (live) =>
      live.edges.some((edge) => edge.client.pid === client.child.pid) ? undefined : true,
    );
    await server.end();
    const { scan: after } = scanLive(scanner);
    expect(after.processes.some((candidate) => candidate.pid === server.child.pid)).toBe(false);
  });

  it('survives processes that come and go while it scans', async () => {
    const churn = spawn('sh', ['-c', 'while :; do sh -c : & sh -c : ; wait; done'], { stdio: 'ignore' });
    try {
      const scanner = new Scanner({ root: '/proc', etc: '/etc' });
      const seen = new Set<number>();
      for (let index = 0; index < 20 || (seen.size < 6 && index < 2000); index++) {
        const { scan } = scanLive(scanner);
        expect(scan.gaps.malformedLines).toBe(0);
        for (const process of scan.processes) if (process.ppid === churn.pid) seen.add(process.pid);
        if (index % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(seen.size).toBeGreaterThan(5);
    } finally {
      churn.kill('SIGKILL');
      await once(churn, 'close');
    }
  });

  it('agrees with the kernel about this process', () => {
    const { scan } = scanLive(new Scanner({ root: '/proc', etc: '/etc' }));
    const self = scan.processes.find((candidate) => candidate.pid === process.pid);
    expect(self).toMatchObject({ ppid: process.ppid, uid: process.geteuid?.() });
    expect(self?.commandLine.startsWith(process.execPath)).toBe(true);
    const rss = process.memoryUsage.rss();
    expect(self?.residentBytes.valueAt(0)).toBeGreaterThan(rss * 0.7);
    expect(self?.residentBytes.valueAt(0)).toBeLessThan(rss * 1.3);
    expect(scan.namespaces[0]).toMatchObject({ isOwn: true, inode: self?.namespaceInode });
  });
});
