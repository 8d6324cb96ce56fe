import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BPF_MAP,
  createMap,
  deleteFromMap,
  encodeMessage,
  freezeMap,
  inNetworkNamespace,
  type Linux,
  LinuxError,
  lookUpMap,
  mountTracefs,
  NETLINK_PROTOCOL,
  NLM_F,
  networkNamespaceInode,
  nextMapKey,
  openLinux,
  openNetlink,
  readPrivileges,
  splitAttributes,
  updateMap,
} from '../src/index.ts';

const SOCK_DIAG_BY_FAMILY = 20;
const RTM_GETLINK = 18;
const IFLA_IFNAME = 3;
const AF_INET = 2;
const IPPROTO_TCP = 6;

const isRoot =
  process.platform === 'linux' && process.getuid?.() === 0 && readPrivileges().effective.has('CAP_BPF');
const hasIp = spawnSync('ip', ['-V']).error === undefined;
if (!isRoot) console.error('\n*** KERNEL TESTS OF packages/linux ARE SKIPPED: not root with CAP_BPF\n');

/** Local ports of listening TCP sockets, as sock_diag gives them. Source: include/uapi/linux/inet_diag.h. */
function listeningPorts(linux: Linux): number[] {
  const request = Buffer.alloc(56);
  request[0] = AF_INET;
  request[1] = IPPROTO_TCP;
  request.writeUInt32LE(1 << 10, 4); // TCP_LISTEN
  const socket = openNetlink(linux, { protocol: NETLINK_PROTOCOL.sockDiag });
  const ports: number[] = [];
  try {
    socket.dump(encodeMessage(SOCK_DIAG_BY_FAMILY, NLM_F.dump, 1, request), (bytes, message) => {
      ports.push(bytes.readUInt16BE(message.start + 4));
    });
  } finally {
    socket.close();
  }
  return ports;
}

function interfaceNames(linux: Linux): string[] {
  const socket = openNetlink(linux, { protocol: NETLINK_PROTOCOL.route, receiveBufferBytes: 1 << 20 });
  const names: string[] = [];
  try {
    socket.dump(encodeMessage(RTM_GETLINK, NLM_F.dump, 1, Buffer.alloc(16)), (bytes, message) => {
      for (const { type, start, end } of splitAttributes(bytes, message.start + 16, message.end)) {
        if (type === IFLA_IFNAME) names.push(bytes.toString('latin1', start, end - 1));
      }
    });
  } finally {
    socket.close();
  }
  return names;
}

describe.skipIf(process.platform !== 'linux')('calls that need no privilege', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
  });

  it('know the page size', () => {
    const { pageSizeBytes } = openLinux();
    expect([4096, 16384, 65536]).toContain(pageSizeBytes);
  });

  it('ask sock_diag for listening sockets', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(listeningPorts(openLinux())).toContain(port);
  });

  it('ask route netlink for interfaces, and read an empty queue without waiting', () => {
    const linux = openLinux();
    expect(interfaceNames(linux)).toContain('lo');
    const socket = openNetlink(linux, { protocol: NETLINK_PROTOCOL.route, groups: 1 });
    expect(socket.receive()).toEqual({ kind: 'empty' });
    socket.close();
    socket.close();
  });

  it('turn a refusal inside a dump into a typed error', () => {
    const socket = openNetlink(openLinux(), { protocol: NETLINK_PROTOCOL.route });
    const nonsense = encodeMessage(0x7ff0, NLM_F.dump, 1, Buffer.alloc(16));
    expect(() => socket.dump(nonsense, () => {})).toThrowError(
      expect.objectContaining({ code: 'NETLINK_REFUSED', facts: { errno: 95 } }),
    );
    socket.close();
  });

  it('say which namespace file cannot be opened', () => {
    expect(() => networkNamespaceInode('/proc/0/ns/net')).toThrowError(LinuxError);
  });
});

