import {
  applyPolicy,
  attributeField,
  test as compare,
  compilePolicy,
  FieldCatalogue,
  makeReport,
  type NodeId,
  type Report,
  SymbolTable,
  TopologyBuilder,
} from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import * as v from '../src/index.ts';

const environment = {
  fields: new FieldCatalogue([
    attributeField(v.containerName, 'the name'),
    attributeField(v.hostName, 'the host'),
  ]),
  filters: new Map(),
};

const symbols = new SymbolTable();

/** A report: by topology and id, how each node is filled in. */
function report(
  nodes: Readonly<Record<string, Readonly<Record<string, (b: TopologyBuilder, row: number) => void>>>>,
): Report {
  const topologies = Object.entries(nodes).map(([name, rows]) => {
    const builder = new TopologyBuilder(name, symbols, 1000);
    for (const [id, fill] of Object.entries(rows)) fill(builder, builder.row(id as NodeId));
    return builder.build();
  });
  return makeReport({
    symbols,
    window: { from: 0, to: 1000 },
    topologies,
    dns: new Map([['9.9.9.9', { forward: ['out'], reverse: [] }]]),
  });
}

function visible(
  given: Report,
  topology: string,
  field: string,
): Readonly<Record<string, readonly string[]>> {
  const policy = compilePolicy(
    { hide: [{ topology, filter: compare(field, '=', 'secret') }], redact: [] },
    environment,
    v.policyRules,
  );
  const seen = applyPolicy(given, policy);
  return Object.fromEntries(
    [...seen.topologies].map(([name, one]) => [
      name,
      Array.from({ length: one.size }, (_, row) => one.idOf(row) as string).sort(),
    ]),
  );
}

const nothing = (): void => {};
const named =
  (name: string) =>
  (b: TopologyBuilder, row: number): void =>
    b.set(row, v.containerName, name);
const inside =
  (container: string) =>
  (b: TopologyBuilder, row: number): void =>
    b.set(row, v.containerKey, container);
const of =
  (pid: string, ...to: string[]) =>
  (b: TopologyBuilder, row: number): void => {
    b.set(row, v.hostNodeId, 'h;<host>');
    b.set(row, v.pid, pid);
    for (const id of to) b.edge(row, id as NodeId);
  };

describe('what belongs to what is hidden', () => {
  const containers = { 'a;<container>': named('secret'), 'b;<container>': named('shop') };

  it('goes: processes, endpoints, and both ends of connections with it', () => {
    const seen = visible(
      report({
        container: containers,
        process: { 'h;1': inside('a'), 'h;2': inside('b'), 'h;3': nothing },
        endpoint: {
          ';1.1.1.1;80': of('1'),
          ';2.2.2.2;4000': of('2', ';1.1.1.1;80'),
          ';2.2.2.2;4001': of('2', ';3.3.3.3;80'),
          ';3.3.3.3;80': of('3'),
          ';1.1.1.1;5000': of('1', ';9.9.9.9;53'),
          ';9.9.9.9;53': nothing,
        },
      }),
      'container',
      'docker.name',
    );
    expect(seen).toEqual({
      container: ['b;<container>'],
      process: ['h;2', 'h;3'],
      endpoint: [';2.2.2.2;4001', ';3.3.3.3;80'],
    });
  });

  it('stays when it waits for connections, whoever has made one', () => {
    const listens = (b: TopologyBuilder, row: number): void => {
      of('2')(b, row);
      b.set(row, v.listening, 'true');
    };
    const seen = visible(
      report({
        container: containers,
        process: { 'h;1': inside('a'), 'h;2': inside('b') },
        endpoint: { ';1.1.1.1;5000': of('1', ';2.2.2.2;80'), ';2.2.2.2;80': listens },
      }),
      'container',
      'docker.name',
    );
    expect(seen.endpoint).toEqual([';2.2.2.2;80']);
  });

  it('goes by its address, and by what it is a copy of', () => {
    const addressed = (b: TopologyBuilder, row: number): void => {
      named('secret')(b, row);
      b.set(row, v.containerScopedAddresses, ';1.1.1.1');
    };
    const copy = (b: TopologyBuilder, row: number): void => b.set(row, v.copyOf, ';1.1.1.1;80');
    const seen = visible(
      report({
        container: { 'a;<container>': addressed },
        process: { 'h;2': nothing },
        endpoint: {
          ';1.1.1.1;80': nothing,
          ';10.96.0.1;80': copy,
          ';2.2.2.2;4000': of('2', ';10.96.0.1;80', ';1.1.1.1;80'),
        },
      }),
      'container',
      'docker.name',
    );
    expect(seen).toEqual({ process: ['h;2'] });
  });

  it('is not shown as long as nobody says what it belongs to', () => {
    const seen = visible(
      report({ process: { 'h;1': inside('unknown'), 'h;2': nothing } }),
      'container',
      'docker.name',
    );
    expect(seen).toEqual({ process: ['h;2'] });
  });

  it('goes with its host, but for what visible hosts have, too', () => {
    const host =
      (name: string) =>
      (b: TopologyBuilder, row: number): void =>
        b.set(row, v.hostName, name);
    const onBoth = (b: TopologyBuilder, row: number): void => {
      b.set(row, v.hostNodeId, 'x;<host>');
      for (const id of ['x;<host>', 'h;<host>']) b.parent(row, 'host', id as NodeId);
    };
    const made = (b: TopologyBuilder, row: number): void => {
      b.set(row, v.hostNodeId, 'h;<host>');
      b.set(row, v.imageKey, 'i');
    };
    const seen = visible(
      report({
        host: { 'x;<host>': host('secret'), 'h;<host>': host('h') },
        process: { 'x;1': nothing, 'h;1': nothing },
        container: { 'c;<container>': made },
        container_image: { 'i;<container_image>': onBoth, 'unused;<container_image>': onBoth },
        endpoint: { 'x-123;127.0.0.1;80': (b, row) => b.set(row, v.listening, 'true') },
      }),
      'host',
      'host.hostname',
    );
    expect(seen).toEqual({
      host: ['h;<host>'],
      process: ['h;1'],
      container: ['c;<container>'],
      container_image: ['i;<container_image>'],
    });
  });

  it('has no DNS name left, and no reference to what is hidden', () => {
    const child = (b: TopologyBuilder, row: number): void => b.set(row, v.parentPid, '1');
    const policy = compilePolicy(
      { hide: [{ topology: 'container', filter: compare('docker.name', '=', 'secret') }], redact: [] },
      environment,
      v.policyRules,
    );
    const seen = applyPolicy(
      report({ container: containers, process: { 'h;1': inside('a'), 'h;2': child } }),
      policy,
    );
    expect(seen.dns.size).toBe(0);
    expect(seen.topologies.get('process')?.column(v.parentPid.key)).toEqual(Int32Array.of(-1));
  });
});
