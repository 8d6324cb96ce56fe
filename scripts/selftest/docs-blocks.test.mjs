// Every block of code on our pages: TypeScript and JavaScript are type-checked, JSON and YAML are parsed, commands are known
// to the program and to npm.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { installed } from '../run-command.mjs';
import { membersIn, readManifest, root } from '../workspace.mjs';
import { blocksOf, pages } from './markdown-blocks.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ridgeline-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all = pages().flatMap(blocksOf);
/** @param {import('./markdown-blocks.mjs').Block} block */
const placeOf = ({ page, line }) => `${page}:${line}`;
/** @param {readonly string[]} languages */
const blocksIn = (...languages) => all.filter(({ language }) => languages.includes(language));

/** Puts what blocks may import where they find it: our packages, and what those have installed. */
function linkPackages() {
  /** @param {string} name @param {string} target */
  const link = (name, target) => {
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    if (existsSync(target) && !existsSync(path)) symlinkSync(target, path);
  };
  for (const { folder: own, manifest } of membersIn('packages')) {
    link(manifest.name, join(root, own));
    for (const name of Object.keys(manifest.dependencies ?? {}))
      link(name, join(root, own, 'node_modules', name));
  }
  link('vitest', join(root, 'node_modules/vitest'));
}

/** The script of a block, as it stands; imports of files lead to the folder of the page. */
function scriptOf(/** @type {import('./markdown-blocks.mjs').Block} */ { page, text }) {
  const home = join(root, dirname(page));
  // A module of its own, so that names of one block are unknown to the next.
  return `${text.replaceAll(/(from\s+')\.\//g, `$1${home}/`)}\nexport {};\n`;
}

describe('code on the pages', () => {
  it('is type-checked', () => {
    const scripts = blocksIn('ts', 'js').filter(({ page }) => page !== 'docs/tutorial.md');
    expect(scripts.length).toBeGreaterThan(15);
    scripts.forEach((block, i) => {
      writeFileSync(join(folder, `block-${i}.${block.language}`), scriptOf(block));
    });
    linkPackages();
    const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));
    const config = {
      compilerOptions: {
        ...compilerOptions,
        composite: false,
        declaration: false,
        declarationMap: false,
        isolatedDeclarations: false,
        sourceMap: false,
        noEmit: true,
        allowJs: true,
        checkJs: true,
        rewriteRelativeImportExtensions: false,
        allowImportingTsExtensions: true,
        rootDir: '/',
        outDir: undefined,
        tsBuildInfoFile: undefined,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: ['block-*'],
    };
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { stdout, status } = spawnSync(installed('tsc'), ['-p', folder, '--pretty', 'false'], {
      encoding: 'utf8',
      cwd: folder,
    });
    const problems = stdout.split('\n').flatMap((text) => {
      const [, number, line, code, message] =
        /^block-(\d+)\.[jt]s\((\d+),\d+\): error TS(\d+): (.*)$/.exec(text) ?? [];
      const block = scripts[Number(number)];
      // What goes on from text that is not shown must at least be written right (TS1…: grammar).
      if (block === undefined || (block.marks.includes('fragment') && Number(code) >= 2000)) return [];
      return [`${block.page}:${block.line + Number(line) - 1}: ${message}`];
    });
    expect(problems).toEqual([]);
    expect(status === 0 || stdout.startsWith('block-'), stdout).toBe(true);
  });

  it('is rarely a fragment', () => {
    const fragments = all.filter(({ marks }) => marks.includes('fragment'));
    expect(fragments.map(placeOf).length).toBeLessThanOrEqual(6);
  });

  it('is JSON that can be parsed', () => {
    for (const block of blocksIn('json')) expect(() => JSON.parse(block.text), placeOf(block)).not.toThrow();
  });

  it('is YAML that can be parsed', () => {
    const { parseDocument } = createRequire(join(root, 'packages/runtime/package.json'))('yaml');
    const yaml = blocksIn('yaml');
    expect(yaml.length).toBeGreaterThan(3);
    for (const block of yaml) expect(parseDocument(block.text).errors, placeOf(block)).toEqual([]);
  });

  it('says what language it is in', () => {
    const known = ['ts', 'js', 'json', 'yaml', 'sh', 'text', 'ebnf', 'c', 'mermaid', 'dot', ''];
    expect(all.filter(({ language }) => !known.includes(language)).map(placeOf)).toEqual([]);
  });
});

