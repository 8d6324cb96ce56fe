import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../src/index.ts';
import { ConnectionTracker, thinConnections } from '../src/index.ts';
import { lawRuns } from './law-runs.ts';
import { eventsOf, type Life, lives, rowsAt } from './life-arbitrary.ts';

const LATE = 1e6;

const keyOf = (c: Connection): string => `${c.firstSeenMillis} ${c.localPort} ${c.direction}`;
const keys = (connections: readonly Connection[]): string[] => connections.map(keyOf).sort();
const keyOfLife = (life: Life): string => `${life.opened} ${life.localPort} ${life.direction}`;
const openAtEnd = (all: readonly Life[]): string[] =>
  all
    .filter(({ closed }) => closed === undefined)
    .map(keyOfLife)
    .sort();

/** Applies a snapshot as the source does: suspects are asked for, and those that are gone are ended. */
function applySnapshot(tracker: ConnectionTracker, all: readonly Life[], at: number): void {
  const suspects = tracker.applySnapshot({ startedMillis: at, endedMillis: at, rows: rowsAt(all, at) });
  const alive = new Set(rowsAt(all, at).map(({ socket }) => socket));
  tracker.applyGone(
    suspects.map(({ socket }) => socket).filter((socket) => !alive.has(socket)),
    at,
  );
}

describe('laws of the tracker', () => {
  it('law T1: each ended connection is closed in exactly one report, for any times of the reports', () => {
    fc.assert(
      fc.property(lives, fc.array(fc.nat(60)), (all, reportsAfter) => {
        const tracker = new ConnectionTracker();
        const closed: string[] = [];
        for (const [index, event] of eventsOf(all).entries()) {
          tracker.apply(event);
          if (reportsAfter.includes(index)) closed.push(...keys(tracker.report().closed));
        }
        const last = tracker.report();
        closed.push(...keys(last.closed));
        expect(closed.sort()).toEqual(
          all
            .filter((l) => l.closed !== undefined)
            .map(keyOfLife)
            .sort(),
        );
        expect(keys(last.open)).toEqual(openAtEnd(all));
        expect(tracker.report().closed).toEqual([]);
        expect(last.differences).toEqual({ appeared: 0, vanished: 0 });
      }),
      lawRuns,
    );
  });

  it('law T2: a snapshot taken at any time, applied before, between or after the events: the same open set, nothing resurrected', () => {
    fc.assert(
      fc.property(lives, fc.nat(9000), fc.nat(40), (all, at, place) => {
        const tracker = new ConnectionTracker();
        tracker.expectSnapshot();
        const events = eventsOf(all);
        const where = Math.min(place, events.length);
        for (const event of events.slice(0, where)) tracker.apply(event);
        tracker.applySnapshot({ startedMillis: at, endedMillis: at, rows: rowsAt(all, at) });
        for (const event of events.slice(where)) tracker.apply(event);
        expect(keys(tracker.report().open)).toEqual(openAtEnd(all));
      }),
      lawRuns,
    );
  });

  it('law T3: whatever events are lost, one snapshot heals the open set', () => {
    fc.assert(
      fc.property(lives, fc.infiniteStream(fc.boolean()), (all, isLost) => {
        const tracker = new ConnectionTracker();
        for (const event of eventsOf(all)) if (isLost.next().value !== true) tracker.apply(event);
        tracker.expectSnapshot();
        applySnapshot(tracker, all, LATE);
        expect(keys(tracker.report().open)).toEqual(openAtEnd(all));
      }),
      lawRuns,
    );
  });

  it('law T4: an accepted connection has its process in the end, also when the accept follows the close', () => {
    fc.assert(
      fc.property(lives, (all) => {
        const tracker = new ConnectionTracker();
        const events = eventsOf(all);
        for (const event of events) tracker.apply(event);
        const { open, closed } = tracker.report();
        const accepted = new Set(
          events.filter(({ kind }) => kind === 'accept').map(({ bornMillis }) => bornMillis),
        );
        for (const c of [...open, ...closed]) if (accepted.has(c.firstSeenMillis)) expect(c.pid).not.toBe(0);
      }),
      lawRuns,
    );
  });
});

