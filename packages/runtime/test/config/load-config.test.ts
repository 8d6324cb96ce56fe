import { join } from 'node:path';
import { type ClauseInput, printFilter } from '@ridgeline/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printConfig, printConfigJson } from '../../src/config/print-config.ts';
import { ConfigFolder } from './config-folder.ts';

let folder: ConfigFolder;
beforeEach(() => {
  folder = new ConfigFolder();
});
afterEach(() => folder.remove());

const told = (chain: readonly ClauseInput[]): readonly string[] =>
  chain.map(({ expr, from }) => `${printFilter(expr)} | ${from.kind === 'config' ? from.path : from.kind}`);

describe('finding', () => {
  it('goes without a config', async () => {
    const config = await folder.load();

    expect(config.files).toEqual([]);
    expect(config.settings).toEqual({ all: { chain: [], options: {} }, views: {} });
    expect([...config.sources].map(([name, use]) => [name, use?.options])).toEqual([
      ['probe', { every: 1000, ringBytes: 4096, root: '/' }],
      ['recorder', undefined],
    ]);
  });

  it('looks upwards from the working directory, and names files from there', async () => {
    folder.write({
      'ridgeline.config.json': '{ "views": { "all": { "filters": ["running"] } } }',
      'a/b/c': '',
    });

    const config = await folder.load({ directory: join(folder.path, 'a/b') });

    expect(config.files).toEqual(['../../ridgeline.config.json']);
    expect(told(config.settings.all.chain)).toEqual([
      'running | ../../ridgeline.config.json#views.all.filters[0]',
    ]);
  });

  it('takes the file that is asked for', async () => {
    folder.write({
      'ridgeline.config.yaml': 'nonsense: true',
      'other.yml': 'views: { images: { orphans: keep } }',
    });

    const config = await folder.load({ file: 'other.yml' });

    expect(config.settings.views).toEqual({ images: { chain: [], options: {}, orphans: 'keep' } });
  });
});

describe('merging', () => {
  beforeEach(() => {
    folder.write({
      'base.json': `{
        "sources": { "probe": { "every": 50, "root": "/base" }, "recorder": { "file": "a" } },
        "filters": { "mine": "running", "yours": "label.team = yours" },
        "views": { "containers": { "filters": ["mine"], "options": { "system": "all" }, "orphans": "keep" } }
      }`,
      'team.yaml': 'extends: ./base.json\nfilters: { mine: label.team = mine }\n',
      'ridgeline.config.yaml': [
        'extends: [./base.json, ./team.yaml]',
        'sources:',
        '  probe: { every: 3s, ringBytes: 8KB }',
        '  recorder: false',
        'views:',
        '  containers:',
        '    filters: [not yours, running]',
        '    options: { system: [system] }',
      ].join('\n'),
    });
  });

  it('lays the later over the earlier, each file once', async () => {
    const config = await folder.load();

    expect(config.files).toEqual(['base.json', 'team.yaml', 'ridgeline.config.yaml']);
    expect([...config.sources].map(([, use]) => use?.options)).toEqual([
      { every: 3000, ringBytes: 8192, root: '/base' },
      undefined,
    ]);
    const { containers } = config.settings.views;
    expect(containers?.options).toEqual({ system: ['system'] });
    expect(containers?.orphans).toBe('keep');
    expect(told(containers?.chain ?? [])).toEqual([
      'label.team = mine | base.json#views.containers.filters[0]',
      'not label.team = yours | ridgeline.config.yaml#views.containers.filters[0]',
      'running | ridgeline.config.yaml#views.containers.filters[1]',
    ]);
    expect(containers?.chain.map(({ name }) => name)).toEqual(['mine', undefined, undefined]);
  });

  it('prints what it comes to, and where each value comes from', async () => {
    const config = await folder.load();

    expect(printConfig(config)).toBe(`# base.json, team.yaml, ridgeline.config.yaml
sources:
  probe:
    every: 3000 # ridgeline.config.yaml:3
    ringBytes: 8192 # ridgeline.config.yaml:3
    root: /base # base.json:2
  recorder: false # ridgeline.config.yaml:4
filters:
  mine: label.team = mine # team.yaml:2
  yours: label.team = yours # base.json:3
views:
  containers:
    filters:
      - { where: label.team = mine, name: mine } # base.json:4
      - not label.team = yours # ridgeline.config.yaml:7
      - running # ridgeline.config.yaml:7
    options:
      system: [ system ] # ridgeline.config.yaml:8
    orphans: keep # base.json:4
`);
    const { from } = printConfigJson(config);
    expect(from['views.containers.filters[1]']).toEqual({
      file: 'ridgeline.config.yaml',
      path: 'views.containers.filters[0]',
      line: 7,
    });
  });

  it('prints a config that means the same', async () => {
    const config = await folder.load();
    const again = new ConfigFolder().write({
      'ridgeline.config.yaml': printConfig(config),
      'printed.json': JSON.stringify(printConfigJson(config).config),
    });
    try {
      for (const file of ['ridgeline.config.yaml', 'printed.json']) {
        const printed = await again.load({ file });

        expect(printConfigJson(printed).config).toEqual(printConfigJson(config).config);
        const meant = (chain: readonly ClauseInput[] = []): unknown =>
          chain.map(({ from: _from, ...clause }) => clause);
        expect(meant(printed.settings.views.containers?.chain)).toEqual(
          meant(config.settings.views.containers?.chain),
        );
      }
    } finally {
      again.remove();
    }
  });
});

