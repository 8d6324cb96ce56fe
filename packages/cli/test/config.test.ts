import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addConfig } from '../src/commands/config.ts';
import { runConfigCheck, runConfigPrint, runConfigSchema } from '../src/commands/run-config.ts';
import type { Io } from '../src/io.ts';

let directory: string;
let told: { out: string; err: string };
let io: Io;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ridgeline-cli-config-'));
  told = { out: '', err: '' };
  const streamTo = (name: 'out' | 'err'): Io['out'] => ({
    write: (text) => {
      told[name] += text;
    },
    on: () => undefined,
    off: () => undefined,
  });
  io = {
    out: streamTo('out'),
    err: streamTo('err'),
    input: new PassThrough(),
    env: {},
    signals: { on: () => undefined, off: () => undefined },
    exit: () => undefined,
  };
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const write = (text: string): void => writeFileSync(join(directory, 'ridgeline.config.yaml'), text);

it('tells everything that is wrong, and fails', async () => {
  write('sources:\n  procsf: true\nviews:\n  processes:\n    orphans: dropp\n');

  expect(await runConfigCheck(io, directory, {})).toBe(1);

  expect(told.out).toBe('');
  expect(told.err).toBe(
    [
      'ridgeline.config.yaml:2:3 sources.procsf: unknown source "procsf"; did you mean "procfs"?',
      'ridgeline.config.yaml:5:5 views.processes.orphans: expected "keep", "drop-pseudo" or "drop", got "dropp"; did you mean "drop"?',
      '',
      '2 issues; nothing was started.',
      '',
    ].join('\n'),
  );
});

it('tells it as JSON, too', async () => {
  write('view: {}\n');

  expect(await runConfigCheck(io, directory, { json: true })).toBe(1);

  expect(JSON.parse(told.out)).toEqual({
    ok: false,
    files: [],
    issues: [
      {
        code: 'unknown-key',
        file: 'ridgeline.config.yaml',
        path: 'view',
        line: 1,
        column: 1,
        message: 'unknown key "view"',
        suggestion: 'did you mean "views"?',
      },
    ],
  });
});

it('says that nothing is wrong, with a config and without', async () => {
  expect(await runConfigCheck(io, directory, { config: undefined as never })).toBe(0);
  write('views: {}\n');
  expect(await runConfigCheck(io, directory, {})).toBe(0);

  expect(told.out).toBe(
    'There is no config: the defaults hold.\nNothing is wrong with ridgeline.config.yaml.\n',
  );
});

it('prints values with where they come from, as YAML and as JSON', async () => {
  write('sources: { procfs: { every: 2s } }\nviews: { processes: { filters: [name = web] } }\n');

  expect(await runConfigPrint(io, directory, {})).toBe(0);
  expect(told.out).toContain('    every: 2000 # ridgeline.config.yaml:1\n    share: 0.1 # default\n');
  expect(told.out).toContain('      - name = web # ridgeline.config.yaml:2\n');

  told.out = '';
  expect(await runConfigPrint(io, directory, { json: true })).toBe(0);
  const printed = JSON.parse(told.out) as { readonly from: Readonly<Record<string, unknown>> };
  expect(printed.from['sources.procfs.share']).toBe('default');
  expect(printed.from['views.processes.filters[0]']).toEqual({
    file: 'ridgeline.config.yaml',
    path: 'views.processes.filters[0]',
    line: 2,
  });
});

it('prints nothing of a config that is wrong', async () => {
  write('views: { processes: { filters: [nmae = web] } }\n');

  expect(await runConfigPrint(io, directory, {})).toBe(1);

  expect(told.out).toBe('');
  expect(told.err).toContain('unknown field "nmae"; did you mean name?');
});

it('is a command with three others, that gives the exit code on', async () => {
  const codes: number[] = [];
  const program = new Command('ridgeline');
  addConfig(program, io, (code) => codes.push(code));
  write('views: { processes: { orphans: never } }\n');

  await program.parseAsync(['config', 'schema'], { from: 'user' });
  await program.parseAsync(['config', 'check', '--config', join(directory, 'ridgeline.config.yaml')], {
    from: 'user',
  });

  expect(codes).toEqual([0, 1]);
  expect(runConfigSchema(io)).toBe(0);
  expect(JSON.parse(told.out.slice(0, told.out.length / 2))).toMatchObject({ title: 'Ridgeline config' });
});
