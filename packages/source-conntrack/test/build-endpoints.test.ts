import { factAt, readNode, SymbolTable, type Topology } from '@ridgeline/core';
import {
  boundAt,
  copiesOf,
  copyOf,
  createEndpointScopes,
  hostNodeId,
  type NamespaceNetwork,
} from '@ridgeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { buildEndpoints } from '../src/build-endpoints.ts';
import type { Flow, FlowEnd } from '../src/flow.ts';
import type { ReportedFlow } from '../src/flow-table.ts';

const ROUTER = 1;
const CLIENTS = 2;
const SERVERS = 3;

const holding = (...addresses: string[]): NamespaceNetwork => ({
  addresses: new Set(addresses),
  networks: [],
  gateways: [],
});
const scopes = createEndpointScopes(
  'h',
  ROUTER,
  new Map([
    [ROUTER, holding('198.51.100.1')],
    [CLIENTS, holding('198.51.100.2')],
    [SERVERS, holding('198.51.100.3', '198.51.100.4', 'fd00::4')],
  ]),
);

function end(text: string): FlowEnd {
  const at = text.lastIndexOf(':');
  return { address: text.slice(0, at), port: Number(text.slice(at + 1)) };
}

/** A flow by its ends; with `by` and `as` it is translated. */
function flow(
  from: string,
  to: string,
  { by = to, as = from, protocol = 'tcp' as 'tcp' | 'udp' } = {},
): Flow {
  return {
    id: 0,
    protocol,
    source: end(from),
    destination: end(to),
    replySource: end(by),
    replyDestination: end(as),
    isAnswered: true,
    isOver: false,
    sentBytes: 100,
    receivedBytes: 200,
  };
}

