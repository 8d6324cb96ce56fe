import { Buffer } from 'node:buffer';
import { containerIdOf } from '@ridgeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { AddressPool } from '../src/address-pool.ts';
import { ByteCursor } from '../src/byte-cursor.ts';
import { parseCgroup } from '../src/cgroup.ts';
import { parseCommandLine, programName } from '../src/command-line.ts';
import { parseOsName, parseUsers } from '../src/etc-files.ts';
import { parseMemory, parseProcessorTicks, parseUptimeSeconds } from '../src/host-files.ts';
import { namespaceInodeOf, socketInodeOf } from '../src/link-inode.ts';
import {
  isInNetwork,
  networksOfRoutes,
  networkText,
  parseIpv6Addresses,
  parseLocalIpv4,
  parseRoutes,
} from '../src/network-files.ts';
import { emptyPidStat, parsePidStat } from '../src/pid-stat.ts';
import { parseEffectiveUid } from '../src/pid-status.ts';

const id = '0123456789abcdef'.repeat(4);

describe('/proc/<pid>/stat', () => {
  const read = (text: string) => {
    const stat = emptyPidStat();
    const bytes = Buffer.from(text);
    const ok = parsePidStat(new ByteCursor(), bytes, bytes.length, stat);
    return { ok, stat, comm: bytes.toString('utf8', stat.commStart, stat.commEnd) };
  };
  const tail =
    'S 7 42 42 0 -1 4194560 1 2 3 4 150 25 9 9 20 0 3 0 77001 4096000 512 18446744073709551615 1 1 0 0 0';

  it('reads the fields a process is shown with', () => {
    const { ok, stat, comm } = read(`42 (nginx) ${tail}`);
    expect(ok).toBe(true);
    expect(comm).toBe('nginx');
    expect(stat).toMatchObject({
      pid: 42,
      ppid: 7,
      cpuTicks: 175,
      threads: 3,
      startTicks: 77001,
      residentPages: 512,
      kernelThread: false,
    });
  });

  it('takes blanks, parentheses and newlines for part of the name', () => {
    for (const name of ['a b', ') S 1 1', '((', 'x)\n7 (y) R 1', '']) {
      const { ok, stat, comm } = read(`42 (${name}) ${tail}`);
      expect(ok).toBe(true);
      expect(comm).toBe(name);
      expect(stat.ppid).toBe(7);
    }
  });

  it('knows a thread of the kernel by its flag', () => {
    expect(read(`2 (kthreadd) ${tail.replace('4194560', '2129984')}`).stat.kernelThread).toBe(true);
  });

  it('refuses a line that is cut', () => {
    expect(read('42 (nginx) S 7').ok).toBe(false);
    expect(read('42 (nginx').ok).toBe(false);
    expect(read('').ok).toBe(false);
  });
});

describe('/proc/<pid>/status', () => {
  it('gives the effective user', () => {
    const bytes = Buffer.from('Name:\tUid:\\n\nUmask:\t0022\nUid:\t1000\t33\t1000\t1000\nGid:\t4\n');
    expect(parseEffectiveUid(new ByteCursor(), bytes, bytes.length)).toBe(33);
  });

  it('gives nothing without a Uid line', () => {
    const bytes = Buffer.from('Name:\tx\n');
    expect(parseEffectiveUid(new ByteCursor(), bytes, bytes.length)).toBeUndefined();
  });
});

describe('/proc/<pid>/cmdline', () => {
  const read = (text: string) => parseCommandLine(Buffer.from(text), Buffer.byteLength(text));

  it('joins the arguments and names the program', () => {
    expect(read('/usr/bin/python3\0-m\0http.server\0')).toEqual({
      text: '/usr/bin/python3 -m http.server',
      name: 'python3',
    });
  });

  it('is empty for a process without arguments', () => {
    expect(read('')).toEqual({ text: '', name: '' });
    expect(read('\0\0\0')).toEqual({ text: '', name: '' });
  });

  it('keeps newlines and parentheses of hostile arguments', () => {
    expect(read('a\nb)\0c d\0')).toEqual({ text: 'a\nb) c d', name: 'a\nb)' });
  });

  it('names a process that wrote a title over its arguments by the title', () => {
    expect(programName('nginx: worker process')).toBe('nginx');
    expect(programName('sshd: me [priv]')).toBe('sshd');
    expect(programName('-bash')).toBe('bash');
    expect(programName('/opt/My App/bin/run')).toBe('run');
    expect(programName('/')).toBe('/');
  });

  it('cuts what is longer than the limit', () => {
    expect(read('x'.repeat(10_000)).text).toHaveLength(4096);
  });
});

