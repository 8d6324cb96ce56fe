import { gzipSync } from 'node:zlib';
import { RidgelineError, readNode, SymbolTable } from '@ridgeline/core';
import { completeReport, decodeReport, decodeScopeReport } from '@ridgeline/scope-compat';
import { describe, expect, it } from 'vitest';
import { MsgpackEncoder } from './msgpack-encoder.ts';

const at = '2024-05-05T05:05:05.000000001Z';

function errorOf(run: () => unknown): RidgelineError {
  try {
    run();
  } catch (error) {
    if (error instanceof RidgelineError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('decodeScopeReport', () => {
  it('turns the live controls of an old probe into active controls at the newest of their times', () => {
    const latestControls = {
      stop: { timestamp: at, value: { dead: false } },
      pause: { timestamp: '2024-05-05T05:05:09Z', value: { dead: true } },
      exec: { timestamp: '2024-05-05T05:05:07Z', value: { dead: false } },
    };
    const latest = { active_controls: { timestamp: '2030-01-01T00:00:00Z', value: 'old' } };
    const document = { Host: { nodes: { h: { id: 'h', topology: 'host', latest, latestControls } } } };
    for (const form of [document, MsgpackEncoder.encodeReport(document)]) {
      const { report } = decodeScopeReport(form, new SymbolTable());
      const hosts = report.topologies.get('host');
      if (hosts === undefined) throw new Error('no hosts');
      expect(readNode(hosts, 0).raw('active_controls')).toBe('exec;stop');
      expect(readNode(hosts, 0).seen('active_controls')).toBe(Date.parse('2024-05-05T05:05:07Z'));
    }
  });

  it('takes counters for counts, stamped with the start of the report', () => {
    const document = { TS: at, Pod: { nodes: { p: { id: 'p', counters: { container: 3 } } } } };
    const { report, startedAt } = decodeScopeReport(document, new SymbolTable());
    const pods = report.topologies.get('pod');
    if (pods === undefined) throw new Error('no pods');
    expect(readNode(pods, 0).count('container')).toBe(3);
    expect(pods.columns.latest.time[0]).toBe(startedAt);
  });

  it('takes DNS records from where release 1.11.6 put them', () => {
    const document = {
      DNS: { '1.1.1.1': { forward: ['lost'] } },
      nodes: { '8.8.8.8': { reverse: ['dns.google'] } },
    };
    const { report } = decodeScopeReport(document, new SymbolTable());
    expect([...report.dns.keys()]).toEqual(['8.8.8.8']);
  });

  it('fills a blank topology, and drops what says no id', () => {
    const nodes = { 's;<swarm_service>': { id: 's;<swarm_service>' }, half: { latest: {} } };
    const scope = decodeScopeReport({ SwarmService: { nodes } }, new SymbolTable());
    expect(scope.kind).toBe('delta');
    const services = completeReport(scope).topologies.get('swarm_service');
    expect(services?.size).toBe(1);
    expect(services?.kindOf(0)).toBe('swarm_service');
  });

  it('keeps the edges of the nodes that stay when others are dropped', () => {
    const nodes = { a: {}, b: { id: 'b', adjacency: ['elsewhere', 'a'] } };
    const report = decodeReport({ Endpoint: { nodes } }, new SymbolTable());
    const { open, symbols } = report.topologies.get('endpoint') ?? {};
    const targets = new Set([...(open?.to ?? [])].map((to) => symbols?.text(to)));
    expect(targets).toEqual(new Set(['a', 'elsewhere']));
  });
});

describe('errors of decodeScopeReport', () => {
  it('name the place in JSON', () => {
    const error = errorOf(() =>
      decodeScopeReport(
        { Host: { nodes: { 'a/b': { latest: { k: { timestamp: 5 } } } } } },
        new SymbolTable(),
      ),
    );
    expect(error.code).toBe('BAD_REPORT');
    expect(error.facts.path).toBe('/Host/nodes/a~1b/latest/k/timestamp');
    expect(error.fix).toBeDefined();
  });

  it('name the node in msgpack', () => {
    const bytes = MsgpackEncoder.encodeReport({ Host: { nodes: { h: { latest: [] } } } });
    expect(errorOf(() => decodeScopeReport(bytes, new SymbolTable())).facts.path).toBe('/Host/nodes/h');
  });

  it('refuse times that are no fifteen bytes', () => {
    const document = { Host: { nodes: { h: { metrics: { m: { samples: [{ when: 'x' }] } } } } } };
    const text = Buffer.from(MsgpackEncoder.encodeReport(document)).toString('latin1');
    const bytes = new Uint8Array(Buffer.from(text.replace('when', 'date'), 'latin1'));
    const error = errorOf(() => decodeScopeReport(bytes, new SymbolTable()));
    expect(error.message).toContain('fifteen bytes');
    expect(error.facts.path).toBe('/Host/nodes/h');
  });

  it('do not let a document announce more than it has', () => {
    const bytes = Uint8Array.from([0xdf, 0xff, 0xff, 0xff, 0xff]);
    expect(errorOf(() => decodeScopeReport(bytes, new SymbolTable())).message).toContain('do not fit');
  });

  it('bound what is unzipped, how many nodes there are, how long texts are and how deep parts', () => {
    const symbols = new SymbolTable();
    const nodes = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`h${i}`, { id: `h${i}` }]));
    const limited = (document: unknown, limits: Record<string, number>): string =>
      errorOf(() => decodeScopeReport(document, symbols, { limits })).message;
    expect(limited(gzipSync(new Uint8Array(10_000)), { bytes: 1000 })).toContain('when unzipped');
    expect(limited({ Host: { nodes } }, { nodes: 4 })).toContain('more than 4 nodes');
    expect(limited(MsgpackEncoder.encodeReport({ Host: { nodes } }), { nodes: 4 })).toContain(
      'more than 4 nodes',
    );
    const long = MsgpackEncoder.encodeReport({ Unknown: 'x'.repeat(100) });
    expect(limited(long, { textBytes: 50 })).toContain('100 bytes');
    const deep = MsgpackEncoder.encodeReport({ Unknown: JSON.parse(`${'['.repeat(50)}${']'.repeat(50)}`) });
    expect(limited(deep, { depth: 10 })).toContain('deeper than 10');
  });

  it('tell damaged gzip and text that is no JSON', () => {
    const symbols = new SymbolTable();
    const damaged = gzipSync('{}').subarray(0, 12);
    expect(errorOf(() => decodeScopeReport(damaged, symbols)).message).toContain('damaged gzip');
    const text = new TextEncoder().encode('{"Host":');
    expect(errorOf(() => decodeScopeReport(text, symbols)).message).toContain('no JSON');
    expect(errorOf(() => decodeScopeReport(null, symbols)).message).toContain('expected a map');
  });
});
