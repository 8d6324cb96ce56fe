import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressPool } from '../src/address-pool.ts';
import { ByteCursor } from '../src/byte-cursor.ts';
import { parseCgroup } from '../src/cgroup.ts';
import { parseCommandLine } from '../src/command-line.ts';
import { parseOsName, parseUsers } from '../src/etc-files.ts';
import { parseLoad, parseMemory, parseProcessorTicks, parseUptimeSeconds } from '../src/host-files.ts';
import { namespaceInodeOf, socketInodeOf } from '../src/link-inode.ts';
import { networksOfRoutes, parseIpv6Addresses, parseLocalIpv4, parseRoutes } from '../src/network-files.ts';
import { PairIndex } from '../src/pair-index.ts';
import { emptyPidStat, parsePidStat } from '../src/pid-stat.ts';
import { parseEffectiveUid } from '../src/pid-status.ts';
import { parseSocketLines, socketFiles } from '../src/socket-lines.ts';
import { type Socket, SocketTable, socketState } from '../src/socket-table.ts';
import { heading, printSockets } from './print-sockets.ts';

const numRuns = Number(process.env.LAWS_RUNS ?? 200);
const seed = process.env.LAWS_SEED === undefined ? {} : { seed: Number(process.env.LAWS_SEED) };
const runs = { numRuns, ...seed };

const word = fc.oneof(
  fc.constantFrom(0, 1, 0xffff, 0x7f000001, 0xffffffff, 0x0a000001),
  fc.integer({ min: 0, max: 0xffffffff }),
);
const port = fc.oneof(fc.constantFrom(1, 80, 65535), fc.integer({ min: 1, max: 65535 }));
const held: readonly number[] = Object.values(socketState).filter(
  (state) =>
    state !== socketState.timeWait && state !== socketState.closed && state !== socketState.newSynReceived,
);

interface Drawn {
  readonly local: readonly [number, number, number, number];
  readonly remote: readonly [number, number, number, number];
  readonly localPort: number;
  readonly remotePort: number;
  readonly state: number;
  readonly uid: number;
  readonly inode: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  local: fc.tuple(word, word, word, word),
  remote: fc.tuple(word, word, word, word),
  localPort: port,
  remotePort: fc.oneof(fc.constant(0), port),
  state: fc.constantFrom(...held),
  uid: fc.integer({ min: 0, max: 0xffffffff }),
  inode: fc.integer({ min: 1, max: 0xffffffff }),
});

function place(drawn: Drawn, transport: 0 | 1, ipv6: boolean, pool: AddressPool): Socket {
  const index = (words: Drawn['local']) => (ipv6 ? pool.intern(...words) : pool.internIpv4(words[3]));
  return {
    transport,
    state: drawn.state,
    local: index(drawn.local),
    localPort: drawn.localPort,
    remote: index(drawn.remote),
    remotePort: drawn.remotePort,
    uid: drawn.uid,
    inode: drawn.inode,
  };
}

function rowsOf(table: SocketTable): Socket[] {
  return Array.from({ length: table.size }, (_, row) => table.at(row));
}

describe('socket tables', () => {
  it('law procfs-1: parse(print(sockets)) = sockets, whole and in pieces of any size', () => {
    fc.assert(
      fc.property(
        fc.array(drawn, { maxLength: 12 }),
        fc.constantFrom(...socketFiles),
        fc.integer({ min: 1, max: 400 }),
        (sockets, file, pieceBytes) => {
          const pool = new AddressPool();
          const expected = sockets.map((socket) => place(socket, file.transport, file.ipv6, pool));
          const bytes = Buffer.from(printSockets(expected, file.ipv6, pool));
          const table = new SocketTable(1);
          const cursor = new ByteCursor();
          let carried = Buffer.alloc(0);
          let malformed = 0;
          for (let at = 0; at < bytes.length; at += pieceBytes) {
            const piece = Buffer.concat([carried, bytes.subarray(at, at + pieceBytes)]);
            const parsed = parseSocketLines(cursor, piece, piece.length, file, 0, pool, table);
            malformed += parsed.malformed;
            carried = piece.subarray(parsed.consumedBytes);
          }
          expect(malformed).toBe(0);
          expect(carried).toHaveLength(0);
          expect(rowsOf(table)).toEqual(expected);
        },
      ),
      runs,
    );
  });

  it('law procfs-2: mutated bytes never throw; every line is a socket, left out, or counted as malformed', () => {
    const mutation = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(
        fc.array(drawn, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...socketFiles),
        fc.array(mutation, { maxLength: 8 }),
        (sockets, file, mutations) => {
          const pool = new AddressPool();
          const bytes = Buffer.from(
            printSockets(
              sockets.map((socket) => place(socket, file.transport, file.ipv6, pool)),
              file.ipv6,
              pool,
            ),
          );
          for (const { at, byte } of mutations) bytes[at % bytes.length] = byte;
          const lines = bytes.filter((byte) => byte === 0x0a).length;
          const table = new SocketTable(1);
          const parsed = parseSocketLines(new ByteCursor(), bytes, bytes.length, file, 0, pool, table);
          expect(parsed.consumedBytes).toBeLessThanOrEqual(bytes.length);
          expect(table.size + parsed.malformed).toBeLessThanOrEqual(lines);
          for (const row of rowsOf(table)) expect(row.state).toBeLessThanOrEqual(12);
        },
      ),
      runs,
    );
  });

  it('leaves out what no process holds, and knows the heading', () => {
    const pool = new AddressPool();
    const local = pool.internIpv4(0x7f000001);
    const socket = (state: number, inode: number): Socket => ({
      transport: 0,
      state,
      local,
      localPort: 80,
      remote: local,
      remotePort: 4000,
      uid: 0,
      inode,
    });
    const all = Object.values(socketState).flatMap((state) => [socket(state, 9), socket(state, 0)]);
    const bytes = Buffer.from(printSockets(all, false, pool));
    const table = new SocketTable();
    const file = socketFiles[0] as (typeof socketFiles)[0];
    expect(parseSocketLines(new ByteCursor(), bytes, bytes.length, file, 0, pool, table).malformed).toBe(0);
    expect(rowsOf(table).map(({ state, inode }) => [state, inode])).toEqual([
      [1, 9],
      [1, 0],
      ...[2, 3, 4, 5, 8, 9, 10, 11].map((state) => [state, 9]),
    ]);
    expect(heading).toContain('local_address');
  });
});

