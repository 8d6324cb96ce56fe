import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SnapshotJson } from '@ridgeline/core/wire';
import { describe, expect, it } from 'vitest';
import { inFolder, runCli, startCli } from './run-cli.ts';

/** What a recording has to give back byte for byte; how many pictures a reader had, and how sources are, are of now. */
function comparable(text: string): string {
  const { view, at, ledger, nodes } = JSON.parse(text) as SnapshotJson;
  return JSON.stringify({ view, at, ledger, nodes });
}

const json = ['--format', 'json', '--orphans', 'keep'];

describe('a recording', () => {
  it('replayed, or read at once, ends in the picture that was live, byte for byte', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'short.rgl');
      const source = ['--source', 'procfs:every=100,share=1'];
      for (const view of ['processes', 'hosts']) {
        const live = await runCli([
          'record',
          file,
          '--force',
          '--for',
          '1500ms',
          ...source,
          '--view',
          view,
          ...json,
        ]);
        expect(live.stderr).toMatch(/^recorded \d+ reports in 1s: .*short\.rgl, [\d.]+ KB$/m);
        expect(live.code).toBe(0);
        const replayed = await runCli(['replay', file, '--speed', '10', '--view', view, ...json]);
        expect(replayed.code).toBe(0);
        const read = await runCli(['view', view, '--input', file, ...json]);
        expect(comparable(live.stdout).length).toBeGreaterThan(200);
        expect(comparable(replayed.stdout)).toBe(comparable(live.stdout));
        expect(comparable(read.stdout)).toBe(comparable(live.stdout));
      }
    }));

  it('ends whole at Ctrl-C', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'stopped.rgl');
      const { child, ended, written } = startCli(['record', file, '--source', 'procfs:every=50']);
      await written(/source procfs on .* is (running|degraded)/, 'stderr');
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 0, signal: null });
      const { stderr, code } = await runCli(['view', 'hosts', '--input', file]);
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    }));

  it('of a process that was killed is read up to its last whole report, and that is told', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'killed.rgl');
      const { child, ended } = startCli(['record', file, '--source', 'procfs:every=50,share=1']);
      // Several reports: the first is the largest by far, the others are its echo.
      const several = async (): Promise<void> => {
        const size = (await stat(file).catch(() => undefined))?.size ?? 0;
        const first = sizes[0] ?? (size > 1000 ? size : 0);
        if (first > 0 && sizes[0] === undefined) sizes.push(first);
        if (first === 0 || size < first * 1.2) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          await several();
        }
      };
      const sizes: number[] = [];
      await several();
      child.kill('SIGKILL');
      expect((await ended).signal).toBe('SIGKILL');
      for (const args of [
        ['view', 'processes', '--input', file, ...json],
        ['replay', file, '--speed', 'max', ...json],
      ]) {
        const { stdout, stderr, code } = await runCli(args);
        expect(code).toBe(0);
        expect(stderr).toMatch(/the recording was cut off after \d+ whole reports: the file ends there/);
        expect(stdout).toContain(`;${process.pid}"`);
      }
    }));

  it('is not written over one that is there', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'kept.rgl');
      await runCli(['record', file, '--for', '200ms']);
      const before = await readFile(file);
      const { code, stderr } = await runCli(['record', file, '--for', '200ms']);
      expect(stderr).toContain(`${file} is there already`);
      expect(code).toBe(1);
      expect(await readFile(file)).toEqual(before);
    }));
});

describe('a replay', () => {
  it('tells every change, for programs', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'short.rgl');
      await runCli(['record', file, '--for', '800ms', '--source', 'procfs:every=50,share=1']);
      const { stdout, code } = await runCli([
        'replay',
        file,
        '--speed',
        '20',
        '--watch',
        '--format',
        'ndjson',
        '--orphans',
        'keep',
      ]);
      expect(code).toBe(0);
      const kinds = stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { kind: string }).kind);
      expect(kinds[0]).toBe('reset');
      expect(kinds.slice(1).every((kind) => kind === 'patch')).toBe(true);
      expect(kinds.length).toBeGreaterThan(2);
    }));
});