describe('/proc/<pid>/cgroup', () => {
  it('finds the container in every spelling seen', () => {
    for (const path of [
      `/docker/${id}`,
      `/libpod_parent/libpod-${id}`,
      `/kubepods/burstable/pod1234/${id}`,
      `/system.slice/docker-${id}.scope`,
      `/kubepods.slice/cri-containerd-${id}.scope`,
      `/machine.slice/crio-${id}.scope`,
      `/kubepods-besteffort.slice:cri-containerd:${id}`,
      `/../libpod-${id}`,
      `/docker/${id}/init.scope`,
    ]) {
      expect(containerIdOf(path), path).toBe(id);
    }
  });

  it('takes the inner of two containers', () => {
    const inner = 'f'.repeat(64);
    expect(containerIdOf(`/docker/${id}/docker/${inner}`)).toBe(inner);
  });

  it('finds none in paths that only look like one', () => {
    expect(containerIdOf(`/machine.slice/libpod-conmon-${id}.scope`)).toBeUndefined();
    expect(containerIdOf(`/docker/${id}0`)).toBeUndefined();
    expect(containerIdOf(`/k8s.io/${id.slice(1)}`)).toBeUndefined();
    expect(containerIdOf('/default/redis')).toBeUndefined();
  });

  it('asks the unified hierarchy first, then the others', () => {
    const other = 'e'.repeat(64);
    expect(parseCgroup(`4:memory:/docker/${other}\n0::/docker/${id}\n`)).toEqual({
      path: `/docker/${id}`,
      containerId: id,
    });
    expect(parseCgroup(`4:memory:/docker/${id}\n1:name=systemd:/docker/${id}\n0::/\n`)).toEqual({
      path: `/docker/${id}`,
      containerId: id,
    });
    expect(parseCgroup('')).toEqual({ path: '', containerId: undefined });
  });
});

describe('links', () => {
  it('gives the inode of a socket and of a namespace, and -1 for all else', () => {
    expect(socketInodeOf('socket:[12345]')).toBe(12345);
    expect(namespaceInodeOf('net:[4026531840]')).toBe(4026531840);
    for (const link of [
      'socket:[]',
      'socket:[1',
      'socket:[1x]',
      'socket:[99999999999]',
      '/socket:[1]',
      'pipe:[1]',
      '',
    ]) {
      expect(socketInodeOf(link), link).toBe(-1);
    }
  });
});

describe('addresses', () => {
  const text = (...words: [number, number, number, number]) => {
    const pool = new AddressPool();
    return pool.text(pool.intern(...words));
  };

  it('are written as RFC 5952 wants them', () => {
    expect(text(0, 0, 0, 0)).toBe('::');
    expect(text(0, 0, 0, 1)).toBe('::1');
    expect(text(0x20010db8, 0, 0, 1)).toBe('2001:db8::1');
    expect(text(0x20010db8, 0x00000001, 0x00010001, 0x00010001)).toBe('2001:db8:0:1:1:1:1:1');
    expect(text(0x20010000, 0x00000001, 0, 1)).toBe('2001:0:0:1::1');
    expect(text(0x20010db8, 0, 0x00010000, 1)).toBe('2001:db8::1:0:0:1');
    expect(text(0xfe800000, 0, 0, 0)).toBe('fe80::');
    expect(text(0x2001aaaa, 0xbbbbcccc, 0xddddeeee, 0xffff0001)).toBe('2001:aaaa:bbbb:cccc:dddd:eeee:ffff:1');
  });

  it('that are IPv4-mapped are IPv4, and the same as IPv4', () => {
    const pool = new AddressPool();
    expect(pool.intern(0, 0, 0xffff, 0x0a000001)).toBe(pool.internIpv4(0x0a000001));
    expect(pool.text(0)).toBe('10.0.0.1');
    expect(text(0, 0, 0xfffe, 0x0a000001)).toBe('::fffe:a00:1');
  });

  it('are told apart by kind', () => {
    const pool = new AddressPool();
    const loopback = [pool.internIpv4(0x7f010203), pool.intern(0, 0, 0, 1)];
    const linkLocal = [pool.internIpv4(0xa9fe0001), pool.intern(0xfe800000, 0, 0, 1)];
    const any = [pool.internIpv4(0), pool.intern(0, 0, 0, 0)];
    const group = [pool.internIpv4(0xe0000001), pool.intern(0xff020000, 0, 0, 1)];
    const plain = [pool.internIpv4(0x0a000001), pool.intern(0x20010db8, 0, 0, 1), pool.intern(0, 0, 0, 2)];
    const kinds = (index: number) => [
      pool.isLoopback(index),
      pool.isLinkLocal(index),
      pool.isUnspecified(index),
      pool.isMulticast(index),
    ];
    for (const index of loopback) expect(kinds(index)).toEqual([true, false, false, false]);
    for (const index of linkLocal) expect(kinds(index)).toEqual([false, true, false, false]);
    for (const index of any) expect(kinds(index)).toEqual([false, false, true, false]);
    for (const index of group) expect(kinds(index)).toEqual([false, false, false, true]);
    for (const index of plain) expect(kinds(index)).toEqual([false, false, false, false]);
  });
});

