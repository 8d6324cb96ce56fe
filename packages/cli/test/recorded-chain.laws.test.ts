import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Engine,
  foldLayer,
  type Ledger,
  type Origin,
  parseFilter,
  printFilter,
  type ViewDef,
} from '@ridgeline/core';
import { formatConfigIssue, loadRuntimeConfig, type RuntimeConfig } from '@ridgeline/runtime';
import { defaultRuns, law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { requestOf } from '../src/session/view-request.ts';
import { figuresOf, Recount, readRecorded, recordedInputs } from './recorded-chain.ts';

// Issue 4: a chain of 6 clauses from view, config and flag on every recorded input, in every view: the ledger equal to brute
// force, the same for random permutations, each clause's `from` right. On generated clusters: chain.laws.test.ts of runtime.

const folder = mkdtempSync(join(tmpdir(), 'ridgeline-recorded-chain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What may be asked in any view. None is a conjunction, which would be split, and no two are the same. */
const POOL = [
  'not name ~ "^[a-f]"',
  'name ~ "[e-t]"',
  'id ~ "[0-4]"',
  'not id ~ "(?i)[bd]{2}"',
  'degree > 0',
  'degree < 4 or name ~ "^s"',
  'not internet',
  'not topology = pseudo or degree > 1',
  'not port in (80, 443)',
  'not address in (10.0.0.0/9, 192.168.0.0/17)',
  'has(name)',
  'not has(label.works.weave.role)',
  'count.process < 3',
];

/** The value chosen of each option group: the default, or another. */
function choicesOf(view: ViewDef, pick: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    view.options.map((group, i) => {
      const values = typeof group.values === 'function' ? [] : group.values.map(({ value }) => value);
      return [group.id, values[(pick >> i) % Math.max(values.length, 1)] ?? group.default];
    }),
  );
}

/** The clauses of options by text, with where they come from. */
function optionOrigins(view: ViewDef, choices: Readonly<Record<string, string>>): Map<string, Origin[]> {
  const origins = new Map<string, Origin[]>();
  for (const { id, values } of view.options) {
    const chosen = typeof values === 'function' ? undefined : values.find((one) => one.value === choices[id]);
    for (const { expr } of chosen?.clauses ?? []) {
      const from: Origin = { kind: 'option', group: id, value: choices[id] ?? '' };
      for (const { text } of foldLayer([{ expr, from }]).clauses) origins.set(text, [from]);
    }
  }
  return origins;
}

/** Where the clauses that options do not bring are written: six in all. */
interface Slots {
  readonly base: string;
  readonly named: string;
  readonly flag: string;
  readonly list: readonly string[];
}

function slotsOf(texts: readonly string[], ofOptions: number, isPermuted: boolean): Slots {
  const [first = '', second = '', ...rest] = texts.slice(0, 6 - ofOptions);
  if (isPermuted) rest.reverse();
  const [flag = '', ...list] = rest;
  return isPermuted ? { base: second, named: first, flag, list } : { base: first, named: second, flag, list };
}

async function loadChains(views: ReadonlyMap<string, Slots>, isPermuted: boolean): Promise<RuntimeConfig> {
  const [any] = views.values();
  const chains = [...views].map(([name, { list }]) => {
    const filters = ['mine', ...list];
    return [name, { filters: isPermuted ? filters.reverse() : filters }];
  });
  writeFileSync(join(folder, 'base.json'), JSON.stringify({ views: { all: { filters: [any?.base] } } }));
  writeFileSync(
    join(folder, 'ridgeline.config.yaml'),
    JSON.stringify({
      extends: './base.json',
      filters: { mine: any?.named },
      sources: { procfs: false, ebpf: false, conntrack: false },
      views: Object.fromEntries(chains),
    }),
  );
  const outcome = await loadRuntimeConfig({ directory: folder });
  if (!outcome.ok) throw new Error(outcome.issues.map(formatConfigIssue).join('\n'));
  return outcome.config;
}

/** As it is printed: by that the ledger calls a clause. */
function textOf(filter: string): string {
  const parsed = parseFilter(filter);
  if (!parsed.ok) throw new Error(filter);
  return printFilter(parsed.expr);
}

const originsOf = (ledger: Ledger): unknown =>
  new Map(ledger.clauses.map(({ text, from }): [string, unknown] => [text, from]));

describe.skipIf(recordedInputs.length === 0)('on recorded inputs', () => {
  const runs = Math.max(1, Math.floor(Number(process.env.LAWS_RUNS || defaultRuns) / defaultRuns));
  it('are all there', () => expect(recordedInputs.length).toBeGreaterThan(30));

  for (const input of recordedInputs) {
    law<[readonly string[], number, readonly number[]]>(
      { test: it, runs },
      'D16',
      `six clauses of view, config and flag: ledger = brute force, in any order, each from where it was written: ${input}`,
      [
        fc.shuffledSubarray(POOL, { minLength: 6, maxLength: 6 }),
        fc.nat(255),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 }),
      ],
      async (texts, pick, order) => {
        const plain = await loadRuntimeConfig({ directory: tmpdir() });
        if (!plain.ok) throw new Error('the defaults are wrong');
        const { registry } = new Engine({ plugins: plain.config.plugins });
        const choices = new Map(
          [...registry.views.values()].map((view) => [view.name, choicesOf(view, pick)]),
        );
        const origins = new Map(
          [...registry.views.values()].map((view) => [
            view.name,
            optionOrigins(view, choices.get(view.name) ?? {}),
          ]),
        );
        const [config, permuted] = [false, true].map((isPermuted) => {
          const slots = new Map(
            [...origins].map(([name, own]) => [name, slotsOf(texts, own.size, isPermuted)]),
          );
          return { slots, isPermuted };
        }) as [
          { slots: Map<string, Slots>; isPermuted: boolean },
          { slots: Map<string, Slots>; isPermuted: boolean },
        ];
        const books = new Map<string, unknown>();
        for (const { slots, isPermuted } of [config, permuted]) {
          const loaded = await loadChains(slots, isPermuted);
          const engine = new Engine({ plugins: loaded.plugins, settings: loaded.settings });
          const report = readRecorded(input, engine.symbols);
          if (!engine.ingest({ source: 'scope', host: input }, report, 1000, { now: 0, monotonic: 0 }))
            throw new Error(engine.sources.map(({ message }) => message).join('; '));
          for (const view of engine.registry.views.values()) {
            const { base, named, flag, list } = slots.get(view.name) as Slots;
            const chosen = Object.entries(choices.get(view.name) ?? {}).map(
              ([id, value]) => `${id}=${value}`,
            );
            const flags = { filter: [flag], option: chosen };
            const request = requestOf(engine.registry, loaded.filters, view.name, flags);
            const layer = engine.layer(request);
            const { ledger } = engine.render(request);
            if (isPermuted) {
              expect(figuresOf(ledger), view.name).toEqual(books.get(view.name));
              continue;
            }
            const recount = new Recount(view, engine);
            expect(layer.clauses, view.name).toHaveLength(6);
            expect(figuresOf(ledger), view.name).toEqual(recount.figures(layer));
            const shuffled = order.map((i) => layer.clauses[i] as (typeof layer.clauses)[number]);
            expect(figuresOf(recount.render({ ...layer, clauses: shuffled }).ledger)).toEqual(
              figuresOf(ledger),
            );
            const at = (path: string): Origin[] => [{ kind: 'config', path }];
            const here = `ridgeline.config.yaml#views.${view.name}.filters`;
            expect(originsOf(ledger), view.name).toEqual(
              new Map([
                ...(origins.get(view.name) ?? []),
                [textOf(base), at('base.json#views.all.filters[0]')],
                [textOf(named), at(`${here}[0]`)],
                ...list.map((text, i): [string, Origin[]] => [textOf(text), at(`${here}[${i + 1}]`)]),
                [textOf(flag), [{ kind: 'request' }]],
              ]),
            );
            books.set(view.name, figuresOf(ledger));
          }
        }
        expect(books.size).toBeGreaterThan(10);
        return true;
      },
    );
  }
});
