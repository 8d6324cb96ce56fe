import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine, Interpreter, NONE } from '@ridgeline/core';
import { loadRuntimeConfig } from '@ridgeline/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecorded, recordedInputs } from './recorded-chain.ts';

const folder = mkdtempSync(join(tmpdir(), 'ridgeline-recorded-fields-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The fields that a config may not ask for in a view, by view, as `config check` says. */
async function misplacedFields(): Promise<ReadonlyMap<string, readonly string[]>> {
  const plain = await loadRuntimeConfig({ directory: folder });
  if (!plain.ok) throw new Error('the defaults are wrong');
  const { registry } = new Engine({ plugins: plain.config.plugins });
  const fields = registry.fields.list().flatMap(({ name }) => (name.endsWith('.') ? [] : [name]));
  const chain = { filters: fields.map((name) => `has(${name})`) };
  const views = Object.fromEntries([...registry.views.keys()].map((view) => [view, chain]));
  writeFileSync(join(folder, 'ridgeline.config.json'), JSON.stringify({ views }));
  const outcome = await loadRuntimeConfig({ directory: folder });
  const found = new Map<string, string[]>();
  for (const { code, path } of outcome.ok ? [] : outcome.issues) {
    expect(code).toBe('misplaced');
    const [, view = '', index] = /^views\.([\w-]+)\.filters\[(\d+)\]$/.exec(path) ?? [];
    found.set(view, [...(found.get(view) ?? []), fields[Number(index)] ?? path]);
  }
  return found;
}

describe.skipIf(recordedInputs.length === 0)('a field that a config may not ask for in a view', () => {
  it('is on no node of it, in any recorded input', { timeout: 60_000 }, async () => {
    const misplaced = await misplacedFields();
    expect([...misplaced.values()].flat().length).toBeGreaterThan(500);
    const plain = await loadRuntimeConfig({ directory: tmpdir() });
    if (!plain.ok) throw new Error('the defaults are wrong');
    const wrong = new Set<string>();
    for (const input of recordedInputs) {
      const engine = new Engine({ plugins: plain.config.plugins });
      engine.ingest({ source: 'scope', host: input }, readRecorded(input, engine.symbols), 1000, {
        now: 0,
        monotonic: 0,
      });
      const { report, registry } = engine;
      const interpreter = new Interpreter(registry.environment);
      for (const [name, fields] of misplaced) {
        const view = registry.view(name);
        const stage = interpreter.interpret(view.site ?? view.renderer.plan, report);
        for (const field of fields) {
          const column = registry.fields.find(field)?.field.read(stage, '');
          const isThere =
            column?.kind === 'symbols'
              ? column.column.some((value) => value !== NONE)
              : Array.from({ length: stage.size }, (_, row) => row).some(
                  (row) => column === undefined || column.of(row).length > 0,
                );
          if (isThere) wrong.add(`${name}: ${field} (${input})`);
        }
      }
    }
    expect([...wrong]).toEqual([]);
  });
});