describe.skipIf(!isRoot)('maps of the kernel', () => {
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };

  it('keep what is written, walk by key, and end by being closed', () => {
    const linux = openLinux();
    const fd = createMap(linux, {
      name: 'test',
      type: BPF_MAP.hash,
      keyBytes: 4,
      valueBytes: 4,
      maxEntries: 8,
      flags: 0,
    });
    const value = Buffer.alloc(4);
    expect(lookUpMap(linux, fd, u32(1), value)).toBe(false);
    updateMap(linux, fd, u32(1), u32(10));
    updateMap(linux, fd, u32(2), u32(20));
    expect(lookUpMap(linux, fd, u32(2), value)).toBe(true);
    expect(value.readUInt32LE()).toBe(20);
    const keys: number[] = [];
    let key: Uint8Array | undefined;
    for (;;) {
      const next = Buffer.alloc(4);
      if (!nextMapKey(linux, fd, key, next)) break;
      keys.push(next.readUInt32LE());
      key = next;
    }
    expect(new Set(keys)).toEqual(new Set([1, 2]));
    expect(deleteFromMap(linux, fd, u32(1))).toBe(true);
    expect(deleteFromMap(linux, fd, u32(1))).toBe(false);
    freezeMap(linux, fd);
    expect(() => updateMap(linux, fd, u32(3), u32(30))).toThrowError(LinuxError);
    closeSync(fd);
  });

  it('are refused with a sentence when they make no sense', () => {
    const spec = { name: 'bad', type: BPF_MAP.hash, keyBytes: 0, valueBytes: 4, maxEntries: 8, flags: 0 };
    expect(() => createMap(openLinux(), spec)).toThrowError(/map "bad" was refused \(EINVAL\)/);
  });
});

describe.skipIf(!isRoot)('a tracefs of our own', () => {
  it('tells tracepoints, is mounted nowhere, and is gone when it is closed', () => {
    const mounts = (): string => readFileSync('/proc/self/mountinfo', 'utf8');
    const before = mounts();
    const tracefs = mountTracefs(openLinux());
    const id = `${tracefs.path}/events/syscalls/sys_exit_accept4/id`;
    expect(Number(readFileSync(id, 'utf8'))).toBeGreaterThan(0);
    expect(() => writeFileSync(`${tracefs.path}/tracing_on`, '1')).toThrowError(/EROFS/);
    expect(mounts()).toBe(before);
    tracefs.close();
    tracefs.close();
    expect(existsSync(id)).toBe(false);
  });
});

describe.skipIf(!isRoot || !hasIp)('another network namespace', () => {
  const name = `rl${process.pid}l`;
  beforeAll(() => {
    execFileSync('ip', ['netns', 'add', name]);
    execFileSync('ip', ['-n', name, 'link', 'add', 'd0', 'type', 'veth', 'peer', 'name', 'd1']);
  });
  afterAll(() => {
    execFileSync('ip', ['netns', 'delete', name]);
  });

  it('is entered for one call and left again, also when the call throws', () => {
    const linux = openLinux();
    const path = `/run/netns/${name}`;
    const home = networkNamespaceInode();
    expect(inNetworkNamespace(linux, path, () => networkNamespaceInode())).toBe(networkNamespaceInode(path));
    expect(inNetworkNamespace(linux, path, () => interfaceNames(linux)).sort()).toEqual(['d0', 'd1', 'lo']);
    expect(() =>
      inNetworkNamespace(linux, path, () => {
        throw new Error('inside');
      }),
    ).toThrowError('inside');
    expect(networkNamespaceInode()).toBe(home);
  });

  it('keeps the sockets opened in it', () => {
    const linux = openLinux();
    const open = () => openNetlink(linux, { protocol: NETLINK_PROTOCOL.route });
    const socket = inNetworkNamespace(linux, `/run/netns/${name}`, open);
    const names: string[] = [];
    socket.dump(encodeMessage(RTM_GETLINK, NLM_F.dump, 1, Buffer.alloc(16)), (bytes, message) => {
      for (const { type, start, end } of splitAttributes(bytes, message.start + 16, message.end)) {
        if (type === IFLA_IFNAME) names.push(bytes.toString('latin1', start, end - 1));
      }
    });
    socket.close();
    expect(names.sort()).toEqual(['d0', 'd1', 'lo']);
  });
});
