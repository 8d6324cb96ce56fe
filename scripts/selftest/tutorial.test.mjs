// The transcript of a plugin author who has read docs/tutorial.md and nothing else: each of its blocks is written or run, in a
// folder outside of the repository, with our packages installed from their tarballs.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pnpm } from '../install.mjs';
import { environment, installed } from '../run-command.mjs';
import { root } from '../workspace.mjs';
import { blocksOf } from './markdown-blocks.mjs';
import { openRegistry } from './plugin-author/local-registry.mjs';

const home = mkdtempSync(join(tmpdir(), 'ridgeline-author-'));
const author = join(home, 'teams');
const found = join(home, 'counterexamples');

/** @type {Awaited<ReturnType<typeof openRegistry>>} */
let registry;

/**
 * Runs a line of the tutorial.
 *
 * @param {string} line
 * @returns {Promise<{ exitCode: number | null, output: string }>}
 */
function runLine(line) {
  const env = {
    ...environment,
    HOME: home,
    npm_config_registry: registry.url,
    npm_config_cache: join(home, 'npm-cache'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    LAWS_COUNTEREXAMPLES: found,
    // Of the test that runs this one: node:test would report to it in place of the author.
    NODE_TEST_CONTEXT: undefined,
    NODE_OPTIONS: undefined,
    NO_COLOR: '1',
  };
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', line], { cwd: author, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ bytes) => {
        output += bytes.toString('utf8');
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, output }));
  });
}

/** @param {string} file */
function nodesIn(file) {
  /** @type {{ topologies: Record<string, Record<string, unknown>> }} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return Object.values(report.topologies).reduce((sum, nodes) => sum + Object.keys(nodes).length, 0);
}

beforeAll(async () => {
  const tarballs = join(home, 'tarballs');
  mkdirSync(tarballs);
  mkdirSync(author);
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
  pnpm(['-r', '--filter', './packages/*', 'pack', '--pack-destination', tarballs], quiet);
  registry = await openRegistry(readdirSync(tarballs).map((name) => join(tarballs, name)));
  cpSync(join(root, 'examples/01-filter-chain-in-config/shop.jsonl'), join(author, 'shop.jsonl'));
}, 120_000);

afterAll(async () => {
  await registry?.close();
  rmSync(home, { recursive: true, force: true });
});

describe('docs/tutorial.md', () => {
  /** @type {string[]} what was printed by each block of commands, in order */
  const printed = [];

  it('runs as it stands', { timeout: 300_000 }, async () => {
    for (const { language, marks, text, line } of blocksOf('docs/tutorial.md')) {
      if (language === 'js') {
        const [, file] = /^\/\/ (\S+)\n/.exec(text) ?? [];
        if (file === undefined)
          throw new Error(`line ${line}: the block does not begin with the name of its file`);
        writeFileSync(join(author, file), text);
      }
      if (language !== 'sh') continue;
      let all = '';
      for (const command of text.trim().split('\n')) {
        const { exitCode, output } = await runLine(command);
        all += `$ ${command}\n${output}`;
        expect(exitCode === 0, `line ${line}: ${all}`).toBe(!marks.includes('fails'));
      }
      printed.push(all);
    }
  });

  it('finds the mistake by law C2, and shrinks it to at most 4 nodes', () => {
    const broken = printed.find((text) => text.includes('BrokenLawError')) ?? '';
    expect(broken).toContain('law C2 does not hold');
    const saved = readdirSync(found);
    expect(saved.length).toBeGreaterThan(0);
    for (const name of saved) {
      expect(broken).toContain(`npx ridgeline view teams --input ${join(found, name)}`);
      expect(nodesIn(join(found, name))).toBeGreaterThan(0);
      expect(nodesIn(join(found, name))).toBeLessThanOrEqual(4);
    }
  });

  it('shows the counterexample by the command that was printed', async () => {
    const [name = ''] = readdirSync(found);
    const { exitCode, output } = await runLine(
      `npx ridgeline view teams --input ${join(found, name)} --orphans keep`,
    );
    expect(output).toMatch(/\d+ of \d+ shown/);
    expect(exitCode).toBe(0);
  });

  it('ends with the view of the teams', () => {
    const last = printed.at(-1) ?? '';
    expect(last).toContain('Nothing is wrong with ridgeline.config.js');
    const [whole = '', filtered = ''] = last.split('$ npx ridgeline view').slice(1);
    const [, wanted = ''] = /^(NAME .*?)\n\n/ms.exec(blocksOf('docs/tutorial.md').at(-1)?.text ?? '') ?? [];
    expect(whole).toContain(wanted);
    expect(whole).toMatch(/storefront +2 containers +checkout/);
    expect(filtered).not.toMatch(/^▪ platform/m);
    expect(filtered).toMatch(/hides \d+, without it \+\d+.* --filter/);
  });

  it('has types: the published declarations fit what the author wrote', async () => {
    const files = ['teams.js', 'ridgeline.config.js'].map((name) => join(author, name)).join(' ');
    const flags = '--noEmit --allowJs --checkJs --strict --target es2023 --module nodenext';
    const types = `--typeRoots ${join(root, 'node_modules/@types')} --types node`;
    const { exitCode, output } = await runLine(`${installed('tsc')} ${flags} ${types} ${files}`);
    expect(output).toBe('');
    expect(exitCode).toBe(0);
  });
});
