import {
  asNodeId,
  Engine,
  makeReport,
  type Report,
  type SymbolTable,
  setAttribute,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { rendererLaws, reports } from '@ridgeline/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import type { LoadedConfig } from '../../src/config/load-config.ts';
import { ConfigFolder } from './config-folder.ts';

const folder = new ConfigFolder();
afterAll(() => folder.remove());

const team = textAttribute('label_team');
const tier = textAttribute('label_tier');
const name = textAttribute('name');

const containers: readonly { id: string; team?: string; tier?: string; to?: readonly string[] }[] = [
  { id: 'web', team: 'shop', tier: 'front', to: ['api', 'log'] },
  { id: 'api', team: 'shop', to: ['db'] },
  { id: 'db', team: 'data' },
  { id: 'log' },
  { id: 'odd', team: '' },
];

function report(symbols: SymbolTable): Report {
  const builder = new TopologyBuilder('container', symbols, 1);
  for (const container of containers) {
    const row = builder.row(asNodeId(container.id));
    builder.set(row, name, container.id);
    builder.set(row, setAttribute('nets'), container.id);
    if (container.team !== undefined) builder.set(row, team, container.team);
    if (container.tier !== undefined) builder.set(row, tier, container.tier);
    for (const to of container.to ?? []) builder.edge(row, asNodeId(to));
  }
  return makeReport({ symbols, window: { from: 0, to: 1 }, topologies: [builder.build()] });
}

function engineOf(config: LoadedConfig): Engine {
  const engine = new Engine({ plugins: config.plugins, settings: config.settings });
  engine.ingest({ source: 'test', host: 'h' }, report(engine.symbols), 1000, { now: 0, monotonic: 0 });
  return engine;
}

async function derive(derived: unknown): Promise<Engine> {
  folder.write({
    'ridgeline.config.yaml': JSON.stringify({ derived, views: { all: { options: { system: 'all' } } } }),
  });
  return engineOf(await folder.load());
}

/** Labels with the labels that edges lead to. */
function pictureOf(
  engine: Engine,
  view: string,
  filter?: string,
): Readonly<Record<string, readonly string[]>> {
  const parsed =
    filter === undefined
      ? []
      : [{ expr: { kind: 'has', field: filter } as const, from: { kind: 'request' } as const }];
  const { nodes } = engine.render({ view, filters: parsed, orphans: 'keep' });
  const labels = [...nodes.values()].sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return Object.fromEntries(
    labels.map((node) => [node.label, node.adjacency.map((id) => nodes.get(id)?.label ?? '').sort()]),
  );
}

describe('a view derived from another', () => {
  it('groups by the value of a field, and gathers what has none', async () => {
    const engine = await derive({
      'by-team': { of: 'containers', by: 'label.team', label: 'By team', rank: 3 },
    });

    expect(engine.registry.view('by-team')).toMatchObject({
      label: 'By team',
      rank: 3,
      parent: 'containers',
    });
    expect(pictureOf(engine, 'by-team')).toEqual({
      data: [],
      shop: ['data', 'without label.team'],
      'without label.team': [],
    });
    const { nodes } = engine.render({ view: 'by-team', orphans: 'keep' });
    const members = [...nodes.values()].map(({ label, labelMinor }) => `${label}: ${labelMinor}`);
    expect(members.sort()).toEqual([
      'data: 1 container',
      'shop: 2 container',
      'without label.team: 2 container',
    ]);
  });

  it('keeps or drops what has no value when that is asked for', async () => {
    const engine = await derive({
      kept: { of: 'containers', by: 'label.team', missing: 'keep' },
      dropped: { of: 'containers', by: 'label.team', missing: 'drop' },
    });

    expect(Object.keys(pictureOf(engine, 'kept')).sort()).toEqual(['data', 'log', 'odd', 'shop']);
    expect(Object.keys(pictureOf(engine, 'dropped')).sort()).toEqual(['data', 'shop']);
  });

  it('lets filters act on the nodes of the other view, and counts groups', async () => {
    const engine = await derive({ 'by-team': { of: 'containers', by: 'label.team' } });

    expect(pictureOf(engine, 'by-team', 'label.tier')).toEqual({ shop: [] });
    const filters = [
      { expr: { kind: 'has', field: 'label.tier' } as const, from: { kind: 'request' } as const },
    ];
    expect(engine.render({ view: 'by-team', filters, orphans: 'keep' }).ledger).toMatchObject({
      total: 3,
      shown: 1,
      filtered: 2,
      members: { total: 5, shown: 1, filtered: 4 },
    });
  });

  it('offers the options of the other view, with its own defaults', async () => {
    folder.write({
      'ridgeline.config.yaml': `
derived:
  by-team: { of: containers, by: label.team, options: { system: system } }
views:
  all: { options: { system: all } }
`,
    });
    const config = await folder.load();

    expect(
      engineOf(config)
        .layer({ view: 'by-team' })
        .clauses.map(({ text, from }) => [text, from]),
    ).toEqual([['label.role = system', [{ kind: 'option', group: 'system', value: 'system' }]]]);
    expect(engineOf(config).layer({ view: 'containers' }).clauses).toEqual([]);
  });

  it('may be derived from a derived view, in any order', async () => {
    const engine = await derive({
      all: undefined,
      'by-first': { of: 'by-team', by: 'id' },
      'by-team': { of: 'containers', by: 'label.team' },
    });

    expect([...engine.registry.views.keys()]).toEqual(['containers', 'by-team', 'by-first', 'images']);
    expect(engine.registry.view('by-first').site).toBe(engine.registry.view('containers').renderer.plan);
    expect(engine.render({ view: 'by-first', orphans: 'keep' }).ledger.total).toBe(3);
  });
});

describe('the renderer of a derived view', async () => {
  folder.write({
    'ridgeline.config.yaml':
      'derived: { by-k: { of: containers, by: label.k }, by-set: { of: by-k, by: parent.host } }',
  });
  const config = await folder.load();
  const engine = new Engine({ plugins: config.plugins });
  const given = { topologies: ['container'] };
  for (const view of ['by-k', 'by-set']) {
    const def = engine.registry.view(view).renderer;
    rendererLaws(def, { test: it, reports: reports(given), environment: engine.registry.environment });
  }
});
