import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { formatConfigIssue } from '../../src/config/issue.ts';
import { loadRuntimeConfig } from '../../src/config/load-runtime-config.ts';
import { ConfigFolder } from './config-folder.ts';

// Every block of YAML on our pages goes through the loader of configs, and nothing is wrong with any.

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folders: ConfigFolder[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

interface Block {
  readonly page: string;
  readonly line: number;
  /** What stands behind the language: the name of a file, `filter`. */
  readonly mark: string;
  readonly text: string;
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, page), 'utf8');
  return Array.from(text.matchAll(/^```(?:yaml|json)\b ?([^\n`]*)\n(.*?)^```$/gms), (match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length,
    mark: (match[1] ?? '').trim(),
    text: match[2] ?? '',
  }));
}

function pages(): readonly string[] {
  const inFolder = (folder: string, file: string): readonly string[] =>
    readdirSync(join(root, folder))
      .map((name) => `${folder}/${name}/${file}`)
      .filter((page) => existsSync(join(root, page)));
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return [
    'README.md',
    ...docs.map((name) => `docs/${name}`),
    ...inFolder('packages', 'README.md'),
    ...inFolder('examples', 'README.md'),
  ];
}

/** Plugins that pages speak of, made up for this. */
const MADE_UP: Readonly<Record<string, string>> = {
  'plugins/teams.ts': plugin('teams', ''),
  'plugins/calls.ts': plugin('calls', 'file: z.string()'),
  'node_modules/ridgeline-plugin-ages/index.js': plugin('ages', ''),
  'node_modules/ridgeline-plugin-ages/package.json': manifest('ridgeline-plugin-ages'),
  'node_modules/@acme/ridgeline-pods/index.js': plugin('pods', "label: z.string().default('team')"),
  'node_modules/@acme/ridgeline-pods/package.json': manifest('@acme/ridgeline-pods'),
};

function plugin(name: string, options: string): string {
  return `
    import { definePlugin } from '@ridgeline/core';
    import { z } from 'zod';
    export const ${name} = definePlugin({
      name: '${name}',
      options: z.strictObject({ ${options} }),
      contribute: () => ({}),
    });
  `;
}

function manifest(name: string): string {
  return JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' });
}

const blocks = pages().flatMap(blocksOf);
/** Data of examples, and answers of programs: no configs. */
const configs = blocks.filter(({ text, mark }) => mark !== 'data' && !text.startsWith('{'));

describe('the configs on the pages', () => {
  it('are there', () => {
    expect(configs.length).toBeGreaterThanOrEqual(8);
  });

  it.each(configs.map((block) => [`${block.page}:${block.line}`, block] as const))(
    'load: %s',
    async (_, { page, mark, text }) => {
      const folder = new ConfigFolder();
      folders.push(folder);
      const source = join(root, dirname(page), 'src');
      if (existsSync(source)) cpSync(source, join(folder.path, 'src'), { recursive: true });
      for (const other of blocksOf(page))
        if (other.mark.includes('.')) folder.write({ [other.mark]: other.text });
      const isFilter = mark === 'filter';
      const written = isFilter
        ? `views: { all: { filters: [{ where: true }] } }\nfilters:\n  it:\n${text.replaceAll(/^/gm, '    ')}`
        : text;
      folder.write({ ...MADE_UP, 'ridgeline.config.yaml': written });

      const outcome = await loadRuntimeConfig({ directory: folder.path });

      expect(outcome.ok ? [] : outcome.issues.map(formatConfigIssue)).toEqual([]);
      if (outcome.ok && isFilter) expect([...outcome.config.namedFilters.keys()]).toEqual(['it']);
    },
  );
});
