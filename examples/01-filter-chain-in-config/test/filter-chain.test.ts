import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Engine, type Ledger, type Snapshot, type ViewRequest } from '@ridgeline/core';
import {
  builtinSources,
  formatConfigIssue,
  type LoadedConfig,
  loadConfig,
  viewingPlugins,
} from '@ridgeline/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { shopRecording, shopReports } from './make-shop.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

let config: LoadedConfig;
let engine: Engine;
beforeAll(async () => {
  const outcome = await loadConfig({
    directory: folder,
    plugins: viewingPlugins(),
    sources: builtinSources,
  });
  if (!outcome.ok) throw new Error(outcome.issues.map((issue) => formatConfigIssue(issue)).join('\n'));
  config = outcome.config;
  engine = new Engine({ plugins: config.plugins, settings: config.settings });
  for (const report of shopReports(engine.symbols)) {
    const { origin, window } = report;
    engine.ingest(origin ?? { source: 'shop', host: '' }, report, 1000, { now: window.to, monotonic: 0 });
  }
});

const labels = (snapshot: Snapshot): readonly string[] =>
  [...snapshot.nodes.values()].map(({ label }) => label).sort();
const clauses = ({ clauses }: Ledger): Readonly<Record<string, readonly [rejected: number, only: number]>> =>
  Object.fromEntries(clauses.map(({ name, text, rejected, only }) => [name ?? text, [rejected, only]]));

describe('a chain of filters in a config', () => {
  it('hides what it says, and the ledger says how much each clause took', () => {
    const snapshot = engine.render({ view: 'containers' });
    expect(labels(snapshot)).toEqual(['cart', 'payments', 'web-1', 'web-2']);
    const { total, shown, filtered } = snapshot.ledger;
    // Eight containers, and the Internet both ways.
    expect({ total, shown, filtered }).toEqual({ total: 10, shown: 4, filtered: 6 });
    expect(clauses(snapshot.ledger)).toEqual({
      'Hide uncontained': [0, 0],
      'no build machines': [0, 0],
      'not label.team = platform': [3, 3],
      owned: [1, 1],
      'not internet': [2, 2],
    });
  });

  it('lands in one layer with the flags of a command, each clause with its origin', () => {
    const read = config.filters.read('not name ~ "^web"', { kind: 'request' });
    if (!read.ok) throw new Error('a filter that can be read');
    const request: ViewRequest = { view: 'containers', filters: [read.clause] };
    const { ledger } = engine.render(request);
    expect(labels(engine.render(request))).toEqual(['cart', 'payments']);
    const origins = ledger.clauses.flatMap(({ from }) => from.map(({ kind }) => kind)).sort();
    expect(origins).toEqual(['config', 'config', 'config', 'config', 'option', 'request']);
  });

  it('acts on the members of a derived view', () => {
    const whole = engine.render({ view: 'teams', raw: true, orphans: 'keep' });
    expect(labels(whole)).toEqual(expect.arrayContaining(['checkout', 'platform', 'storefront']));
    const read = config.filters.read('not team(platform)', { kind: 'request' });
    if (!read.ok) throw new Error('a filter that can be read');
    const { ledger } = engine.render({ view: 'teams', raw: true, orphans: 'keep', filters: [read.clause] });
    expect(ledger.filtered).toBe(1);
    expect(ledger.members).toMatchObject({ filtered: 3 });
  });
});

describe('shop.jsonl', () => {
  it('is the recording that make-shop.ts makes', () => {
    expect(readFileSync(`${folder}shop.jsonl`, 'utf8')).toBe(shopRecording());
  });
});
