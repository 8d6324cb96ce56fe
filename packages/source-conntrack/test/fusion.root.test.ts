import type { ChildProcess } from 'node:child_process';
import { type EdgeFact, readNode, type SourceUse, useSource } from '@ridgeline/core';
import { ebpf } from '@ridgeline/source-ebpf';
import { procfs } from '@ridgeline/source-procfs';
import { copyOf, hostNodeId } from '@ridgeline/vocabulary';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { conntrack } from '../src/source.ts';
import { HOST, LiveMap } from './live-map.ts';
import {
  ADDRESSES,
  clientProgram,
  MANY,
  MANY_CLIENT_PROGRAM,
  type OwnNamespace,
  OwnNetwork,
  routedNetwork,
  SCOPES,
  SECOND_SERVER_PROGRAM,
  SERVER_PROGRAM,
  SERVICE_CLIENT_PROGRAM,
} from './network.ts';

/** The connections that clients make, one each, and what they reach in truth. */
const CONNECTIONS = [
  { name: 'TCP over IPv4', protocol: 'tcp', family: 'v4', suffix: '', virtualPort: 8080, serverPort: 80 },
  { name: 'TCP over IPv6', protocol: 'tcp', family: 'v6', suffix: '', virtualPort: 8080, serverPort: 80 },
  { name: 'UDP over IPv4', protocol: 'udp', family: 'v4', suffix: ';udp', virtualPort: 5353, serverPort: 53 },
  { name: 'UDP over IPv6', protocol: 'udp', family: 'v6', suffix: ';udp', virtualPort: 5353, serverPort: 53 },
] as const;
type ClientConnection = (typeof CONNECTIONS)[number];

const PROCFS = { every: 300, share: 1 };
const CONNTRACK = { every: 300, sweepEvery: 500, share: 1 };

/** Where a client meant to go, as an endpoint. */
function virtualOf({ family, suffix, virtualPort }: ClientConnection): string {
  return `${SCOPES[family]};${ADDRESSES.virtual[family]};${virtualPort}${suffix}`;
}

