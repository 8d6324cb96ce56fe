import fc from 'fast-check';
import type { ConnectionRecord } from '../src/decode-record.ts';

/** One connection of a simulated kernel: when it was opened, accepted and closed; sockets are used again. */
export interface Life {
  readonly socket: number;
  readonly direction: 'in' | 'out';
  readonly opened: number;
  readonly acceptedAfter: number | undefined;
  /** Left out: still open at the end. */
  readonly closed: number | undefined;
  readonly localPort: number;
}

/** Lives of a few sockets, one after the other on each; times are whole and differ, so that order is never in doubt. */
export const lives: fc.Arbitrary<readonly Life[]> = fc
  .array(
    fc.record({
      socket: fc.integer({ min: 1, max: 3 }),
      direction: fc.constantFrom('in' as const, 'out' as const),
      gap: fc.integer({ min: 1, max: 40 }),
      length: fc.integer({ min: 1, max: 40 }),
      acceptedAfter: fc.option(fc.integer({ min: 1, max: 45 }), { nil: undefined }),
      // Few ports, so that a socket and its address come again with the same ends.
      localPort: fc.integer({ min: 1, max: 2 }),
      staysOpen: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((drawn) => {
    const freeAt = new Map<number, number>();
    const made: Life[] = [];
    for (const [index, draw] of drawn.entries()) {
      const from = freeAt.get(draw.socket) ?? 0;
      if (from === Number.POSITIVE_INFINITY) continue;
      const opened = (from + draw.gap) * 100 + index;
      const closed = draw.staysOpen ? undefined : opened + draw.length * 100;
      freeAt.set(draw.socket, draw.staysOpen ? Number.POSITIVE_INFINITY : from + draw.gap + draw.length);
      const { socket, direction, localPort } = draw;
      const acceptedAfter = direction === 'in' ? draw.acceptedAfter : undefined;
      made.push({ socket, direction, opened, acceptedAfter, closed, localPort });
    }
    return made;
  });

/** A record of a life; an accept and a close carry the birth as the kernel's owner map would. */
function recordOf(life: Life, kind: ConnectionRecord['kind'], timeMillis: number): ConnectionRecord {
  const isOver = life.closed !== undefined && timeMillis >= life.closed;
  return {
    kind,
    timeMillis,
    socket: life.socket,
    bornMillis: kind === 'accept' && isOver ? 0 : life.opened,
    protocol: 'tcp',
    direction: life.direction,
    localAddress: '10.0.0.1',
    localPort: life.localPort,
    remoteAddress: '10.0.0.2',
    remotePort: 80,
    networkNamespace: 1,
    pid: life.direction === 'in' && kind === 'incoming' ? 0 : 100 + life.socket,
    command: 'test',
    cgroup: 1,
    sentBytes: 0,
    receivedBytes: 0,
    errno: 0,
    state: kind === 'accept' && isOver ? 7 : 1,
  };
}

/** The events of lives, in the kernel's order. An accept may follow the close, but not the next life of its socket. */
export function eventsOf(all: readonly Life[]): ConnectionRecord[] {
  const events: ConnectionRecord[] = [];
  for (const life of all) {
    events.push(recordOf(life, life.direction === 'in' ? 'incoming' : 'connect', life.opened));
    if (life.closed !== undefined) events.push(recordOf(life, 'close', life.closed));
    const accepted =
      life.acceptedAfter === undefined ? undefined : life.opened + life.acceptedAfter * 100 + 50;
    const next = Math.min(
      ...all.filter((l) => l.socket === life.socket && l.opened > life.opened).map((l) => l.opened),
    );
    if (accepted !== undefined && accepted < next) events.push(recordOf(life, 'accept', accepted));
  }
  return events.sort((a, b) => a.timeMillis - b.timeMillis);
}

/** Lives open at a time, as an iterator of the kernel shows them. */
export function rowsAt(all: readonly Life[], timeMillis: number): ConnectionRecord[] {
  return all
    .filter((life) => life.opened < timeMillis && (life.closed === undefined || life.closed > timeMillis))
    .map((life) => ({ ...recordOf(life, 'snapshot', timeMillis), direction: life.direction }));
}
