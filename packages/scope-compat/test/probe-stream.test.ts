import { type Report, readNode, SymbolTable } from '@ridgeline/core';
import {
  decodeScopeReport,
  deltaReport,
  ProbeStream,
  ReportCollector,
  type ScopeReport,
} from '@ridgeline/scope-compat';
import { describe, expect, it } from 'vitest';

const symbols = new SymbolTable();

function reportOf(names: Readonly<Record<string, string>>, second: number, more: object = {}): ScopeReport {
  const timestamp = `2024-05-05T05:05:0${second}Z`;
  const nodes = Object.fromEntries(
    Object.entries(names).map(([id, value]) => [
      id,
      { id, topology: 'container', latest: { docker_container_name: { timestamp, value } } },
    ]),
  );
  return decodeScopeReport({ TS: timestamp, Container: { shape: 'hexagon', nodes }, ...more }, symbols);
}

function namesIn(report: Report): Record<string, string | undefined> {
  const containers = report.topologies.get('container');
  const names: Record<string, string | undefined> = {};
  for (let row = 0; containers !== undefined && row < containers.size; row++) {
    names[containers.idOf(row)] = readNode(containers, row).raw('docker_container_name');
  }
  return names;
}

describe('ProbeStream', () => {
  it('lays a delta over the last full report, and the next delta over that one again', () => {
    const stream = new ProbeStream();
    const full = reportOf({ a: 'one', b: 'two' }, 1);
    stream.push(full);
    stream.push(deltaReport(full, reportOf({ a: 'uno', b: 'two', c: 'three' }, 2)));
    expect(namesIn(stream.report(symbols))).toEqual({ a: 'uno', b: 'two', c: 'three' });
    stream.push(deltaReport(full, reportOf({ a: 'one', b: 'dos' }, 3)));
    expect(namesIn(stream.report(symbols))).toEqual({ a: 'one', b: 'dos' });
  });

  it('shows a shortcut until the next report', () => {
    const stream = new ProbeStream();
    stream.push(reportOf({ a: 'one' }, 1));
    stream.push(reportOf({ d: 'new' }, 2, { Shortcut: true }));
    expect(namesIn(stream.report(symbols))).toEqual({ a: 'one', d: 'new' });
    stream.push(reportOf({ a: 'one' }, 3));
    expect(namesIn(stream.report(symbols))).toEqual({ a: 'one' });
  });

  it('shows nothing half-known before the first full report', () => {
    const stream = new ProbeStream();
    const full = reportOf({ a: 'one' }, 1);
    stream.push(deltaReport(full, reportOf({ a: 'uno' }, 2)));
    expect(stream.hasFull).toBe(false);
    expect(namesIn(stream.report(symbols))).toEqual({});
  });
});

describe('ReportCollector', () => {
  it('forgets a run of reports when its first one is too old', () => {
    const collector = new ReportCollector(symbols, 10_000);
    collector.add(reportOf({ a: 'one' }, 1), 0);
    collector.add(reportOf({ b: 'two' }, 2), 1000);
    expect(namesIn(collector.report(1500))).toEqual({ a: 'one', b: 'two' });
    expect(namesIn(collector.report(10_500))).toEqual({});
    expect(collector.hasReports(10_500)).toBe(false);
  });
});