describe('a client behind SNAT and a server behind DNAT', () => {
  const network = new OwnNetwork();
  const clients = new Map<ClientConnection, ChildProcess>();
  let router: OwnNamespace;
  let server: ChildProcess;
  let live: LiveMap | undefined;

  beforeAll(async () => {
    const routed = await routedNetwork(network);
    router = routed.router;
    server = await routed.server.start(SERVER_PROGRAM);
    for (const connection of CONNECTIONS) {
      const program = clientProgram(connection.protocol, connection.family);
      clients.set(connection, await routed.client.start(program));
    }
  });
  afterEach(() => {
    live?.stop();
    live = undefined;
  });
  afterAll(() => network.end());

  function start(...sources: readonly SourceUse<never>[]): LiveMap {
    live = new LiveMap(sources);
    return live;
  }

  /** The client's endpoint of a connection, found by its edge; one client makes each kind. */
  function clientOf(map: LiveMap, connection: ClientConnection): string | undefined {
    const { family, suffix } = connection;
    const own = `${SCOPES[family]};${ADDRESSES.client[family]};`;
    return endpointIds(map).find(
      (id) =>
        id.startsWith(own) &&
        id.endsWith(';udp') === (suffix !== '') &&
        map.evidence(id, virtualOf(connection)) !== undefined,
    );
  }

  it.each(CONNECTIONS)(
    'has one edge from process to process for $name, and none to the router',
    async (connection) => {
      const map = start(useSource(procfs, PROCFS), useSource(conntrack, CONNTRACK));
      const { pid = 0 } = clients.get(connection) as ChildProcess;

      const found = await map.until(() => {
        const around = map.around(pid);
        return around.to.length > 0 && map.hasReportOf('conntrack') ? around : undefined;
      });

      expect(found).toEqual({ to: [`${HOST};${server.pid}`], from: [] });
    },
  );

  it('has at the server the clients and nobody else, and nothing at the router', async () => {
    const map = start(useSource(procfs, PROCFS), useSource(conntrack, CONNTRACK));
    const expected = [...clients.values()].map(({ pid }) => `${HOST};${pid}`).sort();

    const found = await map.until(() => {
      const around = map.around(server.pid as number);
      return around.from.length >= expected.length ? around : undefined;
    });

    expect({ to: found.to, from: [...found.from].sort() }).toEqual({ to: [], from: expected });
    expect(map.around(router.pid)).toEqual({ to: [], from: [] });
  });

  it('has no such edge without the tracker', async () => {
    const map = start(useSource(procfs, PROCFS));
    await map.until(() => CONNECTIONS.every((one) => clientOf(map, one) !== undefined) || undefined);
    expect(map.around(server.pid as number).from).toEqual([]);
  });

  it.each(CONNECTIONS)('says whom each address of $name stands for', async (connection) => {
    const { family, suffix, serverPort } = connection;
    const map = start(useSource(procfs, PROCFS), useSource(conntrack, CONNTRACK));

    const virtual = await map.until(() => copyAt(map, virtualOf(connection)));
    expect(virtual).toEqual({
      of: `${SCOPES[family]};${ADDRESSES.server[family]};${serverPort}${suffix}`,
      host: `${HOST};<host>`,
    });

    const hidden = endpointIds(map).filter(
      (id) =>
        id.startsWith(`${SCOPES[family]};${ADDRESSES.router[family]};`) &&
        id.endsWith(';udp') === (suffix !== ''),
    );
    const client = await map.until(() => clientOf(map, connection));
    expect(hidden.map((id) => copyAt(map, id)?.of)).toEqual([client]);
  });

  it.each(CONNECTIONS)('keeps $name one edge with the evidence of each source', async (connection) => {
    const { protocol } = connection;
    const map = start(
      useSource(procfs, PROCFS),
      useSource(conntrack, { ...CONNTRACK, flows: 'all' }),
      useSource(ebpf, { mode: 'require', every: 300 }),
    );
    // The kernel's events tell of TCP alone.
    const sources = protocol === 'tcp' ? ['conntrack', 'ebpf', 'procfs'] : ['conntrack', 'procfs'];

    const facts = await map.until(() => {
      const client = clientOf(map, connection);
      const evidence = client === undefined ? undefined : map.evidence(client, virtualOf(connection));
      return sources.every((source) => evidence?.has(source)) ? evidence : undefined;
    });

    expect([...facts.keys()].sort()).toEqual(sources);
    for (const fact of facts.values()) {
      expect(fact).toMatchObject({ connections: 1 });
      expect(fact.firstSeen).toBeLessThanOrEqual(fact.lastSeen);
    }
    // Accounting is on in the router: whole packets each way, with their headers.
    const told = facts.get('conntrack');
    expect(told?.bytesOut).toBeGreaterThan(28);
    expect(told?.bytesIn).toBeGreaterThan(28);
    const { pid = 0 } = clients.get(connection) as ChildProcess;
    expect(map.around(pid).to).toEqual([`${HOST};${server.pid}`]);
  });
});

describe('a service with two servers behind one address', () => {
  const network = new OwnNetwork();
  let servers: readonly ChildProcess[];
  let clients: readonly ChildProcess[];
  let live: LiveMap | undefined;

  beforeAll(async () => {
    const { client, server } = await routedNetwork(network);
    servers = [await server.start(SERVER_PROGRAM), await server.start(SECOND_SERVER_PROGRAM)];
    clients = [await client.start(SERVICE_CLIENT_PROGRAM), await client.start(SERVICE_CLIENT_PROGRAM)];
  });
  afterAll(async () => {
    live?.stop();
    await network.end();
  });

  it('leads each client to the server it got, and to no other', async () => {
    const map = new LiveMap([useSource(procfs, PROCFS), useSource(conntrack, CONNTRACK)]);
    live = map;

    const found = await map.until(() => {
      const to = clients.map(({ pid = 0 }) => map.around(pid).to);
      return to.every((ids) => ids.length > 0) ? to : undefined;
    });

    expect(found.map((ids) => ids.length)).toEqual([1, 1]);
    expect(found.flat().sort()).toEqual(servers.map(({ pid }) => `${HOST};${pid}`).sort());
    const from = servers.map(({ pid = 0 }) => map.around(pid).from);
    expect(from.flat().sort()).toEqual(clients.map(({ pid }) => `${HOST};${pid}`).sort());
  });
});

