import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Engine, type ReportJson, readNode, reportFromJson, test } from '@ridgeline/core';
import { builtinSources, loadConfig, viewingPlugins } from '@ridgeline/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { teamId } from '../src/index.ts';

let engine: Engine;

beforeAll(async () => {
  const outcome = await loadConfig({
    directory: fileURLToPath(new URL('..', import.meta.url)),
    plugins: viewingPlugins(),
    sources: builtinSources,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const { plugins, settings } = outcome.config;
  engine = new Engine({ plugins, settings });
  for (const report of shop()) {
    const { origin, window } = reportFromJson(report, engine.symbols);
    const from = origin ?? { source: 'shop', host: '' };
    engine.ingest(from, reportFromJson(report, engine.symbols), 1000, { now: window.to, monotonic: 0 });
  }
});

function shop(): readonly ReportJson[] {
  const file = new URL('../../01-filter-chain-in-config/shop.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.flatMap((line) => (JSON.parse(line) as { report?: ReportJson }).report ?? []);
}

describe('teams', () => {
  it('gather containers by their label, with the edges between them', () => {
    const { nodes, ledger } = engine.render({ view: 'teams' });
    const seen = [...nodes.values()].map(({ label, labelMinor }) => `${label}: ${labelMinor}`);
    expect(seen.filter((text) => !text.includes('Internet'))).toEqual([
      'checkout: 2 containers',
      'platform: 3 containers',
      'storefront: 2 containers',
    ]);
    const adjacency = (name: string) => nodes.get(teamId.encode(name))?.adjacency;
    expect(adjacency('storefront')).toEqual([teamId.encode('checkout')]);
    expect(adjacency('checkout')).toContain(teamId.encode('platform'));
    expect(ledger.filtered).toBe(0);
  });

  it('have the services that bear the label', () => {
    const { topology } = engine.render({ view: 'teams' });
    const row = topology.rowOf(teamId.encode('checkout'));
    expect(row === undefined ? 0 : readNode(topology, row).count('service')).toBe(1);
  });

  it('are filtered by their containers, and count what was hidden', () => {
    const expr = test('label.team', '=', 'checkout');
    const { ledger, nodes } = engine.render({
      view: 'teams',
      filters: [{ expr, from: { kind: 'request' } }],
    });
    expect(nodes.has(teamId.encode('platform'))).toBe(false);
    expect(ledger.clauses[0]?.members).toEqual({ rejected: 6, only: 6 });
  });
});
