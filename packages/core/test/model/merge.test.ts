import {
  asNodeId,
  joinTemplates,
  makeReport,
  mergeReports,
  NO_TEMPLATES,
  type Report,
  RidgelineError,
  readNode,
  reintern,
  SymbolTable,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { describe, expect, it } from 'vitest';

const name = textAttribute('name');

function reportOf(symbols: SymbolTable, write: (builder: TopologyBuilder) => void): Report {
  const builder = new TopologyBuilder('process', symbols, 0);
  write(builder);
  return makeReport({ symbols, window: { from: 0, to: 1 }, topologies: [builder.build()] });
}

describe('mergeReports', () => {
  it('lets the later value win, and of equal times the greater', () => {
    const symbols = new SymbolTable();
    const at = (value: string, time: number): Report =>
      reportOf(symbols, (builder) => builder.set(builder.row(asNodeId('h;1')), name, value, time));

    const nameOf = (...reports: Report[]): string | undefined => {
      const processes = mergeReports(symbols, reports).topologies.get('process');
      return processes && readNode(processes, 0).get(name);
    };

    expect(nameOf(at('new', 2), at('old', 1))).toBe('new');
    expect(nameOf(at('b', 1), at('a', 1))).toBe('b');
    expect(nameOf(at('a', 1), at('b', 1))).toBe('b');
  });

  it('takes the greatest of what one source counted twice', () => {
    const symbols = new SymbolTable();
    const seen = (connections: number, firstSeen: number): Report =>
      reportOf(symbols, (builder) =>
        builder.edge(builder.row(asNodeId('h;1')), asNodeId('h;2'), {
          source: 's',
          firstSeen,
          lastSeen: firstSeen + 1,
          connections,
          bytesOut: 0,
          bytesIn: 0,
          guessed: false,
        }),
      );

    const facts = mergeReports(symbols, [seen(3, 10), seen(5, 20)]).topologies.get('process')?.open?.facts;

    expect([...(facts?.connections ?? [])]).toEqual([5]);
    expect([...(facts?.firstSeen ?? [])]).toEqual([10]);
    expect([...(facts?.lastSeen ?? [])]).toEqual([21]);
  });

  it('takes a topology over, the same object, when only one report has it', () => {
    const symbols = new SymbolTable();
    const report = reportOf(symbols, (builder) => builder.row(asNodeId('h;1')));

    expect(mergeReports(symbols, [report, report]).topologies.get('process')).toBe(
      report.topologies.get('process'),
    );
  });

  it('closes an edge from one host to another', () => {
    const symbols = new SymbolTable();
    const a = reportOf(symbols, (builder) => builder.edge(builder.row(asNodeId('a;1')), asNodeId('b;1')));
    const b = reportOf(symbols, (builder) => builder.row(asNodeId('b;1')));

    expect(a.topologies.get('process')?.out.to).toHaveLength(0);
    expect(mergeReports(symbols, [a, b]).topologies.get('process')?.out.to).toHaveLength(1);
  });

  it('refuses symbols of another table, which reintern() mends', () => {
    const symbols = new SymbolTable();
    const foreign = reportOf(new SymbolTable(), (builder) => builder.row(asNodeId('a;1')));

    expect(() => mergeReports(symbols, [foreign])).toThrow(RidgelineError);
    expect(mergeReports(symbols, [reintern(foreign, symbols)]).topologies.get('process')?.size).toBe(1);
  });
});

describe('joinTemplates', () => {
  it('gives one plural whatever the order, where neither has a label', () => {
    const some = { ...NO_TEMPLATES, labelPlural: 'things' };

    expect(joinTemplates(some, NO_TEMPLATES).labelPlural).toBe('things');
    expect(joinTemplates(NO_TEMPLATES, some).labelPlural).toBe('things');
  });
});