/**
 * The words of a command, up to a pipe, a redirection or a comment, as a shell would cut them.
 *
 * @param {string} line
 */
function wordsOf(line) {
  const words = [];
  for (const [, single, double, bare] of line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)) {
    if (bare !== undefined && /^(?:[|>#&]|<\()/.test(bare)) break;
    words.push(single ?? double ?? bare ?? '');
  }
  return words;
}

/**
 * A module as it was built. Its types are those of its sources, which are checked elsewhere.
 *
 * @param {string} path relative to the root
 * @returns {Promise<any>}
 */
const load = (path) => import(/* @vite-ignore */ pathToFileURL(join(root, path)).href);

describe('commands on the pages', () => {
  const lines = blocksIn('sh').flatMap((block) =>
    block.text
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line, i) => ({ line: line.trim(), place: `${block.page}:${block.line + i}` })),
  );

  it('are known to the program, with their flags', { timeout: 60_000 }, async () => {
    const { buildProgram } = await load('packages/cli/dist/program.js');
    const io = { out: { write() {}, on() {} }, err: { write() {}, on() {} }, env: {} };
    const program = buildProgram(io, '0', () => {});
    const problems = [];
    let checked = 0;
    for (const { line, place } of lines) {
      const words = wordsOf(line).filter((word) => word !== 'sudo' && word !== 'npx');
      if (words[0] !== 'ridgeline') continue;
      checked++;
      let command = program;
      let i = 1;
      for (; i < words.length; i++) {
        const next = command.commands.find(
          (/** @type {{ name(): string }} */ one) => one.name() === words[i],
        );
        if (next === undefined) break;
        command = next;
      }
      const flags = ['--help', '--version', '-h', '-V'];
      const options = command.options.flatMap((/** @type {{ long: string }} */ { long }) => long);
      if (command === program && !flags.includes(words[1] ?? '--help'))
        problems.push(`${place}: no command ${words[1]}`);
      for (const word of words.slice(i).filter((text) => text.startsWith('--'))) {
        const [flag = ''] = word.split('=');
        if (!options.includes(flag) && !flags.includes(flag))
          problems.push(`${place}: ${command.name()} has no ${flag}`);
      }
    }
    expect(problems).toEqual([]);
    expect(checked).toBeGreaterThan(15);
  });

  it('have filters that can be read', { timeout: 60_000 }, async () => {
    const { viewingPlugins } = await load('packages/runtime/dist/index.js');
    const { parseFilter, Registry } = await load('packages/core/dist/index.js');
    const { knownNames } = new Registry(viewingPlugins());
    const problems = [];
    let checked = 0;
    for (const { line, place } of lines) {
      const words = wordsOf(line);
      for (const [i, word] of words.entries()) {
        if (word !== '--filter') continue;
        checked++;
        // The names of an example's own plugin are known to that example alone.
        const parsed = parseFilter(
          words[i + 1] ?? '',
          place.startsWith('examples/') ? undefined : knownNames,
        );
        if (!parsed.ok) problems.push(`${place}: ${parsed.errors[0].message}`);
      }
    }
    expect(problems).toEqual([]);
    expect(checked).toBeGreaterThan(3);
  });

  it('are known to npm', () => {
    const { scripts = {} } = readManifest('package.json');
    const author = ['test'];
    const unknown = lines.filter(({ line }) => {
      const [program, verb, name = ''] = wordsOf(line);
      if (program !== 'npm') return false;
      if (verb === 'start' || verb === 'test') return !(verb in scripts) && !author.includes(verb);
      return verb === 'run' && !(name in scripts);
    });
    expect(unknown).toEqual([]);
  });
});
