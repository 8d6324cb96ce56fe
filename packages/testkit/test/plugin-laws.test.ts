import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  defineFilter,
  definePlugin,
  defineRenderer,
  defineTopology,
  defineView,
  type Plugin,
  select,
} from '@ridgeline/core';
import { BrokenLawError, declaredReports, type PluginLawOptions, pluginLaws } from '@ridgeline/testkit';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), "ridgeline laws'"));
afterAll(() => rmSync(folder, { recursive: true }));

const reports = declaredReports({ thing: { ids: ['a', 'b', 'c'] } });
const renderer = defineRenderer({ name: 'things', plan: select('thing'), declares: { selfLoops: 'keep' } });

/** A plugin of one view, with what is to be tried added to it. */
function things(parts: Partial<Plugin['contributions']>, bad: () => string = () => 'fine'): Plugin {
  return definePlugin({
    name: 'things',
    contribute: () => ({
      topologies: [defineTopology({ name: 'thing', appearance: () => ({ label: bad() }) })],
      views: [defineView({ name: 'things', label: 'Things', renderer })],
      ...parts,
    }),
  })();
}

/** Runs the laws of a plugin; answers the names of all, and what is broken. */
async function outcomes(plugin: Plugin, options: Partial<PluginLawOptions> = {}) {
  const tests: { readonly name: string; readonly run: () => void | Promise<void> }[] = [];
  const test = (name: string, run: () => void | Promise<void>) => tests.push({ name, run });
  pluginLaws(plugin, { test, reports, runs: 50, seed: 3, counterexamples: folder, ...options });
  const broken: { readonly name: string; readonly error: BrokenLawError }[] = [];
  for (const { name, run } of tests) {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof BrokenLawError)) throw error;
      broken.push({ name, error });
    }
  }
  return { names: tests.map(({ name }) => name), broken };
}

describe('pluginLaws', () => {
  it('asks each renderer, filter and view, and says which', async () => {
    const filter = defineFilter({ name: 'all', description: 'all', build: () => () => true });
    const { names, broken } = await outcomes(things({ filters: [filter] }));
    expect(broken).toEqual([]);
    for (const what of ['(renderer things)', '(filter all)', '(view things)']) {
      expect(names.filter((name) => name.endsWith(what)).length).toBeGreaterThan(3);
    }
  });

  it('finds an appearance that throws, and saves a report of one node', async () => {
    const { broken } = await outcomes(
      things({}, () => {
        throw new Error('no label');
      }),
    );
    expect(broken.map(({ name }) => name)).toEqual(['law C13: every node can be shown (view things)']);
    const [{ error } = { error: undefined }] = broken;
    expect(error?.message).toContain('no label');
    expect(error?.saved[0]?.command).toMatch(/^npx ridgeline view things --input '.*'$/);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('asks for the arguments of a filter that needs some', async () => {
    const parameters = [{ name: 'n', required: true }];
    const filter = defineFilter({ name: 'n', description: 'n', parameters, build: () => () => true });
    await expect(outcomes(things({ filters: [filter] }))).rejects.toThrow(/filter n needs arguments/);
  });

  it('finds a name that another plugin has', async () => {
    await expect(outcomes(things({}), { beside: [things({ views: [] })] })).rejects.toThrow(/defined twice/);
  });
});