describe('scripts and plugins', () => {
  const teams = `import { definePlugin, defineRenderer, defineSource, defineView, select } from '@ridgeline/core';
    import { NEVER } from 'rxjs';
    import * as z from 'zod';
    const source = defineSource({
      name: 'beacon', description: '', produces: [], options: z.strictObject({ port: z.number().default(1) }),
      interval: () => 1000, connect: () => NEVER,
    });
    export const teams = definePlugin({
      name: 'teams',
      options: z.strictObject({ view: z.string().default('teams') }),
      contribute: ({ view }) => ({
        sources: [{ def: source, options: { port: 7 } }],
        views: [defineView({ name: view, label: view, renderer: defineRenderer({ name: 'r', plan: select('container') }) })],
      }),
    });`;

  it('loads TypeScript with plugins as values, paths and packages', async () => {
    folder.write({
      'plugins/teams.ts': teams,
      'node_modules/@acme/squads/package.json': '{ "type": "module", "exports": { "import": "./index.js" } }',
      'node_modules/@acme/squads/index.js': `import { definePlugin } from '@ridgeline/core';
        export default definePlugin({ name: 'squads', contribute: () => ({ filters: [] }) });`,
      'ridgeline.config.ts': `import { definePlugin } from '@ridgeline/core';
        import { defineConfig } from '@ridgeline/runtime';
        const every: string = '2s';
        const own = definePlugin({ name: 'own', contribute: () => ({}) });
        export default defineConfig({
          sources: { probe: { every } },
          plugins: ['@acme/squads', { use: './plugins/teams.ts', options: { view: 'squads' } }, own, own()],
          views: { squads: { orphans: 'drop' } },
        });`,
    });

    const config = await folder.load();

    expect(config.plugins.map((plugin) => plugin.name)).toEqual([
      'model',
      'squads',
      'teams',
      'own',
      'own',
      'config',
    ]);
    expect(config.sources.get('probe')?.options).toMatchObject({ every: 2000 });
    expect(config.sources.get('beacon')?.options).toEqual({ port: 7 });
    expect(config.settings.views.squads?.orphans).toBe('drop');
  });

  it('switches the source of a plugin off, and sets its options', async () => {
    folder.write({ 'teams.ts': teams });
    const configured = async (beacon: string): Promise<readonly unknown[]> => {
      folder.write({ 'ridgeline.config.yaml': `plugins: [./teams.ts]\nsources: { beacon: ${beacon} }` });
      const { plugins } = await folder.load();
      return plugins
        .flatMap((plugin) => plugin.contributions.sources ?? [])
        .map(({ def, options }) => [def.name, options]);
    };

    expect(await configured('true')).toEqual([
      ['beacon', { port: 7 }],
      ['probe', expect.anything()],
    ]);
    expect(await configured('{ port: 9 }')).toEqual([
      ['beacon', { port: 9 }],
      ['probe', expect.anything()],
    ]);
    expect(await configured('false')).toEqual([['probe', expect.anything()]]);
  });

  it('takes a plugin that is named again with the later options', async () => {
    folder.write({
      'teams.ts': teams,
      'base.yaml': 'plugins: [{ use: ./teams.ts, options: { view: early } }]',
      'ridgeline.config.yaml':
        'extends: ./base.yaml\nplugins: [{ use: ./teams.ts, options: { view: late } }]',
    });

    const { plugins } = await folder.load();

    expect(plugins.flatMap((plugin) => plugin.contributions.views ?? []).map((view) => view.name)).toEqual([
      'containers',
      'images',
      'late',
    ]);
  });
});

describe('filters', () => {
  it('reads text, JSON form, names with parameters, and what a clause says of itself', async () => {
    folder.write({
      'ridgeline.config.yaml': `
filters:
  of:
    parameters: [team, { name: networks, default: [10.0.0.0/8, fe80::/10] }]
    where: label.team = $team and label.ip in ($networks)
  shop: of(shop)
views:
  all:
    filters:
      - shop
      - { label.app: [web, api] }
      - of(team = search, networks = 192.168.0.0/16)
      - { where: real, name: no pseudo nodes }
      - { where: running, pseudo: test }
      - real
`,
    });

    const { settings, filters } = await folder.load();

    expect(settings.all.chain.map(({ expr, name, pseudo }) => [printFilter(expr), name, pseudo])).toEqual(
      [
        ['label.ip in (10.0.0.0/8, fe80::/10) and label.team = shop', 'shop', undefined],
        ['label.app in (api, web)', undefined, undefined],
        ['label.ip = 192.168.0.0/16 and label.team = search', 'of', undefined],
        // that it tests pseudo nodes is found where the layer is folded
        ['real', 'no pseudo nodes', undefined],
        ['running', undefined, 'test'],
        ['real', undefined, undefined],
      ].map((row) => expect.toSatisfy((got: unknown[]) => sameClause(got, row))),
    );
    const flag = filters.read('not of(x)', { kind: 'request' });
    expect(flag.ok && flag.clause.from).toEqual({ kind: 'request' });
    expect(filters.read('off(x)', { kind: 'request' })).toMatchObject({
      ok: false,
      faults: [{ code: 'unknown-filter', suggestion: 'of' }],
    });
  });
});

/** Equal, but for the order of the parts of a conjunction or list, which is a hash's. */
function sameClause(got: readonly unknown[], expected: readonly unknown[]): boolean {
  const parts = (text: unknown): string =>
    String(text)
      .split(/ and |[(), ]+/)
      .sort()
      .join(' ');
  return parts(got[0]) === parts(expected[0]) && got[1] === expected[1] && got[2] === expected[2];
}