describe('other parsers', () => {
  it('law procfs-3: any bytes: no parser throws', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => Buffer.from(text)),
      fc
        .array(
          fc.constantFrom(
            'cpu ',
            '1 ',
            '(',
            ')',
            ' S ',
            '\n',
            'Uid:\t',
            '0::',
            '/32 host LOCAL',
            '|-- ',
            '1.2.3.4',
            'MemTotal: ',
            ' kB',
            'FFFFFFFF\t',
            'eth0\t',
            '\0',
            ':',
            '-',
            '99999999999999999999 ',
            'a'.repeat(64),
            'NAME="',
            '\\',
          ),
          { maxLength: 60 },
        )
        .map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(bytes, (raw) => {
        const cursor = new ByteCursor();
        const pool = new AddressPool();
        const text = Buffer.from(raw).toString('utf8');
        parsePidStat(cursor, raw, raw.length, emptyPidStat());
        parseEffectiveUid(cursor, raw, raw.length);
        parseProcessorTicks(cursor, raw, raw.length);
        parseCommandLine(raw, raw.length);
        parseCgroup(text);
        parseUsers(text);
        parseOsName(text);
        parseMemory(text);
        parseLoad(text);
        parseUptimeSeconds(text);
        networksOfRoutes(parseRoutes(text), pool);
        parseLocalIpv4(text, pool);
        parseIpv6Addresses(text, pool);
        expect(socketInodeOf(text)).toBeGreaterThanOrEqual(-1);
        expect(namespaceInodeOf(text)).toBeGreaterThanOrEqual(-1);
      }),
      runs,
    );
  });

  it('law procfs-4: a stat line gives back its name and numbers, whatever the name', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.array(fc.nat(), { minLength: 30, maxLength: 40 }),
        (name, numbers) => {
          const fields = numbers.map((number, index) => (index === 0 ? 'S' : String(number)));
          const bytes = Buffer.from(`77 (${name}) ${fields.join(' ')}\n`);
          const stat = emptyPidStat();
          expect(parsePidStat(new ByteCursor(), bytes, bytes.length, stat)).toBe(true);
          expect(bytes.toString('utf8', stat.commStart, stat.commEnd)).toBe(name);
          // Field n of the manual is at n - 3 here.
          expect([stat.ppid, stat.threads, stat.startTicks, stat.residentPages]).toEqual([
            numbers[1],
            numbers[17],
            numbers[19],
            numbers[21],
          ]);
          expect(stat.cpuTicks).toBe((numbers[11] as number) + (numbers[12] as number));
        },
      ),
      runs,
    );
  });
});

describe('indexes', () => {
  it('law procfs-5: a pair index numbers pairs as a Map of texts does', () => {
    const small = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffffffff }));
    fc.assert(
      fc.property(fc.array(fc.tuple(small, small), { maxLength: 300 }), (pairs) => {
        const index = new PairIndex(1);
        const oracle = new Map<string, number>();
        for (const [high, low] of pairs) {
          const key = `${high},${low}`;
          expect(index.find(high, low)).toBe(oracle.get(key) ?? -1);
          if (!oracle.has(key)) oracle.set(key, oracle.size);
          expect(index.intern(high, low)).toBe(oracle.get(key));
        }
        for (const [key, number] of oracle) {
          expect(`${index.highOf(number)},${index.lowOf(number)}`).toBe(key);
        }
      }),
      runs,
    );
  });

  it('law procfs-6: an address pool numbers addresses as a Map of texts does, past any growth', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word, word), { maxLength: 600 }), (addresses) => {
        const pool = new AddressPool();
        const oracle = new Map<string, number>();
        for (const address of addresses) {
          const key = address.join();
          if (!oracle.has(key)) oracle.set(key, oracle.size);
          expect(pool.intern(...address)).toBe(oracle.get(key));
        }
        expect(pool.size).toBe(oracle.size);
      }),
      runs,
    );
  });
});
