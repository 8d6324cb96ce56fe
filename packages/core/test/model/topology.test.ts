import {
  asNodeId,
  degrees,
  hasEdge,
  NONE,
  numberAttribute,
  readNode,
  restrict,
  SymbolTable,
  setAttribute,
  type Topology,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { describe, expect, it } from 'vitest';

const name = textAttribute('name');
const pid = numberAttribute('pid');
const names = setAttribute('names');

/** Nodes a, b, c: a ⇄ b, a → a, b → c, c → nowhere. */
function sample(symbols = new SymbolTable()): Topology {
  const builder = new TopologyBuilder('process', symbols, 5);
  // The ids are interned in another order than their rows: ascending by symbol is not ascending by row.
  for (const id of ['c', 'b', 'a']) symbols.intern(id);
  const a = builder.row(asNodeId('a'));
  const b = builder.row(asNodeId('b'));
  const c = builder.row(asNodeId('c'));
  for (const to of ['b', 'a', 'b']) builder.edge(a, asNodeId(to));
  for (const to of ['a', 'c']) builder.edge(b, asNodeId(to));
  builder.edge(c, asNodeId('elsewhere'));
  builder.set(a, name, 'early', 1);
  builder.set(a, name, 'late', 2);
  builder.set(a, name, 'early again', 1.5);
  builder.set(a, pid, 42);
  builder.set(a, names, 'y');
  builder.set(a, names, 'x');
  builder.set(a, names, 'x');
  builder.parent(a, 'host', asNodeId('h'));
  builder.metric(a, 'cpu', 0, 100);
  builder.sample(3, 7);
  builder.sample(1, 5);
  return builder.build();
}

describe('a built topology', () => {
  it('keeps the latest value, and doubles once', () => {
    const node = readNode(sample(), 0);

    expect(node.get(name)).toBe('late');
    expect(node.seen('name')).toBe(2);
    expect(node.seen('pid')).toBe(5);
    expect(node.get(pid)).toBe(42);
    expect(node.set('names')).toEqual(['x', 'y']);
    expect(node.parents('host')).toEqual(['h']);
    expect(node.entries()).toEqual([
      ['name', 'late'],
      ['pid', '42'],
    ]);
  });

  it('gives the samples of a time series oldest first', () => {
    expect(readNode(sample(), 0).metric('cpu')).toEqual({
      min: 0,
      max: 100,
      samples: [
        { at: 1, value: 5 },
        { at: 3, value: 7 },
      ],
    });
  });

  it('closes edges to rows, ascending, and leaves out those that lead nowhere', () => {
    const { out } = sample();

    expect([...out.start]).toEqual([0, 2, 4, 4]);
    expect([...out.to]).toEqual([0, 1, 0, 2]);
    expect(sample().reportedDegree(2)).toBe(1);
  });

  it('answers nothing for what it does not have', () => {
    const topology = sample();
    const node = readNode(topology, 2);

    expect(topology.rowOf('nobody')).toBeUndefined();
    expect(topology.rowOfSymbol(NONE)).toBe(NONE);
    expect(node.get(name)).toBeUndefined();
    expect(node.set('names')).toEqual([]);
    expect(node.metric('cpu')).toBeUndefined();
    expect([...topology.column('nothing')]).toEqual([NONE, NONE, NONE]);
  });

  it('counts a pair of opposite edges as one neighbour, and a loop as none', () => {
    const { out } = sample();

    expect([...degrees(out)]).toEqual([1, 2, 1]);
    expect(hasEdge(out, 0, 1)).toBe(true);
    expect(hasEdge(out, 2, 0)).toBe(false);
  });
});

describe('restrict', () => {
  it('gives the same object when all stays', () => {
    const topology = sample();

    expect(restrict(topology, Uint8Array.of(1, 1, 1))).toBe(topology);
  });

  it('keeps what is known of survivors, and the edges between them', () => {
    const kept = restrict(sample(), Uint8Array.of(0, 1, 1));

    expect([kept.idOf(0), kept.idOf(1)]).toEqual(['b', 'c']);
    expect([...kept.out.start]).toEqual([0, 1, 1]);
    expect([...kept.out.to]).toEqual([1]);
    expect(readNode(restrict(sample(), Uint8Array.of(1, 0, 0)), 0).get(name)).toBe('late');
  });
});
