import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressPool } from '../src/address-pool.ts';
import { connectSockets } from '../src/connections.ts';
import { MetricHistory } from '../src/metric-history.ts';
import type { NetworkNamespace } from '../src/namespaces.ts';
import { runAtOnce } from '../src/run-sliced.ts';
import type { Scan } from '../src/scan.ts';
import { type Socket, SocketTable, socketState, type Transport } from '../src/socket-table.ts';
import { internText } from './proc-fixture.ts';

const numRuns = Number(process.env.LAWS_RUNS ?? 200);
const seed = process.env.LAWS_SEED === undefined ? {} : { seed: Number(process.env.LAWS_SEED) };
const runs = { numRuns, ...seed };

/** Few addresses and ports, so that listeners, clients and foreign machines meet often. */
const machines = ['10.0.0.1', '10.0.0.2', '198.51.100.9'] as const;
const port = fc.constantFrom(80, 443, 4000, 5000);

interface End {
  readonly machine: number;
  readonly port: number;
}

interface Drawn {
  readonly connections: readonly (readonly [End, End])[];
  readonly listeners: readonly End[];
  readonly transport: Transport;
  /** The order in which rows stand in the tables. */
  readonly order: readonly number[];
}

const end: fc.Arbitrary<End> = fc.record({ machine: fc.integer({ min: 0, max: 2 }), port });
const drawn: fc.Arbitrary<Drawn> = fc.record({
  connections: fc.array(fc.tuple(end, end), { maxLength: 8 }),
  listeners: fc.uniqueArray(end, { maxLength: 4, selector: (it) => `${it.machine}:${it.port}` }),
  transport: fc.constantFrom<Transport>(0, 1),
  order: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
});

const key = ({ machine, port: number }: End): string => `${machines[machine]}:${number}`;

/** Machines 0 and 1 are namespaces of this host, 2 is another host. */
function scanOf(input: Drawn): Scan {
  const pool = new AddressPool();
  const addresses = machines.map((machine) => internText(pool, machine));
  const any = internText(pool, '0.0.0.0');
  const rows: { namespace: number; socket: Socket }[] = [];
  const add = (local: End, remote: End | undefined): void => {
    if (local.machine === 2) return;
    rows.push({
      namespace: local.machine,
      socket: {
        transport: input.transport,
        state: remote === undefined ? socketState.listen : socketState.established,
        local: addresses[local.machine] as number,
        localPort: local.port,
        remote: remote === undefined ? any : (addresses[remote.machine] as number),
        remotePort: remote === undefined ? 0 : remote.port,
        uid: 0,
        inode: rows.length + 1,
      },
    });
  };
  for (const listener of input.listeners) add(listener, undefined);
  for (const [a, b] of input.connections) {
    add(a, b);
    add(b, a);
  }
  const sockets = new SocketTable(1);
  const shuffled = rows
    .map((row, index) => ({ row, rank: input.order[index % input.order.length] as number }))
    .sort((a, b) => a.rank - b.rank);
  for (const { row } of shuffled) {
    const { transport, state, local, localPort, remote, remotePort, uid, inode } = row.socket;
    sockets.append(row.namespace, transport, state, local, localPort, remote, remotePort, uid, inode);
  }
  const namespaces = [0, 1].map(
    (index): NetworkNamespace => ({
      inode: index + 1,
      isOwn: index === 0,
      pids: [],
      network: { addresses: [addresses[index] as number], networks: [], routes: [] },
    }),
  );
  return {
    number: 1,
    tcpDemand: 'all',
    atMillis: 0,
    processes: [],
    namespaces,
    sockets,
    pool,
    host: {
      hostName: undefined,
      osName: undefined,
      kernelVersion: undefined,
      uptimeSeconds: undefined,
      bootMillis: undefined,
      processors: 1,
      memory: undefined,
      cpuPercent: new MetricHistory(),
      memoryUsedBytes: new MetricHistory(),
      load1: new MetricHistory(),
    },
    userNames: new Map(),
    gaps: {
      deniedProcesses: 0,
      unattributedSockets: 0,
      deniedNamespaces: 0,
      vanishedNamespaces: 0,
      malformedLines: 0,
    },
  };
}

/** Edges as `client > server`, those that were guessed with a `?`. */
function edgesOf(input: Drawn): string[] {
  const scan = scanOf(input);
  const { endpoints, edges } = runAtOnce(connectSockets(scan));
  const text = (endpoint: number): string =>
    `${scan.pool.text(endpoints.address[endpoint] as number)}:${endpoints.port[endpoint]}`;
  return Array.from(
    { length: edges.size },
    (_, edge) =>
      `${text(edges.client[edge] as number)} > ${text(edges.server[edge] as number)}${edges.guessed[edge] === 1 ? '?' : ''}`,
  ).sort((a, b) => (a < b ? -1 : 1));
}

/** The rule in words of its own: who listens is the server, else the lower port, else the lower address. */
function oracle(input: Drawn): string[] {
  const listens = (at: End): boolean =>
    at.machine !== 2 && input.listeners.some((listener) => key(listener) === key(at));
  const found = new Set<string>();
  for (const [a, b] of input.connections) {
    if (a.machine === 2 && b.machine === 2) continue;
    const known = listens(a) !== listens(b);
    const aIsServer = known ? listens(a) : a.port < b.port || (a.port === b.port && a.machine < b.machine);
    const [client, server] = aIsServer ? [b, a] : [a, b];
    found.add(`${key(client)} > ${key(server)}${known ? '' : '?'}`);
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

describe('connections', () => {
  it('law procfs-7: one edge for each connection, by the direction rule, however many of its ends are here', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        fc.pre(input.connections.every(([a, b]) => key(a) !== key(b)));
        expect(edgesOf(input)).toEqual(oracle(input));
      }),
      runs,
    );
  });

  it('law procfs-8: the order of the tables changes no edge', () => {
    fc.assert(
      fc.property(drawn, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (input, order) => {
        expect(edgesOf({ ...input, order })).toEqual(edgesOf(input));
      }),
      runs,
    );
  });
});