describe('networks', () => {
  it('come from routes without a gateway', () => {
    const pool = new AddressPool();
    const routes = parseRoutes(
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n' +
        'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n' +
        'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n' +
        'eth1\t0100000A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0\n' +
        'eth2\t0000A8C0\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0\nrubbish\n',
    );
    expect(routes).toHaveLength(3);
    expect(routes[0]).toMatchObject({ gateway: 0xc0000201, mask: 0 });
    const networks = networksOfRoutes(routes, pool);
    expect(networks.map((network) => networkText(network, pool))).toEqual(['192.0.2.0/24', '10.0.0.1/32']);
    expect(isInNetwork(pool.internIpv4(0xc00002ff), networks[0] as never, pool)).toBe(true);
    expect(isInNetwork(pool.internIpv4(0xc00003ff), networks[0] as never, pool)).toBe(false);
    expect(isInNetwork(pool.intern(0, 0, 0, 1), networks[0] as never, pool)).toBe(false);
  });

  it('of IPv6 come with the addresses', () => {
    const pool = new AddressPool();
    const found = parseIpv6Addresses(
      'fe8000000000000000fc00fffe000001 04 40 20 80     eth0\n' +
        'fd000000000000000000000000000102 04 79 00 82     eth0\nzz\n',
      pool,
    );
    expect(found.map((entry) => pool.text(entry.address))).toEqual(['fe80::fc:ff:fe00:1', 'fd00::102']);
    expect(found.map((entry) => networkText(entry.network, pool))).toEqual(['fe80::/64', 'fd00::100/121']);
    expect(isInNetwork(pool.intern(0xfd000000, 0, 0, 0x17f), found[1]?.network as never, pool)).toBe(true);
    expect(isInNetwork(pool.intern(0xfd000000, 0, 0, 0x180), found[1]?.network as never, pool)).toBe(false);
  });

  it('own addresses are the local leaves of the trie', () => {
    const pool = new AddressPool();
    const trie =
      'Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n        /0 universe UNICAST\n' +
      '           |-- 127.0.0.0\n              /8 host LOCAL\n           |-- 127.0.0.1\n              /32 host LOCAL\n' +
      '        |-- 192.0.2.2\n           /24 link UNICAST\n           /32 host LOCAL\n' +
      '        |-- 192.0.2.255\n           /32 link BROADCAST\nLocal:\n        |-- 192.0.2.2\n           /32 host LOCAL\n';
    expect(parseLocalIpv4(trie, pool).map((index) => pool.text(index))).toEqual(['127.0.0.1', '192.0.2.2']);
  });
});

describe('host files', () => {
  it('/proc/stat: what is not idle or waiting is busy, guests are not counted twice', () => {
    const bytes = Buffer.from(
      'cpu  100 10 50 800 20 5 15 0 90 9\ncpu0 1 1 1 1 1 1 1 1 0 0\ncpu1 1 1 1 1 1 1 1 1 0 0\nintr 1\n',
    );
    expect(parseProcessorTicks(new ByteCursor(), bytes, bytes.length)).toEqual({
      busy: 180,
      total: 1000,
      processors: 2,
    });
  });

  it('/proc/meminfo: used is total less available', () => {
    expect(parseMemory('MemTotal:       1000 kB\nMemFree:  1 kB\nMemAvailable:    400 kB\n')).toEqual({
      totalBytes: 1_024_000,
      usedBytes: 614_400,
    });
    expect(
      parseMemory('MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 50 kB\nCached: 50 kB\n')?.usedBytes,
    ).toBe(819_200);
    expect(parseMemory('')).toBeUndefined();
  });

  it('/proc/uptime', () => {
    expect(parseUptimeSeconds('350735.47 234388.90\n')).toBe(350735.47);
    expect(parseUptimeSeconds('x')).toBeUndefined();
  });

  it('passwd: the first of two names for one user counts', () => {
    const users = parseUsers(
      'root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:\n#c\nweb:x:33:33::/:\nbad:x:y:1\n',
    );
    expect([...users]).toEqual([
      [0, 'root'],
      [33, 'web'],
    ]);
  });

  it('os-release', () => {
    expect(parseOsName('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\n')).toBe(
      'Debian GNU/Linux 12 (bookworm)',
    );
    expect(parseOsName("NAME='Alpine Linux'\nVERSION_ID=3.20.1\n")).toBe('Alpine Linux 3.20.1');
    expect(parseOsName('')).toBeUndefined();
  });
});
