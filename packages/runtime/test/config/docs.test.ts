import { readFileSync, writeFileSync } from 'node:fs';
import { builtinFilters } from '@ridgeline/filters-builtin';
import { afterAll, describe, expect, it } from 'vitest';
import {
  builtinSources,
  filtersPlugin,
  renderersPlugin,
  viewingPlugins,
  vocabularyPlugin,
} from '../../src/builtin-plugins.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { offeredSources } from '../../src/config/load-runtime-config.ts';
import { filtersTable, optionsTable } from '../../src/config/options-table.ts';
import { schemaTables } from '../../src/config/schema-tables.ts';
import { describeOptions } from '../../src/describe-options.ts';
import { ConfigFolder } from './config-folder.ts';

const pageOf = (name: string): URL => new URL(`../../../../docs/${name}`, import.meta.url);
const page = readFileSync(pageOf('config.md'), 'utf8');
const folder = new ConfigFolder();
afterAll(() => folder.remove());

/** The fenced block whose first line is this. */
function block(opening: string): string {
  const start = page.indexOf(`\`\`\`${opening}\n`);
  if (start < 0) throw new Error(`docs/config.md has no block ${opening}`);
  const from = start + opening.length + 4;
  return page.slice(from, page.indexOf('\n```', from) + 1);
}

/** The tables of a page, by title, that are made of schemas. */
const tables: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  'config.md': new Map([
    ...schemaTables(),
    ...offeredSources().map(({ def }) => [`source ${def.name}`, optionsTable(def.options)] as const),
  ]),
  'filter-language.md': new Map([['filters', filtersTable(builtinFilters)]]),
};

describe('tables', () => {
  // `UPDATE_DOCS=1 npx vitest run --project unit packages/runtime/test/config/docs.test.ts` writes them anew.
  it.each(Object.keys(tables))('are those of the schemas in %s', (name) => {
    const text = readFileSync(pageOf(name), 'utf8');
    let made = text;
    for (const [title, table] of tables[name] ?? []) {
      const mark = `<!-- table: ${title} -->`;
      expect(made).toContain(mark);
      const [before, after] = made.split(mark) as [string, string];
      made = `${before}${mark}\n${table}\n${after.slice(after.indexOf('<!-- end -->'))}`;
    }
    if (process.env.UPDATE_DOCS === '1') writeFileSync(pageOf(name), made);
    else expect(text).toBe(made);
    expect(text.match(/<!-- table: /g)).toHaveLength(tables[name]?.size ?? 0);
  });

  it('tell the options of every plugin that is built in', () => {
    const described = new Map(offeredSources().map(({ def }) => [def.name, def.options]));
    for (const { plugin } of builtinSources) expect(described.get(plugin.pluginName)).toBe(plugin.options);
    for (const [name, options] of described) {
      expect(describeOptions(options).length, name).toBeGreaterThan(0);
      for (const option of describeOptions(options))
        expect(option.description, `${name} ${option.name}`).toBeTruthy();
    }
    for (const plugin of [vocabularyPlugin, filtersPlugin, renderersPlugin])
      expect(plugin.options).toBeUndefined();
  });
});

describe('docs/config.md', () => {
  it('begins with a config in which nothing is wrong', async () => {
    folder.write({ 'ridgeline.config.yaml': block('yaml'), 'base.yaml': block('yaml base.yaml') });

    const config = await folder.load({ plugins: viewingPlugins(), sources: offeredSources() });

    expect(config.settings.views.containers?.chain).toHaveLength(2);
    expect(config.sources.get('reverse-dns')?.options).toMatchObject({ every: 5000 });
    expect(config.externalGroups.map((group) => group.name)).toEqual(['Payment provider']);
  });

  it('shows a script that loads', async () => {
    folder.write({ 'script/ridgeline.config.ts': block('ts') });

    const config = await folder.load({
      directory: `${folder.path}/script`,
      plugins: viewingPlugins(),
      sources: offeredSources(),
    });

    expect(config.sources.get('procfs')?.options).toMatchObject({ every: 500 });
    expect(config.settings.views.processes?.orphans).toBe('keep');
  });

  it('names every code of an issue', () => {
    const source = readFileSync(new URL('../../src/config/issue.ts', import.meta.url), 'utf8');
    const [, union = ''] = /ConfigIssueCode =([^;]*);/.exec(source) ?? [];
    const codes = Array.from(union.matchAll(/'([\w-]+)'/g), ([, code = '']) => code);
    const told = Array.from(page.matchAll(/^\| `([\w-]+)` \| [^|]+ \|$/gm), ([, code = '']) => code);

    expect(codes.length).toBeGreaterThan(10);
    expect(told.filter((code) => codes.includes(code))).toEqual(codes);
  });
});

describe('the JSON Schema', () => {
  const schema = configJsonSchema(offeredSources()) as {
    readonly properties: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>
    >;
  };

  it('describes every key and the options of every source', () => {
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining([
        '$schema',
        'extends',
        'sources',
        'plugins',
        'filters',
        'views',
        'derived',
        'external',
      ]),
    );
    expect(JSON.stringify(schema.properties.sources?.properties?.procfs)).toContain('"every"');
  });

  it('leaves out what only a script can say', () => {
    expect(JSON.stringify(schema)).not.toContain('scriptOnly');
  });
});
