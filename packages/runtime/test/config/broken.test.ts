import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { formatConfigIssue } from '../../src/config/issue.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { modelPlugin, modelSources } from './model.ts';

// A folder is a case: a config with what stands around it, and `expected`: a line for each issue. Files end in `.txt`,
// so that no tool mends or refuses what is broken on purpose; `modules` is `node_modules`; `--config` is in `asked`.
const cases = fileURLToPath(new URL('broken/', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'ridgeline-broken-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const names = readdirSync(cases).sort();

describe('config check', () => {
  it('has forty broken configs at least', () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it.each(names)('tells all that is wrong with %s', async (name) => {
    const directory = join(root, name);
    cpSync(join(cases, name), directory, { recursive: true });
    for (const path of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
      const file = join(directory, path);
      if (path.endsWith('.txt')) renameSync(file, file.slice(0, -'.txt'.length));
    }
    for (const path of readdirSync(directory)) {
      if (path === 'modules') renameSync(join(directory, path), join(directory, 'node_modules'));
    }
    const read = (file: string): string => readFileSync(join(cases, name, file), 'utf8');
    const asked = readdirSync(join(cases, name)).includes('asked') ? read('asked').trim() : undefined;

    const outcome = await loadConfig({
      directory,
      file: asked,
      plugins: [modelPlugin],
      sources: modelSources,
    });

    expect(outcome.ok).toBe(false);
    const issues = outcome.ok ? [] : outcome.issues;
    const told = issues.map((issue) => `[${issue.code}] ${formatConfigIssue(issue)}`);
    // Where a case was put is nobody's business.
    const text = told.map((line) => line.replaceAll(`${dirname(directory)}/`, '')).join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(join(cases, name, 'expected'));
  });
});