describe('many connections of one process to one port, seen by three sources', () => {
  const network = new OwnNetwork();
  const ENDS = `${SCOPES.v4};${ADDRESSES.client.v4};`;
  const virtual = `${SCOPES.v4};${ADDRESSES.virtual.v4};8080`;
  let server: ChildProcess;
  let client: ChildProcess;
  let live: LiveMap | undefined;

  beforeAll(async () => {
    const routed = await routedNetwork(network);
    server = await routed.server.start(SERVER_PROGRAM);
    client = await routed.client.start(MANY_CLIENT_PROGRAM);
  });
  afterEach(() => {
    live?.stop();
    live = undefined;
  });
  afterAll(() => network.end());

  /** The evidence of each of the client's edges, by source, once each source is whole. */
  function evidenceWith(keep: number | 'all'): Promise<ReadonlyMap<string, EdgeFact>[]> {
    const map = new LiveMap([
      useSource(procfs, PROCFS),
      useSource(conntrack, { ...CONNTRACK, flows: 'all' }),
      useSource(ebpf, { mode: 'require', every: 300, keep }),
    ]);
    live = map;
    return map.until(() => {
      const all = endpointIds(map)
        .filter((id) => id.startsWith(ENDS))
        .flatMap((id) => map.evidence(id, virtual) ?? []);
      const whole = ['conntrack', 'ebpf', 'procfs'].every(
        (source) => sum(all.map((facts) => facts.get(source)?.connections ?? 0)) >= MANY,
      );
      return whole ? all : undefined;
    });
  }
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

  it('are one edge each, with the evidence of all three, where none is left out', async () => {
    const edges = await evidenceWith('all');
    expect(edges.map((facts) => [...facts.keys()].sort())).toEqual(
      Array.from({ length: MANY }, () => ['conntrack', 'ebpf', 'procfs']),
    );
    for (const facts of edges) for (const { connections } of facts.values()) expect(connections).toBe(1);
    expect(live?.around(client.pid as number)).toEqual({ to: [`${HOST};${server.pid}`], from: [] });
  });

  it('are as many when a source tells of some of them only, with the count of all', async () => {
    const edges = await evidenceWith(3);
    expect(edges.length).toBe(MANY);
    const counts = edges.flatMap((facts) => facts.get('ebpf')?.connections ?? []);
    expect(counts.sort((a, b) => a - b)).toEqual([1, 1, MANY - 2]);
    expect(live?.around(client.pid as number)).toEqual({ to: [`${HOST};${server.pid}`], from: [] });
  });
});

function endpointIds(map: LiveMap): readonly string[] {
  const endpoints = map.report.topologies.get('endpoint');
  return endpoints === undefined ? [] : [...endpoints.ids.keys()].map((row) => endpoints.idOf(row));
}

/** What an endpoint is a copy of, and on which host; `undefined` while nobody says so. */
function copyAt(map: LiveMap, id: string): { of: string; host: string | undefined } | undefined {
  const endpoints = map.report.topologies.get('endpoint');
  const row = endpoints?.rowOf(id);
  if (endpoints === undefined || row === undefined) return undefined;
  const node = readNode(endpoints, row);
  const of = node.get(copyOf);
  return of === undefined ? undefined : { of, host: node.get(hostNodeId) };
}
