import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mutate } from '../mutants/mutate.mjs';
import { staleMutants, tryMutants } from '../mutants/run-all.mjs';
import { loadMutants, ownTables } from '../mutants/tables.mjs';
import { root } from '../workspace.mjs';

const fixture = fileURLToPath(new URL('mutants-fixture', import.meta.url));
const mutant = { name: 'm', file: 'f.ts', find: 'a < b', replace: '$& > b', laws: [] };

describe('mutate', () => {
  it('replaces the text as it stands', () => {
    expect(mutate(mutant, 'if (a < b) x();')).toBe('if ($& > b) x();');
  });
  it('refuses a text that occurs never, twice, or does not change', () => {
    expect(() => mutate(mutant, 'if (a > b)')).toThrow('occurs 0 times in f.ts');
    expect(() => mutate(mutant, 'a < b; a < b')).toThrow('occurs 2 times in f.ts');
    expect(() => mutate({ ...mutant, replace: 'a < b' }, 'a < b')).toThrow('changes nothing');
  });
});

describe('the tables of this project', () => {
  it('fit their files, and name files of laws that are there', async () => {
    const mutants = await loadMutants(ownTables);
    expect(staleMutants(mutants, root)).toEqual([]);
  });
});

describe('staleMutants', () => {
  it('names the edits that do not fit, the files and the laws that are not there', () => {
    const good = {
      name: 'g',
      file: 'least.mjs',
      find: 'let result',
      replace: 'var result',
      laws: ['least.mjs'],
    };
    const stale = [
      { ...good, name: 'gone', find: 'no such text' },
      { ...good, name: 'lawless', laws: [] },
      { ...good, name: 'moved', laws: ['none.laws.test.mjs'] },
      { ...good, name: 'nowhere', file: 'none.mjs' },
    ];
    expect(staleMutants([good, ...stale], fixture)).toEqual([
      expect.stringContaining('gone: its text occurs 0 times'),
      'lawless: names no file of laws',
      'moved: there is no file of laws none.laws.test.mjs',
      expect.stringContaining('ENOENT'),
    ]);
  });
});

describe('a run over mutants', () => {
  it('tells the caught from the survivors, and why they survived', async () => {
    const lines = /** @type {string[]} */ ([]);
    const how = { root: fixture, vitestArgs: [], runs: '100', seed: '1', limitMillis: 60_000 };
    const survivors = await tryMutants(await loadMutants(fixture), how, (line) => lines.push(line));
    expect(survivors).toBe(4);
    expect(lines.sort()).toEqual([
      expect.stringMatching(/^SURVIVED does-not-compile: only this noticed it, and it is no law: /),
      'SURVIVED least-keeps-the-last-equal: all of least.laws.test.mjs passed',
      'SURVIVED never-loaded: its laws never load unrelated.mjs',
      'SURVIVED only-an-example-notices: only this noticed it, and it is no law: the least of none',
      'caught least-is-greatest by law L1: least(ns) ≤ n for each n',
    ]);
  });
});