const connection: fc.Arbitrary<Connection> = fc.record({
  protocol: fc.constantFrom('tcp' as const, 'udp' as const),
  localAddress: fc.constantFrom('10.0.0.1', 'fd00::1'),
  localPort: fc.integer({ min: 1, max: 65535 }),
  remoteAddress: fc.constantFrom('10.0.0.2', '10.0.0.3'),
  remotePort: fc.constantFrom(80, 443),
  networkNamespace: fc.constantFrom(1, 2),
  pid: fc.constantFrom(0, 7),
  command: fc.constant('c'),
  cgroup: fc.constant(1),
  direction: fc.constantFrom('out' as const, 'in' as const),
  isGuessed: fc.boolean(),
  firstSeenMillis: fc.nat(10),
  lastSeenMillis: fc.integer({ min: 10, max: 20 }),
  sentBytes: fc.nat(1000),
  receivedBytes: fc.nat(1000),
  errno: fc.constant(0),
});

describe('laws of thinning', () => {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

  it('law T5: counts and bytes sum to those of the input; at most "keep" of each group stay; none is invented', () => {
    fc.assert(
      fc.property(fc.array(connection, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (all, keep) => {
        const thinned = thinConnections(all, keep);
        expect(sum(thinned.map(({ count }) => count))).toBe(all.length);
        expect(sum(thinned.map((t) => t.sentBytes))).toBe(sum(all.map((c) => c.sentBytes)));
        expect(sum(thinned.map((t) => t.receivedBytes))).toBe(sum(all.map((c) => c.receivedBytes)));
        expect(thinned.every((t) => all.includes(t.connection))).toBe(true);
        expect(thinConnections(all, 'all').map((t) => t.connection)).toEqual(all);
      }),
      lawRuns,
    );
  });

  it('law T6: the order of the input does not matter', () => {
    fc.assert(
      fc.property(fc.array(connection, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (all, keep) => {
        const canonical = (input: readonly Connection[]): string[] =>
          thinConnections(input, keep)
            .map((t) => JSON.stringify({ ...t, connection: { ...t.connection, isGuessed: false } }))
            .sort();
        expect(canonical([...all].reverse())).toEqual(canonical(all));
      }),
      lawRuns,
    );
  });

  it('law T7: the two hosts of the connections keep the same ones', () => {
    const ports = fc.uniqueArray(fc.integer({ min: 1024, max: 65535 }), { maxLength: 80 });
    fc.assert(
      fc.property(ports, fc.integer({ min: 1, max: 5 }), connection, (clientPorts, keep, like) => {
        const client = clientPorts.map((port) => ({
          ...like,
          direction: 'out' as const,
          localPort: port,
          remotePort: 80,
        }));
        const server = clientPorts.map((port) => ({
          ...like,
          direction: 'in' as const,
          localPort: 80,
          remotePort: port,
          pid: 9,
        }));
        const kept = (all: readonly Connection[], portOf: (c: Connection) => number): number[] =>
          thinConnections(all, keep)
            .map((t) => portOf(t.connection))
            .sort((a, b) => a - b);
        expect(kept(client, (c) => c.localPort)).toEqual(kept(server, (c) => c.remotePort));
      }),
      lawRuns,
    );
  });

  it('law T8: of connections within a host both ends keep the same ones, with the same counts, and some of each two processes', () => {
    const ends = fc.array(
      fc.record({ client: fc.constantFrom(7, 8, 9), server: fc.constantFrom(1, 2), like: connection }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 4 }), (pairs, keep) => {
        const both = pairs.flatMap(({ client, server, like }, index) => {
          const shared = { ...like, protocol: 'tcp' as const };
          const [here, there] = ['10.0.0.1', '10.0.0.2'];
          return [
            {
              ...shared,
              direction: 'out' as const,
              pid: client,
              localAddress: here,
              localPort: 2000 + index,
              remoteAddress: there,
              remotePort: 80,
            },
            {
              ...shared,
              direction: 'in' as const,
              networkNamespace: 3,
              pid: server,
              localAddress: there,
              localPort: 80,
              remoteAddress: here,
              remotePort: 2000 + index,
            },
          ];
        });
        const thinned = thinConnections(both, keep);
        const edges = (direction: 'out' | 'in') =>
          thinned
            .filter((t) => t.connection.direction === direction)
            .map(({ connection: c, count }) => [direction === 'out' ? c.localPort : c.remotePort, count])
            .sort(([a = 0], [b = 0]) => a - b);
        expect(edges('out')).toEqual(edges('in'));
        const processes = (from: typeof pairs): Set<string> =>
          new Set(from.map(({ client, server, like }) => `${like.networkNamespace} ${client} ${server}`));
        const kept = edges('out').map(([port = 0]) => pairs[port - 2000] as (typeof pairs)[number]);
        expect(processes(kept)).toEqual(processes(pairs));
      }),
      lawRuns,
    );
  });
});
