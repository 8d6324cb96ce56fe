import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { viewingPlugins } from '../../src/builtin-plugins.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { offeredSources } from '../../src/config/load-runtime-config.ts';
import { schemaTables } from '../../src/config/schema-tables.ts';
import { ConfigFolder } from './config-folder.ts';

const file = new URL('../../../../docs/config.md', import.meta.url);
const page = readFileSync(file, 'utf8');
const folder = new ConfigFolder();
afterAll(() => folder.remove());

/** The fenced block whose first line is this. */
function block(opening: string): string {
  const start = page.indexOf(`\`\`\`${opening}\n`);
  if (start < 0) throw new Error(`docs/config.md has no block ${opening}`);
  const from = start + opening.length + 4;
  return page.slice(from, page.indexOf('\n```', from) + 1);
}

describe('docs/config.md', () => {
  // `UPDATE_DOCS=1 npx vitest run --project unit packages/runtime/test/config/docs.test.ts` writes them anew.
  it('has the tables of the schema', () => {
    let made = page;
    for (const [title, table] of schemaTables()) {
      const mark = `<!-- table: ${title} -->`;
      expect(made).toContain(mark);
      const [before, after] = made.split(mark) as [string, string];
      made = `${before}${mark}\n${table}\n${after.slice(after.indexOf('<!-- end -->'))}`;
    }
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, made);
    else expect(page).toBe(made);
  });

  it('begins with a config in which nothing is wrong', async () => {
    folder.write({ 'ridgeline.config.yaml': block('yaml'), 'base.yaml': block('yaml base.yaml') });

    const config = await folder.load({ plugins: viewingPlugins(), sources: offeredSources() });

    expect(config.settings.views['containers']?.chain).toHaveLength(2);
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
    expect(config.settings.views['processes']?.orphans).toBe('keep');
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
    expect(JSON.stringify(schema.properties['sources']?.properties?.['procfs'])).toContain('"every"');
  });

  it('leaves out what only a script can say', () => {
    expect(JSON.stringify(schema)).not.toContain('scriptOnly');
  });
});
