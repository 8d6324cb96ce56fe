import {
  type EdgeFact,
  type NodeId,
  readNode,
  SymbolTable,
  type Topology,
  TopologyBuilder,
} from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import { boundAt, copiesOf, copyOf, hostNodeId, listening, pid, undoTranslations } from '../src/index.ts';

const fact: EdgeFact = {
  source: 'test',
  firstSeen: 1,
  lastSeen: 2,
  connections: 3,
  bytesOut: 4,
  bytesIn: 5,
  guessed: false,
};

interface Drawn {
  readonly pid?: string;
  readonly host?: string;
  readonly of?: string;
  readonly socket?: string;
  readonly byTurns?: readonly string[];
  readonly to?: readonly string[];
}

function draw(rows: Readonly<Record<string, Drawn>>): Topology {
  const builder = new TopologyBuilder('endpoint', new SymbolTable(), 1000);
  for (const [id, drawn] of Object.entries(rows)) {
    const row = builder.row(id as NodeId);
    builder.set(row, listening, 'true');
    if (drawn.pid !== undefined) builder.set(row, pid, drawn.pid);
    if (drawn.host !== undefined) builder.set(row, hostNodeId, drawn.host);
    if (drawn.of !== undefined) builder.set(row, copyOf, drawn.of);
    if (drawn.socket !== undefined) builder.set(row, boundAt, drawn.socket);
    for (const original of drawn.byTurns ?? []) builder.set(row, copiesOf, original);
    for (const to of drawn.to ?? []) builder.edge(row, to as NodeId, fact);
  }
  return builder.build();
}

function ownerOf(topology: Topology, id: string): readonly (string | undefined)[] {
  const node = readNode(topology, topology.rowOf(id) as number);
  expect(node.get(listening)).toBe('true');
  return [node.get(hostNodeId), node.get(pid)];
}

function edgesOf(topology: Topology): readonly string[] {
  const { start, to } = topology.out;
  return [...topology.ids.keys()].flatMap((row) =>
    [...to.subarray(start[row], start[row + 1])].map(
      (target) => `${topology.idOf(row)} ${topology.idOf(target)}`,
    ),
  );
}

describe('translated endpoints', () => {
  it('are the reported ones, the same object, without translations', () => {
    const plain = draw({ a: { pid: '1', host: 'h', to: ['b'] }, b: {} });
    expect(undoTranslations(plain)).toBe(plain);
    const attributed = draw({ a: { pid: '1', host: 'h' }, b: { of: 'a', pid: '1', host: 'h' } });
    expect(undoTranslations(attributed)).toBe(attributed);
  });

  it('give a copy the process and the host of its original, also through several copies', () => {
    const undone = undoTranslations(
      draw({
        copy: { of: 'real', host: 'router', to: ['server'] },
        second: { of: 'copy' },
        real: { pid: '7', host: 'h' },
        server: { pid: '8', host: 'g' },
      }),
    );
    expect(ownerOf(undone, 'copy')).toEqual(['h', '7']);
    expect(ownerOf(undone, 'second')).toEqual(['h', '7']);
    expect(ownerOf(undone, 'server')).toEqual(['g', '8']);
    expect(edgesOf(undone)).toEqual(['copy server']);
    expect([...(undone.open?.facts?.connections ?? [])]).toEqual([3]);
  });

  it('leave alone a copy that has a process, one of nothing that is reported, and copies in a circle', () => {
    const undone = undoTranslations(
      draw({
        owned: { of: 'real', pid: '3', host: 'g' },
        astray: { of: 'nobody' },
        a: { of: 'b' },
        b: { of: 'a' },
        self: { of: 'self' },
        real: { pid: '7', host: 'h' },
        gaining: { of: 'real' },
      }),
    );
    expect(ownerOf(undone, 'owned')).toEqual(['g', '3']);
    for (const id of ['astray', 'a', 'b', 'self'])
      expect(ownerOf(undone, id)).toEqual([undefined, undefined]);
    expect(ownerOf(undone, 'gaining')).toEqual(['h', '7']);
  });

  it('give a copy the host of an original without a process, so that it is not taken for the Internet', () => {
    const undone = undoTranslations(
      draw({ copy: { of: 'real' }, real: { host: 'h' }, here: { of: 'real', host: 'r' } }),
    );
    expect(ownerOf(undone, 'copy')).toEqual(['h', undefined]);
    expect(ownerOf(undone, 'here')).toEqual(['r', undefined]);
  });

  it('give an endpoint the process of the socket behind it, of either family, also through a copy', () => {
    const undone = undoTranslations(
      draw({
        'h;10.0.0.1;80;udp': { of: 'h;10.0.0.2;53;udp' },
        'h;10.0.0.2;53;udp': { socket: 'h-7;0.0.0.0;53;udp' },
        'h;10.0.0.2;54;udp': { socket: 'h-7;0.0.0.0;54;udp' },
        'h;10.0.0.2;55;udp': { socket: 'h-7;0.0.0.0;55;udp' },
        'h-7;0.0.0.0;53;udp': { pid: '7', host: 'h' },
        'h-7;::;54;udp': { pid: '8', host: 'h' },
      }),
    );
    expect(ownerOf(undone, 'h;10.0.0.1;80;udp')).toEqual(['h', '7']);
    expect(ownerOf(undone, 'h;10.0.0.2;53;udp')).toEqual(['h', '7']);
    expect(ownerOf(undone, 'h;10.0.0.2;54;udp')).toEqual(['h', '8']);
    expect(ownerOf(undone, 'h;10.0.0.2;55;udp')).toEqual([undefined, undefined]);
  });

  it('cut the edge to a shared address of a client of which the server is known, and no other', () => {
    const undone = undoTranslations(
      draw({
        c1: { to: ['vip', 's1'] },
        c2: { to: ['s2', 'vip'] },
        c3: { to: ['vip'] },
        c4: { to: ['vip', 'other'] },
        vip: { byTurns: ['s1', 's2'] },
        s1: {},
        s2: {},
        other: {},
      }),
    );
    expect(edgesOf(undone)).toEqual(['c1 s1', 'c2 s2', 'c3 vip', 'c4 vip', 'c4 other']);
    expect([...(undone.open?.facts?.bytesIn ?? [])]).toEqual([5, 5, 5, 5, 5]);
  });
});
