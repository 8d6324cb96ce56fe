import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ConnectionAges } from '../src/connection-ages.ts';
import { connectSockets } from '../src/connections.ts';
import { runAtOnce } from '../src/run-sliced.ts';
import { Scanner } from '../src/scan.ts';
import { type FixtureSocket, writeProc } from './proc-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'procfs-ages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const client: FixtureSocket = {
  file: 'tcp',
  state: 1,
  local: ['127.0.0.1', 4000],
  remote: ['127.0.0.1', 80],
  inode: 1,
};
const server: FixtureSocket = { ...client, local: client.remote, remote: client.local, inode: 2 };

it('dates a connection by the end that was seen first, also when that end is gone; a new one anew', () => {
  const ages = new ConnectionAges();
  const at = (millis: number, sockets: readonly FixtureSocket[]): number[] => {
    writeProc(join(folder, 'proc'), {
      self: 10,
      processes: [{ pid: 10, namespace: 1 }],
      namespaces: { 1: { sockets } },
    });
    const scanner = new Scanner({ root: join(folder, 'proc'), etc: folder });
    const scan = runAtOnce(scanner.scan(millis, millis));
    if (scan === undefined) throw new Error('no scan');
    return [...ages.update(runAtOnce(connectSockets(scan)), millis)];
  };
  expect(at(1000, [client])).toEqual([1000]);
  expect(at(2000, [client, server])).toEqual([1000]);
  expect(at(3000, [server])).toEqual([1000]);
  expect(at(4000, [])).toEqual([]);
  expect(at(5000, [server])).toEqual([5000]);
  // The same socket, connected to another peer.
  expect(at(6000, [{ ...server, remote: ['127.0.0.1', 4001] }])).toEqual([6000]);
});
