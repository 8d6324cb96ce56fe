import {
  asNodeId,
  type DnsNames,
  Engine,
  Interpreter,
  makeReport,
  type Plugin,
  Registry,
  type RendererDef,
  type Report,
  SymbolTable,
  TopologyBuilder,
  type ViewDef,
} from '@ridgeline/core';
import { describeGraph, law } from '@ridgeline/testkit';
import { hostNodeId, pid, processName } from '@ridgeline/vocabulary';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { viewingPlugins } from '../../src/builtin-plugins.ts';
import { unreadFile } from '../../src/config/config-file.ts';
import { nameExternalGroups } from '../../src/config/external-groups.ts';
import { Issues } from '../../src/config/issue.ts';
import { readExternalGroups } from '../../src/config/read-external.ts';
import { ConfigFolder } from './config-folder.ts';

const folder = new ConfigFolder();
afterAll(() => folder.remove());

/** A connection of the process `app` on host `h`: to an address outside, or from it. */
interface Outside {
  readonly address: string;
  readonly way: 'out' | 'in';
  readonly names?: readonly string[];
}

function reportOf(connections: readonly Outside[], symbols: SymbolTable): Report {
  const endpoints = new TopologyBuilder('endpoint', symbols, 1);
  const processes = new TopologyBuilder('process', symbols, 1);
  processes.set(processes.row(asNodeId('h;7')), processName, 'app');
  const dns = new Map<string, DnsNames>();
  for (const [i, { address, way, names }] of connections.entries()) {
    const own = endpoints.row(asNodeId(`;10.0.0.1;${1000 + i}`));
    endpoints.set(own, hostNodeId, 'h;<host>');
    endpoints.set(own, pid, '7');
    const far = endpoints.row(asNodeId(`;${address};${443 + i}`));
    if (way === 'out') endpoints.edge(own, asNodeId(`;${address};${443 + i}`));
    else endpoints.edge(far, asNodeId(`;10.0.0.1;${1000 + i}`));
    if (names !== undefined) dns.set(address, { forward: names, reverse: [] });
  }
  return makeReport({
    symbols,
    window: { from: 0, to: 1 },
    topologies: [endpoints.build(), processes.build()],
    dns,
  });
}

const connections: readonly Outside[] = [
  { address: '203.0.113.7', way: 'out' },
  { address: '203.0.113.9', way: 'in' },
  { address: '198.51.100.1', way: 'out', names: ['eu.Pay.example.com.'] },
  { address: '198.51.100.2', way: 'out', names: ['notpay.example.com'] },
  { address: '198.51.100.3', way: 'out', names: ['bucket.s3.amazonaws.com'] },
  { address: '2001:db8::5', way: 'out' },
  { address: '192.0.2.1', way: 'in' },
];

const groups = {
  'Payment provider': ['203.0.113.0/24', 'pay.example.com'],
  Storage: { networks: ['2001:db8::/32'], domains: ['*.amazonaws.com'] },
  Later: ['203.0.113.9'],
};

async function engineOf(external: unknown): Promise<Engine> {
  folder.write({ 'ridgeline.config.yaml': JSON.stringify({ external }) });
  const config = await folder.load({ plugins: viewingPlugins(), sources: [] });
  const engine = new Engine({ plugins: config.plugins, settings: config.settings });
  const report = reportOf(connections, engine.symbols);
  engine.ingest({ source: 'test', host: 'h' }, report, 1000, { now: 0, monotonic: 0 });
  return engine;
}

/** The edges of a view by label. */
function edgesOf(engine: Engine, view: string): readonly string[] {
  const { nodes } = engine.render({ view, raw: true });
  return [...nodes.values()]
    .flatMap((node) => node.adjacency.map((to) => `${node.label} → ${nodes.get(to)?.label}`))
    .sort();
}

