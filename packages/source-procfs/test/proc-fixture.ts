import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AddressPool } from '../src/address-pool.ts';
import { socketFiles } from '../src/socket-lines.ts';
import type { Socket } from '../src/socket-table.ts';
import { printSockets } from './print-sockets.ts';

/** A process of a fixture; what is left out is ordinary. */
export interface FixtureProcess {
  readonly pid: number;
  readonly ppid?: number;
  readonly comm?: string;
  /** Arguments; an empty list makes a command line of no bytes. */
  readonly args?: readonly string[];
  readonly uid?: number;
  readonly startTicks?: number;
  readonly cpuTicks?: number;
  readonly cgroup?: string;
  /** Inode of its network namespace; left out: the link is missing. */
  readonly namespace?: number;
  /** Inodes of the sockets among its descriptors. */
  readonly sockets?: readonly number[];
}

/** A socket of a fixture: addresses as IPv4 `a.b.c.d` or as eight groups of IPv6. */
export interface FixtureSocket {
  readonly file: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  readonly state: number;
  readonly local: readonly [address: string, port: number];
  readonly remote: readonly [address: string, port: number];
  readonly inode: number;
}

/** The network side of a namespace of a fixture. */
export interface FixtureNamespace {
  readonly sockets?: readonly FixtureSocket[];
  /** Own IPv4 addresses. */
  readonly addresses?: readonly string[];
  /** `[interface, destination, gateway, mask]` in dotted form. */
  readonly routes?: readonly (readonly [string, string, string, string])[];
}

/** A small /proc. */
export interface FixtureProc {
  /** The process that `self` points to; left out: no such link. */
  readonly self?: number;
  readonly processes: readonly FixtureProcess[];
  readonly namespaces?: Readonly<Record<number, FixtureNamespace>>;
}

/** Writes a folder that looks like /proc, anew. */
export function writeProc(root: string, proc: FixtureProc): void {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'sys/kernel'), { recursive: true });
  mkdirSync(join(root, 'etc'));
  write(root, 'etc/passwd', 'root:x:0:0::/:\nweb:x:33:33::/:\n');
  write(root, 'etc/os-release', 'PRETTY_NAME="Fixture 1"\n');
  write(root, 'sys/kernel/hostname', 'fixture.example\n');
  write(root, 'sys/kernel/osrelease', '6.1.0\n');
  write(root, 'sys/kernel/version', '#1 SMP\n');
  write(root, 'uptime', '1000.50 1800.00\n');
  write(root, 'loadavg', '0.25 0.10 0.05 1/100 4242\n');
  write(root, 'meminfo', 'MemTotal: 2048 kB\nMemFree: 512 kB\nMemAvailable: 1024 kB\n');
  write(root, 'stat', 'cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 100 0 100 700 100 0 0 0 0 0\n');
  if (proc.self !== undefined) symlinkSync(String(proc.self), join(root, 'self'));
  for (const process of proc.processes) writeProcess(root, process, proc.namespaces ?? {});
}

function writeProcess(
  root: string,
  process: FixtureProcess,
  namespaces: Readonly<Record<number, FixtureNamespace>>,
): void {
  const folder = String(process.pid);
  for (const name of ['fd', 'ns', 'net']) mkdirSync(join(root, folder, name), { recursive: true });
  const { ppid = 1, comm = 'program', startTicks = 500, cpuTicks = 10, uid = 0 } = process;
  write(
    root,
    `${folder}/stat`,
    `${process.pid} (${comm}) S ${ppid} 1 1 0 -1 4194304 0 0 0 0 ${cpuTicks} 0 0 0 20 0 2 0 ${startTicks} 1000000 100 1 1\n`,
  );
  write(root, `${folder}/status`, `Name:\t${comm}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nThreads:\t2\n`);
  const args = process.args ?? [`/bin/${comm}`];
  write(root, `${folder}/cmdline`, args.map((argument) => `${argument}\0`).join(''));
  write(root, `${folder}/cgroup`, `0::${process.cgroup ?? '/'}\n`);
  symlinkSync('/dev/null', join(root, folder, 'fd/0'));
  for (const [index, inode] of (process.sockets ?? []).entries()) {
    symlinkSync(`socket:[${inode}]`, join(root, folder, `fd/${index + 3}`));
  }
  if (process.namespace === undefined) return;
  symlinkSync(`net:[${process.namespace}]`, join(root, folder, 'ns/net'));
  writeNamespace(root, folder, namespaces[process.namespace] ?? {});
}

function writeNamespace(root: string, folder: string, namespace: FixtureNamespace): void {
  const pool = new AddressPool();
  for (const file of socketFiles) {
    const sockets = (namespace.sockets ?? [])
      .filter((socket) => socket.file === file.name)
      .map(
        (socket): Socket => ({
          transport: file.transport,
          state: socket.state,
          local: internText(pool, socket.local[0]),
          localPort: socket.local[1],
          remote: internText(pool, socket.remote[0]),
          remotePort: socket.remote[1],
          uid: 0,
          inode: socket.inode,
        }),
      );
    write(root, `${folder}/net/${file.name}`, printSockets(sockets, file.ipv6, pool));
  }
  const count = (name: string): number =>
    (namespace.sockets ?? []).filter((socket) => socket.file === name).length;
  write(
    root,
    `${folder}/net/sockstat`,
    `sockets: used 9\nTCP: inuse ${count('tcp')} orphan 0 tw 0 alloc 0 mem 0\n`,
  );
  write(root, `${folder}/net/sockstat6`, `TCP6: inuse ${count('tcp6')}\nUDP6: inuse 0\n`);
  const leaves = ['127.0.0.1', ...(namespace.addresses ?? [])];
  write(
    root,
    `${folder}/net/fib_trie`,
    `Local:\n${leaves.map((leaf) => `     |-- ${leaf}\n        /32 host LOCAL\n`).join('')}`,
  );
  const routes = (namespace.routes ?? []).map(([name, destination, gateway, mask]) => {
    const flags = gateway === '0.0.0.0' ? '0001' : '0003';
    return `${name}\t${littleEndian(destination)}\t${littleEndian(gateway)}\t${flags}\t0\t0\t0\t${littleEndian(mask)}\t0\t0\t0\n`;
  });
  write(
    root,
    `${folder}/net/route`,
    `Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n${routes.join('')}`,
  );
  write(root, `${folder}/net/if_inet6`, '00000000000000000000000000000001 01 80 10 80       lo\n');
}

/** Interns `a.b.c.d`, or an IPv6 address written as eight groups. */
export function internText(pool: AddressPool, text: string): number {
  if (text.includes('.'))
    return pool.internIpv4(text.split('.').reduce((word, part) => word * 256 + Number(part), 0));
  const groups = text.split(':').map((group) => Number.parseInt(group, 16));
  const word = (index: number) => (groups[index] as number) * 65536 + (groups[index + 1] as number);
  return pool.intern(word(0), word(2), word(4), word(6));
}

function littleEndian(dotted: string): string {
  return dotted
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).toUpperCase().padStart(2, '0'))
    .join('');
}

function write(root: string, name: string, text: string): void {
  writeFileSync(join(root, name), text);
}