function build(flows: readonly Flow[], isConnection = false, isShown = true, namespace = ROUTER): Topology {
  const reported: ReportedFlow[] = flows.map((each) => ({ flow: each, firstSeen: 5, lastSeen: 7, isShown }));
  const steps = buildEndpoints({
    host: 'h',
    symbols: new SymbolTable(),
    now: 10,
    flows: new Map([[namespace, reported]]),
    scopes,
    isConnection: () => isConnection,
  });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function nodesOf(topology: Topology): Record<string, unknown> {
  return Object.fromEntries(
    [...topology.ids.keys()].map((row) => {
      const node = readNode(topology, row);
      const several = [...node.set(copiesOf.key)];
      return [
        node.id,
        {
          ...(node.get(hostNodeId) === undefined ? {} : { here: true }),
          ...(node.get(copyOf) === undefined ? {} : { copyOf: node.get(copyOf) }),
          ...(several.length === 0 ? {} : { copiesOf: several.sort() }),
          ...(node.get(boundAt) === undefined ? {} : { boundAt: node.get(boundAt) }),
        },
      ];
    }),
  );
}

function edgesOf(topology: Topology): readonly string[] {
  const { open, symbols } = topology;
  if (open === undefined) return [];
  return [...topology.ids.keys()].flatMap((row) =>
    [...open.to.subarray(open.start[row], open.start[row + 1])].map(
      (to) => `${topology.idOf(row)} → ${symbols.text(to)}`,
    ),
  );
}

describe('endpoints of flows', () => {
  it('say of both hidden ends whom they stand for, and which are on this host', () => {
    const built = build([
      flow('198.51.100.2:4000', '198.51.100.1:8080', { by: '198.51.100.3:80', as: '203.0.113.9:5000' }),
      flow('203.0.113.1:4000', '203.0.113.2:80', { by: '203.0.113.3:8000' }),
    ]);
    expect(nodesOf(built)).toEqual({
      ';198.51.100.1;8080': { here: true, copyOf: ';198.51.100.3;80' },
      ';203.0.113.9;5000': { here: true, copyOf: ';198.51.100.2;4000' },
      ';203.0.113.2;80': { copyOf: ';203.0.113.3;8000' },
    });
    expect(edgesOf(built)).toEqual([]);
  });

  it('are none of flows without a translation, unless connections are asked for', () => {
    const plain = [flow('198.51.100.2:4000', '203.0.113.5:80'), flow('127.0.0.1:1', '127.0.0.1:2')];
    expect(nodesOf(build(plain))).toEqual({});
    expect(edgesOf(build(plain, true))).toHaveLength(2);
  });

  it('say of a service which servers it stands for, and tell each client its own', () => {
    const built = build([
      flow('198.51.100.2:4000', '198.51.100.1:80', { by: '198.51.100.3:8000' }),
      flow('198.51.100.2:4001', '198.51.100.1:80', { by: '198.51.100.4:8000' }),
    ]);
    expect(nodesOf(built)).toMatchObject({
      ';198.51.100.1;80': { here: true, copiesOf: [';198.51.100.3;8000', ';198.51.100.4;8000'] },
    });
    expect(edgesOf(built)).toEqual([
      ';198.51.100.2;4000 → ;198.51.100.3;8000',
      ';198.51.100.2;4001 → ;198.51.100.4;8000',
    ]);
  });

  it('say nothing of a port that two clients share: it could be either', () => {
    const built = build([
      flow('198.51.100.2:4000', '203.0.113.1:80', { as: '203.0.113.9:4000' }),
      flow('198.51.100.3:4000', '203.0.113.2:80', { as: '203.0.113.9:4000' }),
    ]);
    expect(nodesOf(built)).toEqual({ ';203.0.113.9;4000': { here: true } });
  });

  it('show a connection as the end on this host sees it', () => {
    const translated = { by: '198.51.100.3:80', as: '203.0.113.9:5000' };
    const ours = build([flow('198.51.100.2:4000', '203.0.113.5:8080', translated)], true);
    expect(edgesOf(ours)).toEqual([';198.51.100.2;4000 → ;203.0.113.5;8080']);
    const theirs = build([flow('203.0.113.7:4000', '203.0.113.5:8080', translated)], true);
    expect(edgesOf(theirs)).toEqual([';203.0.113.9;5000 → ;198.51.100.3;80']);
  });

  it('give an edge the evidence of the tracker', () => {
    const built = build([flow('198.51.100.2:4000', '203.0.113.5:80')], true);
    expect(built.open?.facts && factAt(built.symbols, built.open.facts, 0)).toEqual({
      source: 'conntrack',
      firstSeen: 5,
      lastSeen: 7,
      connections: 1,
      bytesOut: 100,
      bytesIn: 200,
      guessed: false,
    });
  });

  it('show no edge of a flow that was shown since it ended, but its names', () => {
    const built = build(
      [flow('198.51.100.2:1', '198.51.100.1:80', { by: '198.51.100.3:8000' })],
      true,
      false,
    );
    expect(edgesOf(built)).toEqual([]);
    expect(nodesOf(built)).toEqual({ ';198.51.100.1;80': { here: true, copyOf: ';198.51.100.3;8000' } });
  });

  it('name the sockets that may be behind ends of UDP on this host, by namespace', () => {
    const v4 = build([flow('198.51.100.2:4000', '198.51.100.3:53', { protocol: 'udp' })], true);
    expect(nodesOf(v4)).toEqual({
      ';198.51.100.2;4000;udp': { here: true, boundAt: 'h-2;0.0.0.0;4000;udp' },
      ';198.51.100.3;53;udp': { here: true, boundAt: 'h-3;0.0.0.0;53;udp' },
    });
    const v6 = build([flow('2001:db8::1:4000', 'fd00::4:53', { protocol: 'udp' })], true);
    expect(nodesOf(v6)).toEqual({
      ';2001:db8::1;4000;udp': {},
      ';fd00::4;53;udp': { here: true, boundAt: 'h-3;::;53;udp' },
    });
  });

  it('scope what means something in one namespace only by the namespace that told of it', () => {
    const built = build([flow('127.0.0.1:1', '127.0.0.1:2', { by: '127.0.0.1:3' })], false, true, CLIENTS);
    expect(nodesOf(built)).toEqual({ 'h-2;127.0.0.1;2': { here: true, copyOf: 'h-2;127.0.0.1;3' } });
  });
});