describe('external groups', () => {
  it('stand in place of the Internet and of known services, by network and by name', async () => {
    expect(edgesOf(await engineOf({}), 'processes')).toEqual([
      'The Internet → app',
      'app → The Internet',
      'app → bucket.s3.amazonaws.com',
    ]);
    expect(edgesOf(await engineOf(groups), 'processes')).toEqual([
      'Payment provider → app',
      'The Internet → app',
      'app → Payment provider',
      'app → Storage',
      'app → The Internet',
    ]);
  });

  it('are pseudo nodes, and followed by the views that are built on others', async () => {
    const engine = await engineOf(groups);
    const { nodes } = engine.render({ view: 'processes', raw: true });
    const labels = [...nodes.values()].filter((node) => node.pseudo === true).map((node) => node.label);

    expect(labels.sort()).toEqual(['Payment provider', 'Storage', 'The Internet', 'The Internet']);
    expect(edgesOf(engine, 'processes-by-name')).toEqual(edgesOf(engine, 'processes'));
    expect(edgesOf(engine, 'hosts').filter((edge) => /Payment/.test(edge))).not.toEqual([]);
  });

  it('keep the sites of views, and stages that are shared', () => {
    const plugins = nameExternalGroups(viewingPlugins(), [{ name: 'X', networks: [], domains: ['x'] }]);
    const views = new Registry(plugins).views;
    const site = (name: string): unknown => (views.get(name) as ViewDef).site;

    expect(site('containers-by-image')).toBeDefined();
    expect(site('containers-by-image')).toBe(site('containers-by-hostname'));
    expect(site('containers-by-image')).toBe(views.get('containers')?.renderer.plan);
  });

  it('leave plugins as they are when there are none', () => {
    const plugins: readonly Plugin[] = viewingPlugins();

    expect(nameExternalGroups(plugins, [])).toBe(plugins);
  });
});

const addresses = fc.constantFrom(
  '203.0.113.7',
  '203.0.113.8',
  '198.51.100.1',
  '2001:db8::5',
  '192.0.2.1',
  '10.0.0.1',
);
const names = fc.option(
  fc.subarray([
    'pay.example.com',
    'a.pay.example.com',
    'xpay.example.com',
    's3.amazonaws.com',
    'example.com',
  ]),
  { nil: undefined },
);
const outsides = fc.array(
  fc
    .record({ address: addresses, way: fc.constantFrom('in', 'out'), names })
    .map(({ names, ...rest }): Outside => (names === undefined ? rest : { ...rest, names })),
  { maxLength: 8 },
);
const configured = fc.dictionary(
  fc.constantFrom('A', 'B', 'C'),
  fc.subarray(
    ['203.0.113.0/24', '203.0.113.8', '2001:db8::/32', '0.0.0.0/0', 'pay.example.com', 'example.com'],
    {
      minLength: 1,
    },
  ),
  { maxKeys: 3, noNullPrototype: true },
);

/** A picture with all that is outside as one node. */
function withOneOutside(renderer: RendererDef, plugins: readonly Plugin[], report: Report): unknown {
  const interpreter = new Interpreter(new Registry(plugins).environment);
  const graph = describeGraph(interpreter.interpret(renderer.plan, report));
  const idOf = (id: string): string => (graph.nodes.get(id)?.kind === 'pseudo' ? 'outside' : id);
  const edges = [...graph.nodes].flatMap(([from, node]) =>
    node.out.map((to) => `${idOf(from)} → ${idOf(to)}`),
  );
  const members = [...graph.nodes].flatMap(([id, node]) =>
    node.members.map((member) => `${idOf(id)} ∋ ${member}`),
  );
  return {
    nodes: [...new Set([...graph.nodes.keys()].map(idOf))].sort(),
    edges: [...new Set(edges)].sort(),
    members: members.sort(),
  };
}

for (const view of ['processes', 'hosts', 'containers']) {
  law<[readonly Outside[], Record<string, string[]>]>(
    { test: it },
    'config/external',
    `${view}: external groups part what is outside, and change nothing else`,
    [outsides, configured],
    (connections, external) => {
      const issues = new Issues();
      const file = unreadFile('/', '');
      const read = readExternalGroups(external, { issues, placeOf: (path) => ({ file, path }) });
      const plain = viewingPlugins();
      const named = nameExternalGroups(plain, read);
      const report = reportOf(connections, new SymbolTable());
      const rendererOf = (plugins: readonly Plugin[]): RendererDef =>
        new Registry(plugins).view(view).renderer;
      expect(issues.isEmpty).toBe(true);
      expect(withOneOutside(rendererOf(named), named, report)).toEqual(
        withOneOutside(rendererOf(plain), plain, report),
      );
      return true;
    },
  );
}
